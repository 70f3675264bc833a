import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, test } from "node:test";
import { makeIssued, makeProductWith } from "../support/make-products.ts";
import { sendRequest, signRequest, writeTestRequest } from "../support/offline-requests.ts";
import { startVendorServer } from "../support/vendor-server.ts";
import { expectError } from "./expect-reply.ts";

const vendor = await startVendorServer({ after });
await makeProductWith(vendor.side, { code: "cad", name: "CAD" });
const license = await makeIssued(vendor.side, { product: "cad", terms: {} });
const licenseKey = license.details.key ?? "";

/** What a signed request must hold. */
const least = () => ({
  request: "activation",
  request_id: randomUUID(),
  schema_version: 2,
  date: "2026-01-15T10:00:00.000Z",
  product: "cad",
  hardware_id: "sk-1",
  license_key: licenseKey,
  api_key: vendor.key.apiKey,
});
const sendFields = (fields: object, path: "activate_offline" | "deactivate_offline" = "activate_offline") =>
  sendRequest(vendor, signRequest({ ...least(), ...fields }, vendor.key), path);
const untouched = async () => {
  assert.deepEqual(await vendor.side.store.devices({ licenseId: license.id }), []);
  assert.deepEqual(await vendor.side.store.records("offline_request"), []);
};

const good = writeTestRequest(vendor, { licenseKey });
const json = Buffer.from(good, "base64").toString();

for (const [what, body, check, about] of [
  ["nothing", "", "base64", "empty"],
  ["blanks", " \n", "base64", "empty"],
  ["no base64", "?", "base64", "not base64, or was cut off"],
  ["base64 cut off", good.slice(0, -5), "base64", "cut off"],
  ["base64 cut off at four characters", good.slice(0, -8), "json", "cut off"],
  ["JSON cut off", json.slice(0, -9), "json", "cut off"],
  ["no UTF-8", Buffer.from([0x7b, 0xff, 0x7d]), "json", "UTF-8"],
  ["no object", Buffer.from("[]").toString("base64"), "json", "object"],
  ["a name twice", json.replace('"product"', '"product":"x","product"'), "json", "product"],
  ["a license file", Buffer.from('{"id":1,"request":"activation"}').toString("base64"), "content", "signature"],
] as const) {
  test(`[FILE-7] ${what} is validation_error that says so`, async () => {
    expectError(await sendRequest(vendor, body), "validation_error", `${check}: `);
    expectError(await sendRequest(vendor, body), "validation_error", about);
    await untouched();
  });
}

test("[FILE-7] all fields that are missing are named at once", async () => {
  const { product: _, request_id: __, hardware_id: ___, ...rest } = least();
  const message = expectError(await sendRequest(vendor, signRequest(rest, vendor.key)), "validation_error");
  for (const name of ["product", "request_id", "hardware_id"]) assert.ok(message.includes(name), message);
});

for (const [fields, ...names] of [
  [{ license_key: undefined }, "license_key", "username"],
  [{ username: "ada" }, "license_key", "username"],
  [{ license_key: 7 }, "license_key"],
  [{ product: "x".repeat(256) }, "product"],
  [{ hardware_id: "😀".repeat(256) }, "hardware_id"],
  [{ request_id: "x".repeat(256) }, "request_id"],
  [{ license_id: "x" }, "license_id"],
  [{ license_id: 2 ** 53 }, "license_id"],
  [{ license_id: -1 }, "license_id"],
  [{ is_vm: "maybe" }, "is_vm"],
  [{ hostname: 7 }, "hostname"],
  [{ os_ver: "x".repeat(1_025) }, "os_ver"],
  [{ password: "\0" }, "password"],
  [{ variables: [] }, "variables"],
  [{ variables: { a: null } }, "variables.a"],
  [{ consumptions: 1.5 }, "consumptions"],
  [{ product_features: {} }, "product_features"],
  [{ product_features: [7] }, "product_features.0"],
  [{ product_features: [{ consumptions: 1 }] }, "product_features.0.code"],
  [{ product_features: [{ code: "a", consumptions: "x" }] }, "product_features.0.consumptions"],
  [{ product_features: [{ code: "a", consumptions: 1 }, { feature: "a" }] }, "product_features.1.code"],
  [{ license_id: "x", is_vm: 7, variables: 7 }, "license_id", "is_vm", "variables"],
] as const) {
  test(`[FILE-7] a signed request with ${JSON.stringify(fields).slice(0, 60)} is validation_error that names it`, async () => {
    const message = expectError(await sendFields(fields), "validation_error", "content: ");
    for (const name of names) assert.ok(message.includes(name), message);
    await untouched();
  });
}

test("[FILE-6] each route takes its own kind of request", async () => {
  expectError(await sendFields({ request: "deactivation" }), "validation_error", "request must be activation");
  expectError(await sendFields({}, "deactivate_offline"), "validation_error", "request must be deactivation");
  await untouched();
});

test("[FILE-6] one flipped bit anywhere in what is signed is refused, and nothing happens", async () => {
  const bytes = Buffer.from(good, "base64");
  const end = bytes.indexOf(',"signature"');
  for (let at = 0; at < end; at += 1) {
    const flipped = Buffer.from(bytes);
    flipped[at] = (flipped[at] as number) ^ (1 << (at % 7));
    // A minute later, because failures are counted by key and minute.
    vendor.clock.advance(60_000);
    const reply = await sendRequest(vendor, flipped.toString("base64"));
    assert.match(reply.json.code, /^(signature_mismatch|invalid_api_key|validation_error)$/, `byte ${at}`);
  }
  await untouched();
});

test("[FILE-7] a file of 1 MiB is read, a byte more is payload_too_large", async () => {
  const padded = (bytes: number) => good + "\n".repeat(bytes - good.length);
  expectError(await sendRequest(vendor, padded(1_048_577)), "payload_too_large");
  await untouched();
  assert.equal((await sendRequest(vendor, padded(1_048_576))).status, 200);
});

test("[WIRE-1] other content types are unsupported_media_type, and a form without a file lacks it", async () => {
  const send = (body: string, type: string) => sendRequest(vendor, body, "activate_offline", { "content-type": type });
  expectError(await send(good, "application/octet-stream"), "unsupported_media_type", "send text/plain");
  expectError(await send(good, "application/x-www-form-urlencoded"), "unsupported_media_type");
  expectError(await send("--b--\r\n", "multipart/form-data; boundary=b"), "missing_parameters", "file");
});
