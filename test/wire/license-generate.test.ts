import assert from "node:assert/strict";
import { after, test } from "node:test";
import { MAX_OPEN_REQUESTS } from "../../src/domain/request-license.ts";
import { readRequestFile } from "../../src/license-file/read-request.ts";
import { startFloatingServer, type TestServer, vendor } from "../support/floating-server.ts";
import { Reply } from "../support/http-client.ts";
import { REQUEST_KEYS, uploadLicense } from "../support/license-files.ts";
import { makeProduct } from "../support/make-license.ts";
import { START } from "../support/test-clock.ts";
import { expectError, expectReply } from "./expect-reply.ts";
import { KEY, licenseOf } from "./sample-licenses.ts";

const server = await startFloatingServer({ after });

const generate = (fields: object, at: TestServer = server) => at.post("/api/v4/license/generate", fields);

/** What a request says, once its signature is known to be good. */
function fieldsOf(reply: Reply): Record<string, unknown> {
  assert.equal(reply.status, 200, reply.text);
  const file = readRequestFile(reply.text);
  if ("problem" in file) assert.fail(file.problem);
  assert.ok(file.isSignedBy(REQUEST_KEYS.sharedKey));
  return file.fields;
}

async function upload(content: string, at: TestServer = server): Promise<Reply> {
  const response = await uploadLicense(at.url, content);
  return new Reply(response.status, Object.fromEntries(response.headers), Buffer.from(await response.bytes()));
}

test("[FILE-6] license/generate answers a signed request of this machine, as a file", async () => {
  const reply = await generate({ product: "cad", license_key: KEY, license_id: "17" });
  assert.equal(reply.headers["content-type"], "text/plain; charset=utf-8");
  assert.match(reply.text, /^[A-Za-z0-9+/]+={0,2}$/);
  const { request_id, device: _, hostname, os_ver, sdk_ver, app_ver, ...fields } = fieldsOf(reply);
  assert.equal(reply.headers["content-disposition"], `attachment; filename="${request_id}.req"`);
  assert.match(String(request_id), /^[0-9a-f-]{36}$/);
  for (const program of [sdk_ver, app_ver]) assert.match(String(program), /^seatkeeper \d/);
  for (const about of [hostname, os_ver]) assert.equal(typeof about, "string");
  assert.deepEqual(fields, {
    request: "activation",
    schema_version: 2,
    date: new Date(START).toISOString(),
    product: "cad",
    hardware_id: server.hardwareId,
    license_key: KEY,
    api_key: REQUEST_KEYS.apiKey,
    license_id: 17,
  });
});

test("[FILE-6] for a user-based product it carries user name and password instead", async () => {
  const fields = fieldsOf(await generate({ Product: "cad", username: "ada|2", password: "pw" }));
  assert.deepEqual([fields["username"], fields["password"], fields["license_key"]], ["ada|2", "pw", undefined]);
});

test("[FILE-6] what is left out is taken from the license that is here, as long as that is one product", async (t) => {
  const own = await startFloatingServer(t);
  expectError(await generate({}, own), "missing_parameters", "product");
  expectError(await own.post("/api/v4/license/generate"), "missing_parameters", "product");
  const [one, two] = [licenseOf("cad"), licenseOf("cad")];
  for (const license of [one, two]) await own.import(license);
  const asked = async (fields: object) => {
    const { product, license_key, license_id } = fieldsOf(await generate(fields, own));
    return [product, license_key, license_id];
  };
  assert.deepEqual(await asked({}), ["cad", KEY, two.id], "the one added last");
  assert.deepEqual(await asked({ license_id: one.id }), ["cad", KEY, one.id]);
  assert.deepEqual(await asked({ license_key: "OTHER" }), ["cad", "OTHER", undefined]);
  expectError(await generate({ license_id: 7 }, own), "license_not_found");
  expectError(await generate({ product: "cam" }, own), "missing_parameters", "license_key");
  await own.import(licenseOf("cam"));
  expectError(await generate({}, own), "missing_parameters", "product");
  expectError(await generate({ license_key: KEY }, own), "missing_parameters", "product");
  const byUser = licenseOf("desk", { product: { ...makeProduct("desk"), authorizationMethod: "user" } });
  await own.import(byUser);
  expectError(await generate({ product: "desk" }, own), "missing_parameters", "username, password");
});

test("[WIRE-2] a user name needs its password, and goes with no license key", async () => {
  expectError(await generate({ product: "cad", username: "ada" }), "missing_parameters", "password");
  const both = { product: "cad", username: "ada", password: "pw", license_key: KEY };
  expectError(await generate(both), "validation_error", "license_key");
});

test("[FILE-6] without the settings that requests are signed with, it says which they are", async (t) => {
  const own = await startFloatingServer(t, {
    config: { "vendor.api-key": undefined, "vendor.shared-key-file": undefined },
  });
  const message = expectError(await generate({ product: "cad", license_key: KEY }, own), "validation_error");
  for (const setting of ["vendor.api-key", "vendor.shared-key-file"]) assert.ok(message.includes(setting), message);
});

test("[FILE-8] an answer must be to a request that was written here", async (t) => {
  const license = licenseOf("unknown");
  expectError(await upload(await vendor.answer(license, server.hardwareId)), "offline_request_unknown");
  const other = await startFloatingServer(t);
  const elsewhere = await vendor.answerRequest(
    (await generate({ product: "unknown", license_key: KEY }, other)).text,
    license,
  );
  expectError(await upload(elsewhere), "offline_request_unknown");
  expectError(await server.get("/api/v4/license?product=unknown"), "unknown_product");
  expectReply("licenseUpload", await upload(await server.answer(license)));
});

test("[FILE-8] a request is good for one file, and that very file may be imported again", async () => {
  const license = licenseOf("once");
  const request = (await generate({ product: "once", license_key: KEY })).text;
  const first = await vendor.answerRequest(request, license);
  const second = await vendor.answerRequest(request, { ...license, capacity: 7 });
  const another = await vendor.answerRequest(request, licenseOf("once-more"));
  assert.equal((await upload(first)).headers["x-import-result"], "new");
  expectError(await upload(second), "offline_request_reused");
  expectError(await upload(another), "offline_request_reused");
  assert.equal((await upload(first)).headers["x-import-result"], "unchanged");
  await server.restart();
  expectError(await upload(second), "offline_request_reused");
  assert.equal((await upload(first)).headers["x-import-result"], "unchanged");
  assert.equal((await server.get("/api/v4/license?product=once")).json.floating_users, 10);
});

test("[FILE-8] of two files for one request that come at once, one is taken", async () => {
  const request = (await generate({ product: "race", license_key: KEY })).text;
  const files = await Promise.all(
    [licenseOf("race"), licenseOf("race")].map((each) => vendor.answerRequest(request, each)),
  );
  const replies = await Promise.all(files.map((file) => upload(file)));
  assert.deepEqual(replies.map(({ status }) => status).sort(), [200, 400]);
  expectError(replies.find(({ status }) => status === 400) as Reply, "offline_request_reused");
});

test("[FILE-4] [FILE-8] a refresh needs no request", async () => {
  const license = licenseOf("refreshed");
  await server.import(license, START);
  const refresh = await vendor.refresh({ ...license, capacity: 3 }, server.hardwareId, START + 1);
  assert.equal(expectReply("licenseUpload", await upload(refresh)).floating_users, 3);
});

test("[FILE-8] a file that fails leaves its request as it was", async () => {
  const license = licenseOf("failed");
  const request = (await generate({ product: "failed", license_key: KEY })).text;
  const bad = await vendor.answerRequest(request, { ...license, features: [...license.features, ...license.features] });
  expectError(await upload(bad), "license_file_invalid", "content");
  expectReply("licenseUpload", await upload(await vendor.answerRequest(request, license)));
});

test("[FILE-8] so many requests may wait for their file; beyond that the oldest is forgotten", async (t) => {
  const own = await startFloatingServer(t);
  const license = licenseOf("many");
  const write = async () => (await generate({ product: "many", license_key: KEY }, own)).text;
  const answered = await write();
  expectReply("licenseUpload", await upload(await vendor.answerRequest(answered, license), own));
  const [first, second] = [await write(), await write()];
  for (let left = MAX_OPEN_REQUESTS - 1; left > 0; left -= 100) {
    await Promise.all(Array.from({ length: Math.min(left, 100) }, write));
  }
  const requests = await own.store.records("offline_request");
  assert.equal(requests.length, MAX_OPEN_REQUESTS + 1, "those that wait, and the one that was answered");
  expectError(
    await upload(await vendor.answerRequest(first, { ...license, capacity: 2 }), own),
    "offline_request_unknown",
  );
  expectReply("licenseUpload", await upload(await vendor.answerRequest(second, { ...license, capacity: 3 }), own));
});

test("[REC-2] a request that is written leaves an event, without the license key", async () => {
  const before = (await server.store.events(0, -1)).length;
  await generate({ product: "cad", license_key: "SECRET-KEY", license_id: 1 });
  await generate({ product: "cad", username: "ada", password: "SECRET-PASSWORD" });
  const events = (await server.store.events(0, -1)).slice(before);
  assert.deepEqual(
    events.map(({ kind }) => kind),
    ["record_created", "record_created"],
  );
  assert.doesNotMatch(JSON.stringify(events), /SECRET/);
});
