import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { isDateSignedBy, signDate } from "./hmac-signature.ts";

const KEY = "kw4qSnpSwXzgiv5yxYpZZmFEd9QAeiKTQ6OuyMja";
const DATE = "Tue, 07 Jun 2011 20:51:35 GMT";
const SIGNATURE = "UDysfR6MndUZReo07Y9r+vErn8vSxrnQ5ulit18iJ/Q=";

test("[HMAC-1] the published example gives the published signature", () => {
  assert.equal(signDate(KEY, DATE), SIGNATURE);
  assert.equal(isDateSignedBy(KEY, DATE, SIGNATURE), true);
});

test("[HMAC-1] the shared key counts as UTF-8, the header as the bytes it came in", () => {
  const sentBytes = Buffer.from("licenseSpring\ndate: 7 Jún 2011", "utf8");
  const expected = createHmac("sha256", Buffer.from("schlüssel", "utf8")).update(sentBytes).digest("base64");
  const asNodeGivesIt = Buffer.from("7 Jún 2011", "utf8").toString("latin1");
  assert.equal(signDate("schlüssel", asNodeGivesIt), expected);
  assert.equal(isDateSignedBy("schlüssel", asNodeGivesIt, expected), true);
});

test("[HMAC-1] another key or another date has another signature", () => {
  for (const key of ["", `${KEY} `, KEY.toLowerCase(), KEY.slice(1)]) {
    assert.equal(isDateSignedBy(key, DATE, SIGNATURE), false, key);
  }
  for (const date of ["", ` ${DATE}`, DATE.toLowerCase(), "Tue, 7 Jun 2011 20:51:35 GMT", DATE.replace("GMT", "UTC")]) {
    assert.equal(isDateSignedBy(KEY, date, SIGNATURE), false, date);
  }
});

const otherForms: readonly (readonly [what: string, signature: string])[] = [
  ["nothing", ""],
  ["no padding", SIGNATURE.slice(0, -1)],
  ["more padding", `${SIGNATURE}=`],
  ["a blank before", ` ${SIGNATURE}`],
  ["a blank after", `${SIGNATURE} `],
  ["a line break within", `${SIGNATURE.slice(0, 20)}\n${SIGNATURE.slice(20)}`],
  ["the URL's alphabet", SIGNATURE.replaceAll("+", "-").replaceAll("/", "_")],
  ["bits that decoding drops", SIGNATURE.replace("Q=", "R=")],
  ["one byte more", Buffer.concat([Buffer.from(SIGNATURE, "base64"), Buffer.alloc(1)]).toString("base64")],
  ["one byte less", Buffer.from(SIGNATURE, "base64").subarray(1).toString("base64")],
  ["hexadecimal digits", Buffer.from(SIGNATURE, "base64").toString("hex")],
  ["something after it", `${SIGNATURE}${SIGNATURE}`],
];

for (const [what, signature] of otherForms) {
  test(`[HMAC-1] a signature is not accepted with ${what}`, () => {
    assert.notEqual(signature, SIGNATURE);
    assert.equal(isDateSignedBy(KEY, DATE, signature), false);
  });
}

test("[HMAC-1] a signature with any one bit changed is not accepted", () => {
  for (let bit = 0; bit < 256; bit++) {
    const bytes = Buffer.from(SIGNATURE, "base64");
    bytes.writeUInt8(bytes.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
    assert.equal(isDateSignedBy(KEY, DATE, bytes.toString("base64")), false, `bit ${bit}`);
  }
});

test("[HMAC-1] no text makes the comparison throw, and what is signed is accepted", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string(), fc.string({ unit: "binary" }), (key, date, signature) => {
      assert.equal(isDateSignedBy(key, date, signDate(key, date)), true);
      assert.equal(isDateSignedBy(key, date, signature), false);
    }),
  );
});
