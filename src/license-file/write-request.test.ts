import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { type RequestFile, readRequestFile } from "./read-request.ts";
import { type OfflineRequest, writeRequest } from "./write-request.ts";

// What a reader of another make checks: with nothing but Node's own crypto, on the bytes of the file.

const keys = { apiKey: "test-api-key", sharedKey: "test-shared-key" };
const least: OfflineRequest = {
  request: "activation",
  requestId: "0b0f2c3e-6a53-4d0c-9a0e-0d3b5f6a7c11",
  date: Date.UTC(2026, 0, 15, 10, 30),
  product: "cad",
  hardwareId: "sk-0123456789abcdef",
  licenseKey: "AB12-Größe",
};
const full: OfflineRequest = {
  ...least,
  request: "deactivation",
  licenseId: 17,
  bundleCode: "suite",
  sdkVersion: "4.0",
  appVersion: "1.2.3",
  device: { os_ver: 'Linux "6"', hostname: "böx\\1\n", ip: "10.0.0.1", is_vm: false },
  variables: { seats: 3, note: "}\u0000{\u{1f600}" },
  consumptions: -5,
  productFeatures: [{ code: "tokens", consumptions: 7 }],
};

const FORM = /^\{"request":(\{.*\}),"signature":"([^"]*)"\}$/s;

function partsOf(file: string): { text: string; signature: string } {
  const bytes = Buffer.from(file, "base64");
  assert.equal(bytes.toString("base64"), file, "base64 in one line");
  const [, text = "", signature = ""] = FORM.exec(bytes.toString()) ?? [];
  return { text, signature };
}

function accepted(text: string): RequestFile {
  const result = readRequestFile(text);
  if ("problem" in result) assert.fail(result.problem);
  return result;
}

test("[FILE-6] a request's signature is the shared key's HMAC over the very text of the request", () => {
  for (const request of [least, full]) {
    const { text, signature } = partsOf(writeRequest(request, keys));
    assert.equal(signature, createHmac("sha256", "test-shared-key").update(text).digest("base64"));
  }
});

test("[FILE-6] a request has its fields by their names on the wire, and none that was not given", () => {
  assert.deepEqual(JSON.parse(partsOf(writeRequest(least, keys)).text), {
    request: "activation",
    request_id: "0b0f2c3e-6a53-4d0c-9a0e-0d3b5f6a7c11",
    schema_version: 2,
    date: "2026-01-15T10:30:00.000Z",
    product: "cad",
    hardware_id: "sk-0123456789abcdef",
    license_key: "AB12-Größe",
    api_key: "test-api-key",
  });
  assert.deepEqual(JSON.parse(partsOf(writeRequest(full, keys)).text), {
    ...JSON.parse(partsOf(writeRequest(least, keys)).text),
    ...full.device,
    request: "deactivation",
    license_id: 17,
    bundle_code: "suite",
    sdk_ver: "4.0",
    app_ver: "1.2.3",
    variables: full.variables,
    consumptions: -5,
    product_features: full.productFeatures,
  });
  const { licenseKey: _, ...rest } = least;
  const userBased = JSON.parse(partsOf(writeRequest({ ...rest, username: "a@b.c|1", password: "pw" }, keys)).text);
  assert.deepEqual([userBased.license_key, userBased.username, userBased.password], [undefined, "a@b.c|1", "pw"]);
});

test("[FILE-6] device information never takes the place of another field", () => {
  const device = { hardware_id: "x", license_key: "x", username: "x", request: "x", schema_version: 3, os_ver: "1" };
  const { licenseKey: _, ...rest } = least;
  const fields = JSON.parse(partsOf(writeRequest({ ...rest, username: "ann", device }, keys)).text);
  assert.deepEqual(
    [fields.hardware_id, fields.license_key, fields.username, fields.request, fields.schema_version, fields.os_ver],
    [least.hardwareId, undefined, "ann", "activation", 2, "1"],
  );
});

test("[FILE-6] what is written is read: the same fields, signed by that key and no other", () => {
  for (const request of [least, full]) {
    const file = writeRequest(request, keys);
    const read = accepted(file);
    assert.deepEqual(read.fields, JSON.parse(partsOf(file).text));
    assert.equal(read.schema, 2);
    assert.deepEqual(read.credential, { apiKey: "test-api-key" });
    assert.ok(read.isSignedBy("test-shared-key"));
    for (const other of ["test-shared-key ", "Test-shared-key", "", "test-api-key"]) assert.ok(!read.isSignedBy(other));
  }
});
