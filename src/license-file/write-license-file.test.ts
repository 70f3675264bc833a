import assert from "node:assert/strict";
import { createHmac, verify } from "node:crypto";
import { test } from "node:test";
import { ISSUED_AT, makeVendor } from "../../test/support/license-files.ts";
import { makeLicense } from "../../test/support/make-license.ts";

// What a reader of another make checks: with nothing but Node's own crypto, on the bytes of the file.

const HARDWARE = "SK-0123456789ABCDEF";
const vendor = makeVendor();
const license = makeLicense({
  validUntil: Date.UTC(2027, 0, 1),
  details: { ...makeLicense().details, key: "AB12-Größe" },
});

function isSigned(text: string, signature: string): boolean {
  return verify("sha256", Buffer.from(text), vendor.publicKey, Buffer.from(signature, "base64"));
}

function textOf(file: string): string {
  assert.match(file, /^[A-Za-z0-9+/]+={0,2}$/);
  const bytes = Buffer.from(file, "base64");
  assert.equal(bytes.toString("base64"), file, "base64 in one line");
  return bytes.toString();
}

test("[FILE-1] an answer's signature is over its bytes without the two license signatures", async () => {
  const text = textOf(await vendor.answer(license, HARDWARE));
  const object = JSON.parse(text);
  const content = text.replace(/,"license_signature":"[^"]*","license_signature_v2":"[^"]*"\}$/, "}");
  assert.notEqual(content, text);
  assert.ok(isSigned(content, object.license_signature_v2));
  assert.ok(!isSigned(text, object.license_signature_v2));
});

test("[FILE-1] a refresh's signature is over its bytes without that signature only", async () => {
  const text = textOf(await vendor.refresh(license, HARDWARE));
  const content = text.replace(/,"license_signature_v2":"[^"]*"\}$/, "}");
  assert.ok(content.includes('"license_signature"'));
  assert.ok(isSigned(content, JSON.parse(text).license_signature_v2));
});

test("[FILE-1] an answer names its request, machine and date, and a refresh its own date instead", async () => {
  const answer = JSON.parse(textOf(await vendor.answer(license, HARDWARE)));
  const { request, request_id, hardware_id, date, refreshed_at } = answer;
  assert.deepEqual(
    { request, hardware_id, date, refreshed_at },
    { request: "activation", hardware_id: HARDWARE, date: new Date(ISSUED_AT).toISOString(), refreshed_at: undefined },
  );
  assert.match(request_id, /^[0-9a-f-]{36}$/);
  const refresh = JSON.parse(textOf(await vendor.refresh(license, HARDWARE)));
  assert.equal(refresh.refreshed_at, new Date(ISSUED_AT).toISOString());
  assert.equal(refresh.hardware_id, HARDWARE);
  for (const name of ["request", "request_id", "date", "offline_signature"]) assert.ok(!(name in refresh), name);
});

test("[FILE-1] an answer's offline signature is the shared key's HMAC over what was asked for", async () => {
  const { offline_signature, date } = JSON.parse(textOf(await vendor.answer(license, HARDWARE)));
  const text = `licenseSpring\ndate: ${date}\nAB12-Größe\n${HARDWARE}\ntest-api-key`;
  assert.equal(offline_signature, createHmac("sha256", "test-shared-key").update(text).digest("base64"));
});

test("[FILE-1] the first form of license signature binds machine, licensee and validity, in lower case", async () => {
  for (const file of [await vendor.answer(license, HARDWARE), await vendor.refresh(license, HARDWARE)]) {
    const { license_signature } = JSON.parse(textOf(file));
    assert.ok(isSigned("sk-0123456789abcdef#ab12-größe#2027-01-01t00:00:00.000z", license_signature));
  }
});
