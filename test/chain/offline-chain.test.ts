import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { signDate } from "../../src/api/license-api/authorization/hmac-signature.ts";
import { sliceMembers } from "../../src/license-file/json-slice.ts";
import { writeRequest } from "../../src/license-file/write-request.ts";
import { openSqliteStore } from "../../src/store/sqlite/open-sqlite-store.ts";
import { deactivateLicense } from "../../src/use-cases/deactivate-license.ts";
import { createApiKey } from "../../src/use-cases/vendor/keys/create-api-key.ts";
import { changeLicense } from "../../src/use-cases/vendor/licenses/change-license.ts";
import { writeRefreshFile } from "../../src/use-cases/vendor/offline/write-refresh-file.ts";
import { startFloatingProcess } from "../support/floating-process.ts";
import { uploadLicense } from "../support/license-files.ts";
import { cloudTerms, granted, makeIssued, makeProductWith } from "../support/make-products.ts";
import { useTempFolder } from "../support/temp-folder.ts";
import { inVendorFolder } from "../support/vendor-folder.ts";
import { startVendorProcess } from "../support/vendor-process.ts";

/*
 * Two real processes with a database each, and nothing between them but files. The tests below are one story.
 */

const folder = useTempFolder({ after });
const [vendorFolder, floatingFolder] = ["vendor", "floating"].map((name) => join(folder, name)) as [string, string];
for (const each of [vendorFolder, floatingFolder]) mkdirSync(each);

const onPremise = { ...cloudTerms, floats: { onPremise: true, cloud: false } };
const made = await inVendorFolder(vendorFolder, async (context) => {
  await makeProductWith(context, { code: "cad", name: "CAD für Größe" }, [
    { code: "render", name: "Render", capacity: 1, ...onPremise },
  ]);
  const terms = { ...onPremise, capacity: 5, allowUnlimitedActivations: false, maxActivations: 2 };
  const license = await makeIssued(context, { product: "cad", terms });
  const { apiKey, sharedKey } = granted(await createApiKey(context, { name: "floating" }));
  writeFileSync(join(folder, "vendor.pem"), context.keys.publicKeys.join(""));
  writeFileSync(join(folder, "shared-key.txt"), sharedKey);
  return { licenseId: license.id, licenseKey: license.details.key ?? "", keys: { apiKey: apiKey.key, sharedKey } };
});
const flags = Object.entries({
  "vendor.public-key-file": join(folder, "vendor.pem"),
  "vendor.api-key": made.keys.apiKey,
  "vendor.shared-key-file": join(folder, "shared-key.txt"),
  "log.level": "error",
}).flatMap(([name, value]) => [`--${name}`, value]);

let vendor = await startVendorProcess(vendorFolder, "--log.level", "error");
after(() => vendor.end("SIGKILL"));
let floating = await startFloatingProcess(floatingFolder, ...flags);
after(() => floating.end("SIGKILL"));

/** What a party answered. */
interface Answered {
  readonly status: number;
  readonly text: string;
  readonly code: string | undefined;
  readonly signature: string | null;
}

async function read(response: Response): Promise<Answered> {
  const text = await response.text();
  const code = response.ok ? undefined : JSON.parse(text).code;
  return { status: response.status, text, code, signature: response.headers.get("licensesignature") };
}

async function generate(): Promise<string> {
  const response = await fetch(`${floating.url}/api/v4/license/generate`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ product: "cad", license_key: made.licenseKey }),
  });
  assert.equal(response.status, 200);
  return response.text();
}

async function send(request: string, route: "activate_offline" | "deactivate_offline" = "activate_offline") {
  const headers = { "content-type": "text/plain" };
  return read(await fetch(`${vendor.url}/api/v4/${route}`, { method: "POST", headers, body: request }));
}

async function upload(file: string): Promise<Answered> {
  return read(await uploadLicense(floating.url, file));
}

async function checkOut(user: string): Promise<Answered> {
  const body = JSON.stringify({ product: "cad", feature: "render", user });
  const headers = { "content-type": "application/json" };
  return read(await fetch(`${floating.url}/api/v4/featureRegister`, { method: "POST", headers, body }));
}

/** The text with one bit flipped in the value of each of an object's members, by the name of the member. */
function* flips(text: string, object: string, except: readonly string[] = []): Generator<[name: string, text: string]> {
  const members = sliceMembers(object);
  if ("problem" in members) assert.fail(members.problem);
  for (const [name, value] of members) {
    if (except.includes(name)) continue;
    const at = Buffer.byteLength(text.slice(0, text.indexOf(`"${name}":${value}`) + name.length + 3));
    const bytes = Buffer.from(text);
    const middle = at + Math.floor(Buffer.byteLength(value) / 2);
    bytes[middle] = (bytes[middle] as number) ^ 1;
    assert.notEqual(bytes.toString(), text);
    yield [name, bytes.toString("base64")];
  }
}

const decode = (file: string) => Buffer.from(file, "base64").toString();

const request = await generate();
const first = await send(request);
const file = Buffer.from(first.text).toString("base64");

test("[FILE-1] [FILE-6] request file, answer, import, check-out: the chain holds", async () => {
  assert.equal(first.status, 200, first.text);
  const imported = await upload(file);
  assert.equal(imported.status, 200, imported.text);
  assert.equal(JSON.parse(imported.text).id, made.licenseId);
  assert.equal((await checkOut("ada")).status, 200);
  assert.equal((await checkOut("grace")).code, "floating_not_available");
});

test("[FILE-6] one flipped bit in any signed field of a request is refused", async () => {
  const json = decode(await generate());
  const members = sliceMembers(json);
  const signed = "problem" in members ? "" : (members.get("request") ?? "");
  const names = [];
  for (const [name, flipped] of flips(json, signed)) {
    const { status, code } = await send(flipped);
    assert.equal(status, 400, name);
    assert.match(code ?? "", /^(signature_mismatch|invalid_api_key|validation_error)$/, name);
    names.push(name);
  }
  for (const name of ["request", "request_id", "product", "hardware_id", "license_key", "api_key", "date"]) {
    assert.ok(names.includes(name), name);
  }
  for (const [name, flipped] of flips(json, json)) assert.equal((await send(flipped)).status, 400, name);
});

test("[FILE-2] one flipped bit in any signed field of an answer is refused", async () => {
  const json = (await send(await generate())).text;
  const names = [];
  // The first form of signature is for other readers; the second does not cover it.
  for (const [name, flipped] of flips(json, json, ["license_signature"])) {
    const { code, text } = await upload(flipped);
    assert.equal(code, "license_file_invalid", name);
    assert.match(text, /(signature|json): /, name);
    names.push(name);
  }
  assert.ok(names.length > 50, String(names.length));
  for (const name of [
    "product_features",
    "floating_users",
    "request_id",
    "offline_signature",
    "license_signature_v2",
  ]) {
    assert.ok(names.includes(name), name);
  }
  assert.equal((await upload(Buffer.from(json).toString("base64"))).status, 200, "and the file as it was is taken");
});

test("[FILE-8] a request is answered once, and an answer to none of this server's is refused", async () => {
  assert.equal((await send(request)).code, "offline_request_reused");
  const foreign = writeRequest(
    {
      request: "activation",
      requestId: randomUUID(),
      date: Date.now(),
      product: "cad",
      hardwareId: floating.hardwareId,
      licenseKey: made.licenseKey,
    },
    made.keys,
  );
  const answer = await send(foreign);
  assert.equal(answer.status, 200, answer.text);
  assert.equal((await upload(answer.text)).code, "offline_request_unknown");
});

test("[FILE-2] the file of another machine is refused", async () => {
  const { requestId } = { requestId: JSON.parse(decode(await generate())).request.request_id };
  const other = { product: "cad", hardwareId: "sk-other", licenseKey: made.licenseKey };
  const asked = writeRequest({ request: "activation", requestId, date: Date.now(), ...other }, made.keys);
  const answer = await send(asked);
  assert.equal(answer.status, 200, answer.text);
  assert.equal((await upload(answer.text)).code, "hardware_id_mismatch");
});

test("[FILE-2] a signed reply of the License API pasted as a file is refused", async () => {
  const date = new Date().toUTCString();
  const signature = signDate(made.keys.sharedKey, date);
  const headers = {
    date,
    authorization: `algorithm="hmac-sha256",headers="date",signature="${signature}",apikey="${made.keys.apiKey}"`,
    "content-type": "application/json",
  };
  const device = { hardware_id: floating.hardwareId, product: "cad", license_key: made.licenseKey };
  const checked = await read(
    await fetch(`${vendor.url}/api/v4/check_license?${new URLSearchParams(device)}`, { headers }),
  );
  const activated = await read(
    await fetch(`${vendor.url}/api/v4/activate_license`, { method: "POST", headers, body: JSON.stringify(device) }),
  );
  const { request_id } = JSON.parse(decode(await generate())).request;
  for (const reply of [checked, activated]) {
    assert.equal(reply.status, 200, reply.text);
    const object = JSON.parse(reply.text);
    const pasted = { ...object, license_signature_v2: reply.signature };
    for (const each of [
      object,
      pasted,
      { ...pasted, license_signature_v2: object.license_signature },
      { ...pasted, request: "activation", request_id, date: new Date().toISOString() },
      { ...pasted, refreshed_at: new Date().toISOString() },
    ]) {
      assert.equal((await upload(JSON.stringify(each))).code, "license_file_invalid");
    }
  }
});

test("[FILE-4] a refresh updates, and one that is older than the one applied is refused", async () => {
  assert.equal(await vendor.end("SIGTERM"), 0);
  const [older, newer] = await inVendorFolder(vendorFolder, async (context) => {
    const refresh = async () => granted(await writeRefreshFile(context, made.licenseId, floating.hardwareId)).file;
    const before = await refresh();
    granted(
      await changeLicense(context, made.licenseId, {
        features: [{ code: "render", capacity: 2 }],
      }),
    );
    // A commit takes longer than a millisecond or not: only a later date makes the other one older.
    while (JSON.parse(decode(before)).refreshed_at >= new Date().toISOString());
    return [before, await refresh()];
  });
  vendor = await startVendorProcess(vendorFolder, "--log.level", "error");
  assert.equal((await upload(newer)).status, 200);
  assert.equal((await upload(older)).code, "license_file_outdated");
  assert.equal((await checkOut("grace")).status, 200, "there are two seats now");
  assert.equal((await upload(file)).code, "license_file_outdated");
});

test("[FILE-9] after a deactivation no file of before brings the license back, and a new request does", async () => {
  const answeredBefore = (await send(await generate())).text;
  const { hardwareId } = floating;
  assert.equal(await floating.end("SIGTERM"), 0);
  const store = openSqliteStore(join(floatingFolder, "floating.db"));
  const context = { store, hardwareId, credentials: made.keys };
  const deactivation = granted(await deactivateLicense(context, made.licenseId)).file;
  await store.close();
  floating = await startFloatingProcess(floatingFolder, ...flags);
  assert.equal((await checkOut("ada")).code, "unknown_product");
  for (const old of [file, answeredBefore]) assert.equal((await upload(old)).code, "license_file_outdated");

  assert.equal((await send(deactivation)).code, "validation_error", "it is no activation");
  assert.equal((await send(deactivation, "deactivate_offline")).text, '"license_deactivated"');
  assert.equal((await send(deactivation, "deactivate_offline")).code, "offline_request_reused");
  for (const old of [file, answeredBefore]) assert.equal((await upload(old)).code, "license_file_outdated");

  const again = await send(await generate());
  assert.equal(JSON.parse(again.text).times_activated, 2, "sk-other and this machine, whose activation was given back");
  assert.equal((await upload(again.text)).status, 200);
  assert.equal((await checkOut("ada")).status, 200);
});
