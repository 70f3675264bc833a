import assert from "node:assert/strict";
import { createHmac, createPublicKey, randomUUID, verify } from "node:crypto";
import { after, test } from "node:test";
import { readLicenseFile } from "../../src/license-file/read-license-file.ts";
import { createOauthClient } from "../../src/use-cases/vendor/keys/create-oauth-client.ts";
import { revokeApiKey } from "../../src/use-cases/vendor/keys/revoke-api-key.ts";
import { rotateSharedKey } from "../../src/use-cases/vendor/keys/rotate-shared-key.ts";
import { changeLicense } from "../../src/use-cases/vendor/licenses/change-license.ts";
import { createUser } from "../../src/use-cases/vendor/people/create-user.ts";
import { readLicense } from "../../src/wire/read-license.ts";
import { makeConsumption } from "../support/make-license.ts";
import { cloudTerms, granted, makeIssued, makeProductWith } from "../support/make-products.ts";
import { sendRequest, signOldRequest, writeTestRequest } from "../support/offline-requests.ts";
import { START } from "../support/test-clock.ts";
import { startVendorServer } from "../support/vendor-server.ts";
import { expectError } from "./expect-reply.ts";

const vendor = await startVendorServer({ after });
const onPremise = { ...cloudTerms, floats: { onPremise: true, cloud: false } };
const features = [
  { code: "render", name: "Render", capacity: 2, ...onPremise },
  { code: "tokens", name: "Tokens", type: "consumption", consumption: makeConsumption() },
] as const;
await makeProductWith(vendor.side, { code: "cad", name: "CAD für Größe" }, features);
await makeProductWith(vendor.side, { code: "desk", name: "Desk", authorizationMethod: "user" }, features);

const makeLicense = (terms = {}) =>
  makeIssued(vendor.side, { product: "cad", terms: { ...onPremise, capacity: 5, ...terms } });
const ask = async (fields = {}) => {
  const license = await makeLicense();
  return { license, request: writeTestRequest(vendor, { licenseKey: license.details.key ?? "", ...fields }) };
};
const activations = async (id: number) =>
  (await vendor.side.store.findLicenses({ licenseId: id }))[0]?.details.timesActivated;

const publicKey = createPublicKey(vendor.side.keys.publicKeys[0] ?? "");
const isSigned = (text: string | Buffer, signature: unknown) =>
  verify("sha256", Buffer.from(text), publicKey, Buffer.from(String(signature), "base64"));

test("[FILE-1] [SIGN-1] an answer carries its four signatures, each over what it says, and is signed as a reply", async () => {
  const requestId = randomUUID();
  const { license, request } = await ask({ requestId });
  const reply = await sendRequest(vendor, request);
  assert.equal(reply.status, 200, reply.text);
  assert.ok(isSigned(reply.bytes, reply.headers["licensesignature"]));
  const { license_signature, license_signature_v2, ...content } = reply.json;
  assert.deepEqual(
    [content.request, content.request_id, content.hardware_id, content.date],
    ["activation", requestId, "sk-1", new Date(vendor.clock.wall()).toISOString()],
  );
  assert.ok(isSigned(JSON.stringify(content), license_signature_v2));
  assert.ok(isSigned(`sk-1#${license.details.key}#`.toLowerCase(), license_signature));
  const lines = ["licenseSpring", `date: ${content.date}`, license.details.key, "sk-1", vendor.key.apiKey];
  const expected = createHmac("sha256", vendor.key.sharedKey).update(lines.join("\n")).digest("base64");
  assert.equal(content.offline_signature, expected);
});

test("[FILE-1] [FILE-5] base64 of the answer is a license file: a floating server reads all its features from it", async () => {
  const { license, request } = await ask();
  const reply = await sendRequest(vendor, request);
  for (const text of [reply.bytes.toString("base64"), reply.text]) {
    const file = readLicenseFile(text, { trustedKeys: [publicKey], hardwareId: "sk-1", product: "cad" });
    if ("problem" in file) assert.fail(`${file.check}: ${file.problem}`);
    assert.equal(file.kind, "answer");
    const read = readLicense(file.object);
    if ("problem" in read) assert.fail(read.problem);
    const [known] = await vendor.side.store.findLicenses({ licenseId: license.id });
    assert.deepEqual(read.features, known?.features);
    assert.deepEqual([read.id, read.active, read.capacity, read.floats], [license.id, true, 5, onPremise.floats]);
    assert.equal(read.details.key, license.details.key);
  }
});

const BOUNDARY = "----boundary";
const form = (name: string, content: string) =>
  `--${BOUNDARY}\r\nContent-Disposition: form-data; name="note"\r\n\r\nx\r\n--${BOUNDARY}\r\n` +
  `Content-Disposition: form-data; name="${name}"; filename="a.req"\r\n\r\n${content}\r\n--${BOUNDARY}--\r\n`;
const asJson = (request: string) => Buffer.from(request, "base64").toString();

for (const [what, type, body] of [
  ["base64 as text/plain", "text/plain", (request: string) => request],
  ["base64 in lines", "text/plain; charset=utf-8", (request: string) => request.replace(/.{76}/g, "$&\r\n")],
  ["the JSON itself as text/plain", "text/plain", asJson],
  ["the JSON itself as application/json", "application/json", asJson],
  ["base64 as a JSON string", "application/json", (request: string) => JSON.stringify(request)],
  ["a form", `multipart/form-data; boundary=${BOUNDARY}`, (request: string) => form("file", request)],
  [
    "a form with the JSON",
    `multipart/form-data; boundary=${BOUNDARY}`,
    (request: string) => form("x", asJson(request)),
  ],
] as const) {
  test(`[FILE-6] a request is taken as ${what}`, async () => {
    const { request } = await ask();
    const reply = await sendRequest(vendor, body(request), "activate_offline", { "content-type": type });
    assert.equal(reply.status, 200, reply.text);
  });
}

test("[FILE-8] a request is answered once, also when it comes several times at once, and counts once", async () => {
  const { license, request } = await ask();
  const replies = await Promise.all(Array.from({ length: 8 }, () => sendRequest(vendor, request)));
  assert.equal(replies.filter(({ status }) => status === 200).length, 1);
  for (const reply of replies.filter(({ status }) => status !== 200)) expectError(reply, "offline_request_reused");
  assert.equal(await activations(license.id), 1);
  await vendor.restart();
  expectError(await sendRequest(vendor, request), "offline_request_reused");
});

test("[FILE-8] a request that was refused may be sent again", async () => {
  const license = await makeLicense({ allowUnlimitedActivations: false, maxActivations: 0 });
  const request = writeTestRequest(vendor, { licenseKey: license.details.key ?? "" });
  expectError(await sendRequest(vendor, request), "license_activated_max_times");
  granted(await changeLicense(vendor.side, license.id, { terms: { maxActivations: 1 } }));
  assert.equal((await sendRequest(vendor, request)).status, 200);
  expectError(await sendRequest(vendor, request), "offline_request_reused");
});

test("[DEV-1] a device that is active is answered anew for another request, and counts once", async () => {
  const license = await makeLicense();
  for (const requestId of [randomUUID(), randomUUID()]) {
    const request = writeTestRequest(vendor, { requestId, licenseKey: license.details.key ?? "" });
    const reply = await sendRequest(vendor, request);
    assert.deepEqual([reply.status, reply.json.request_id], [200, requestId]);
  }
  assert.equal(await activations(license.id), 1);
});

test("[HMAC-3] the date of a request may be any, for files travel slowly", async () => {
  for (const date of [0, START - 400 * 86_400_000, START + 86_400_000]) {
    const { request } = await ask({ date });
    assert.equal((await sendRequest(vendor, request)).status, 200);
  }
});

test("[HMAC-5] a request of a key that is unknown, revoked, read-only or for other products is refused", async () => {
  await makeProductWith(vendor.side, { code: "other", name: "Other" }, []);
  const license = await makeLicense();
  const revoked = await vendor.makeKey();
  granted(await revokeApiKey(vendor.side, revoked.apiKey));
  for (const [key, code] of [
    [{ apiKey: "nobody", sharedKey: "x" }, "invalid_api_key"],
    [{ ...vendor.key, sharedKey: "x" }, "signature_mismatch"],
    [revoked, "revoked_api_key"],
    [await vendor.makeKey({ isReadOnly: true }), "read_only_api_key"],
    [await vendor.makeKey({ products: ["other"] }), "api_key_product_not_allowed"],
  ] as const) {
    const request = writeTestRequest(vendor, { licenseKey: license.details.key ?? "" }, key);
    expectError(await sendRequest(vendor, request), code);
  }
  assert.equal(await activations(license.id), 0);
  const limited = await vendor.makeKey({ products: ["other", "cad"] });
  const request = writeTestRequest(vendor, { licenseKey: license.details.key ?? "" }, limited);
  assert.equal((await sendRequest(vendor, request)).status, 200);
});

test("[HMAC-4] wrong signatures are counted by key and address, and a right one is never refused for them", async () => {
  const key = await vendor.makeKey();
  const wrong = writeTestRequest(vendor, { licenseKey: "K" }, { ...key, sharedKey: "guess" });
  for (let failure = 1; failure <= 60; failure += 1)
    expectError(await sendRequest(vendor, wrong), "signature_mismatch");
  const refused = await sendRequest(vendor, wrong);
  expectError(refused, "too_many_requests");
  assert.match(refused.headers["retry-after"] ?? "", /^\d+$/);
  const license = await makeLicense();
  const right = writeTestRequest(vendor, { licenseKey: license.details.key ?? "" }, key);
  assert.equal((await sendRequest(vendor, right)).status, 200);
});

test("[HMAC-1] an Authorization header is not needed, and must be good where there is one", async () => {
  const { request } = await ask();
  const send = (headers: Record<string, string>) => sendRequest(vendor, request, "activate_offline", headers);
  expectError(await send({ authorization: "nonsense" }), "authorization_invalid_headers");
  expectError(await send(vendor.authorize({ ...vendor.key, sharedKey: "x" })), "signature_mismatch");
  const readOnly = await vendor.makeKey({ isReadOnly: true });
  expectError(await send(vendor.authorize(readOnly)), "read_only_api_key");
  const other = await vendor.makeKey({ products: [] });
  expectError(await send(vendor.authorize(other)), "api_key_product_not_allowed");
  assert.equal((await send(vendor.authorize())).status, 200);
});

test("[OAUTH-1] an OAuth client signs with its secret, and its answer is signed with the same", async () => {
  const { client, clientSecret } = granted(await createOauthClient(vendor.side, { name: "client" }));
  const license = await makeLicense();
  const { api_key: _, ...fields } = JSON.parse(
    asJson(writeTestRequest(vendor, { licenseKey: license.details.key ?? "" })),
  ).request;
  const text = JSON.stringify({ ...fields, client_id: client.clientId });
  const signature = createHmac("sha256", clientSecret).update(text).digest("base64");
  const reply = await sendRequest(vendor, `{"request":${text},"signature":"${signature}"}`);
  assert.equal(reply.status, 200, reply.text);
  const lines = ["licenseSpring", `date: ${reply.json.date}`, license.details.key, "sk-1", client.clientId];
  const expected = createHmac("sha256", clientSecret).update(lines.join("\n")).digest("base64");
  assert.equal(reply.json.offline_signature, expected);
});

test("[HMAC-1] during a rotation the shared key that signed the request signs the answer", async () => {
  const old = await vendor.makeKey();
  granted(await rotateSharedKey(vendor.side, old.apiKey));
  const license = await makeLicense();
  const reply = await sendRequest(vendor, writeTestRequest(vendor, { licenseKey: license.details.key ?? "" }, old));
  const lines = ["licenseSpring", `date: ${reply.json.date}`, license.details.key, "sk-1", old.apiKey];
  const expected = createHmac("sha256", old.sharedKey).update(lines.join("\n")).digest("base64");
  assert.equal(reply.json.offline_signature, expected);
});

test("[DEV-1] on a user-based product the file carries the password, and the answer names the user", async () => {
  granted(await createUser(vendor.side, { username: "ada@x.example|2", password: "pw" }));
  const users = [{ username: "ada@x.example|2", allowUnlimitedActivations: true }];
  await makeIssued(vendor.side, { product: "desk", users, terms: onPremise });
  const request = (password: string) =>
    writeTestRequest(vendor, { product: "desk", username: "ada@x.example|2", password });
  expectError(await sendRequest(vendor, request("wrong")), "invalid_credentials");
  const reply = await sendRequest(vendor, request("pw"));
  assert.equal(reply.status, 200, reply.text);
  assert.equal(reply.json.username, "ada@x.example|2");
  assert.ok(isSigned("sk-1#ada@x.example#", reply.json.license_signature));
});

test("[DEV-6] what the request tells of its device is kept with it", async () => {
  const { license, request } = await ask({
    device: { hostname: "node-7", os_ver: "Linux", is_vm: false },
    appVersion: "1.2",
    variables: { seats: 3, site: "Berlin" },
  });
  const reply = await sendRequest(vendor, request);
  const [device] = await vendor.side.store.devices({ licenseId: license.id });
  assert.deepEqual(device?.info, { hostname: "node-7", os_ver: "Linux", is_vm: false, app_ver: "1.2" });
  assert.deepEqual(
    reply.json.variables.map(({ variable, value }: { variable: string; value: string }) => [variable, value]),
    [
      ["seats", "3"],
      ["site", "Berlin"],
    ],
  );
});

const OLD = { date: "Tue, 07 Jun 2011 20:51:35 GMT", hardware_id: "sk-old" };

test("[FILE-6] schema 1 is taken for activation; it is good once, whatever its unsigned request_id says", async () => {
  const license = await makeLicense();
  const fields = { ...OLD, license_key: license.details.key ?? "" };
  const first = signOldRequest(fields, { product: "cad", request_id: "one" }, vendor.key);
  const reply = await sendRequest(vendor, first);
  assert.deepEqual([reply.status, reply.json.request_id], [200, "one"], reply.text);
  for (const others of [{ product: "cad", request_id: "two" }, { product: "cad" }]) {
    expectError(await sendRequest(vendor, signOldRequest(fields, others, vendor.key)), "offline_request_reused");
  }
});

test("[FILE-6] schema 1 is not taken for a deactivation, which it does not sign", async () => {
  const license = await makeLicense();
  const fields = { ...OLD, license_key: license.details.key ?? "" };
  const file = signOldRequest(fields, { product: "cad", request: "deactivation" }, vendor.key);
  for (const path of ["deactivate_offline", "activate_offline"] as const) {
    expectError(await sendRequest(vendor, file, path), "validation_error", "schema_version");
  }
});
