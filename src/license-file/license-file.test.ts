import assert from "node:assert/strict";
import { createPublicKey } from "node:crypto";
import { test } from "node:test";
import { ISSUED_AT, makeVendor } from "../../test/support/license-files.ts";
import { makeFeature, makeLicense, makeProduct } from "../../test/support/make-license.ts";
import { MAX_FILE_BYTES } from "./decode-file.ts";
import { type FileProblem, type LicenseFile, readLicenseFile } from "./read-license-file.ts";

const HARDWARE = "sk-0123456789abcdef";
const vendor = makeVendor();
const stranger = makeVendor();
const license = makeLicense({
  product: { ...makeProduct("cad"), name: "CAD für Größe" },
  features: [makeFeature({ metadata: { "2": "b", "1": "a", z: [1, { y: null }] } })],
});
const answer = await vendor.answer(license, HARDWARE);
const refresh = await vendor.refresh(license, HARDWARE);

function read(text: string, { keys = [vendor], hardwareId = HARDWARE, product = "cad" as string | undefined } = {}) {
  const trustedKeys = keys.map(({ publicKey }) => createPublicKey(publicKey));
  return readLicenseFile(text, { trustedKeys, hardwareId, product });
}

function accepted(result: LicenseFile | FileProblem): LicenseFile {
  if ("problem" in result) assert.fail(`${result.check}: ${result.problem}`);
  return result;
}

function checkOf(result: LicenseFile | FileProblem): FileProblem["check"] {
  assert.ok("check" in result, "the file is refused");
  return result.check;
}

function jsonOf(file: string): string {
  return Buffer.from(file, "base64").toString();
}

/** The content of an answer without its signatures. */
function contentOf(file: string): Record<string, unknown> {
  const { license_signature: _, license_signature_v2: __, ...content } = JSON.parse(jsonOf(file));
  return content;
}

test("[FILE-1] answers and refreshes are read, as base64 and as the JSON itself", () => {
  for (const text of [answer, jsonOf(answer)]) {
    const { kind, object, file } = accepted(read(text));
    assert.equal(kind, "answer");
    assert.deepEqual(object, JSON.parse(jsonOf(answer)));
    assert.equal(file.issuedAt, ISSUED_AT);
    assert.match(file.digest, /^[0-9a-f]{64}$/);
  }
  assert.equal(accepted(read(refresh)).kind, "refresh");
  assert.equal(accepted(read(refresh)).file.issuedAt, ISSUED_AT);
});

test("[FILE-1] the same content has the same digest, another content another", async () => {
  const digestOf = (text: string) => accepted(read(text)).file.digest;
  assert.equal(digestOf(answer), digestOf(jsonOf(answer)));
  assert.notEqual(digestOf(answer), digestOf(await vendor.answer(license, HARDWARE)), "another request id");
  assert.notEqual(digestOf(answer), digestOf(refresh));
});

test("[FILE-2] line breaks, as mail programs make them, are passed over", () => {
  for (const lineBreak of ["\n", "\r\n", " \t\n"]) {
    const wrapped = `${lineBreak}${(answer.match(/.{1,76}/g) ?? []).join(lineBreak)}${lineBreak}`;
    accepted(read(wrapped));
  }
  accepted(read(`\uFEFF${answer}`));
  accepted(read(JSON.stringify(JSON.parse(jsonOf(answer)), null, 2)));
});

test("[FILE-2] any of several trusted keys will do, so that a vendor can change its key", () => {
  assert.equal(checkOf(read(answer, { keys: [stranger] })), "signature");
  accepted(read(answer, { keys: [stranger, vendor] }));
  accepted(read(answer, { keys: [vendor, stranger] }));
  assert.equal(checkOf(read(answer, { keys: [] })), "signature");
});

test("[FILE-2] base64, json: a file cut off at any length is refused", () => {
  for (const text of [answer, jsonOf(answer)]) {
    for (let length = 0; length < text.length; length += 1) {
      const check = checkOf(read(text.slice(0, length)));
      assert.ok(check === "base64" || check === "json", `${length} characters: ${check}`);
    }
  }
});

test("[FILE-2] size: 1 MiB is read, a byte more is not", () => {
  const padded = (bytes: number) => answer + "\n".repeat(bytes - answer.length);
  accepted(read(padded(MAX_FILE_BYTES)));
  assert.equal(MAX_FILE_BYTES, 1_048_576);
  assert.equal(checkOf(read(padded(MAX_FILE_BYTES + 1))), "size");
});

test("[FILE-2] size: bytes count, not characters", () => {
  const text = vendor.sign({ ...contentOf(answer), padding: "ü".repeat(MAX_FILE_BYTES / 2) });
  assert.ok(text.length < MAX_FILE_BYTES && Buffer.byteLength(text) > MAX_FILE_BYTES);
  assert.equal(checkOf(read(text)), "size");
});

for (const [text, check] of [
  ["", "base64"],
  [" \n", "base64"],
  ["not base64!", "base64"],
  ["abc", "base64"],
  ["a===", "base64"],
  ["====", "base64"],
  ["ab-_", "base64"],
  ["abcd", "json"],
  ["{", "json"],
  ["{}x", "json"],
  [Buffer.from("[]").toString("base64"), "json"],
  [Buffer.from("null").toString("base64"), "json"],
  [Buffer.from('"text"').toString("base64"), "json"],
  [Buffer.from("7").toString("base64"), "json"],
  ["{}", "signature"],
  ['{"license_signature_v2":7}', "signature"],
  ['{"license_signature_v2":""}', "signature"],
  ['{"license_signature_v2":"AAAA"}', "signature"],
] as const) {
  test(`[FILE-2] ${check}: ${JSON.stringify(text)} is refused`, () => {
    assert.equal(checkOf(read(text)), check);
  });
}

test("[FILE-2] nothing breaks the reader: not even what is nested a hundred thousand deep", () => {
  const deep = `{"request":"activation","x":${"[".repeat(100_000)}${"]".repeat(100_000)},"license_signature_v2":"AAAA"}`;
  assert.equal(checkOf(read(deep)), "signature");
  assert.equal(checkOf(read(Buffer.from(deep).toString("base64"))), "signature");
  assert.equal(checkOf(read(`{"a":${"[".repeat(1_000_000)}`)), "json");
});

/** Every value in an object that is not an object itself, by its path. */
function leaves(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [[...path]];
  const entries = Object.entries(value);
  return entries.length === 0 ? [[...path]] : entries.flatMap(([key, child]) => leaves(child, [...path, key]));
}

function changeAt(object: object, path: readonly string[]): object {
  const copy = structuredClone(object);
  const holder = path.slice(0, -1).reduce<Record<string, never>>((part, key) => part[key] ?? {}, copy as never);
  const key = path.at(-1) as string;
  Object.assign(holder, { [key]: typeof holder[key] === "string" ? `AAAA${holder[key]}` : "changed" });
  return copy;
}

for (const [kind, file] of [
  ["answer", answer],
  ["refresh", refresh],
] as const) {
  test(`[FILE-2] signature: a change in any field of the ${kind} is found`, () => {
    const object = JSON.parse(jsonOf(file));
    const paths = leaves(object).filter(([name]) => kind === "refresh" || name !== "license_signature");
    assert.ok(paths.length > 60);
    for (const path of paths)
      assert.equal(checkOf(read(JSON.stringify(changeAt(object, path)))), "signature", path.join("."));
    for (const name of Object.keys(object).filter((name) => kind === "refresh" || name !== "license_signature")) {
      const { [name]: _, ...rest } = object;
      assert.equal(checkOf(read(JSON.stringify(rest))), "signature", `without ${name}`);
    }
    assert.equal(checkOf(read(JSON.stringify({ ...object, extra: 1 }))), "signature");
  });

  test(`[FILE-2] signature: one flipped bit anywhere in the ${kind} is found`, () => {
    const bytes = Buffer.from(file, "base64");
    const end = bytes.indexOf(kind === "refresh" ? ',"license_signature_v2"' : ',"license_signature"');
    for (let at = 0; at < end; at += 1) {
      const flipped = Buffer.from(bytes);
      flipped[at] = (flipped[at] as number) ^ (1 << (at % 8));
      assert.match(checkOf(read(flipped.toString("base64"))), /^(json|signature)$/, `byte ${at}`);
    }
  });
}

test("[FILE-2] signature: an answer cannot be turned into a newer refresh, nor a refresh into an answer", () => {
  const asRefresh = { ...JSON.parse(jsonOf(answer)), refreshed_at: "2030-01-01T00:00:00.000Z" };
  assert.equal(checkOf(read(JSON.stringify(asRefresh))), "signature");
  const { refreshed_at: _, ...withoutDate } = JSON.parse(jsonOf(refresh));
  const asAnswer = { ...withoutDate, request: "activation", request_id: "1" };
  assert.equal(checkOf(read(JSON.stringify(asAnswer))), "signature");
});

test("[FILE-2] kind: a reply signed with the same key is no file", () => {
  const { request, request_id, refreshed_at, ...reply } = contentOf(answer);
  assert.equal(checkOf(read(vendor.sign(reply))), "kind");
  assert.equal(checkOf(read(vendor.sign({ ...reply, request: "activation" }))), "kind");
  assert.equal(checkOf(read(vendor.sign({ ...reply, request: "deactivation", request_id: "1" }))), "kind");
  assert.deepEqual([request, typeof request_id, refreshed_at], ["activation", "string", undefined]);
});

test("[FILE-2] hardware_id: the file of another machine is refused, and both are named", async () => {
  const result = read(await vendor.answer(license, "sk-other"));
  assert.equal(checkOf(result), "hardware_id");
  assert.match((result as FileProblem).problem, /sk-other.*sk-0123456789abcdef/);
  assert.equal(checkOf(read(vendor.sign({ ...contentOf(answer), hardware_id: undefined }))), "hardware_id");
});

test("[FILE-3] product: a file for another product than the one named is refused; naming none is fine", () => {
  assert.equal(checkOf(read(answer, { product: "other" })), "product");
  assert.equal(checkOf(read(answer, { product: "CAD" })), "product");
  accepted(readLicenseFile(answer, { trustedKeys: [createPublicKey(vendor.publicKey)], hardwareId: HARDWARE }));
});

const signedNonsense: readonly (readonly [change: Record<string, unknown>, check: FileProblem["check"]])[] = [
  [{ product_details: null }, "product"],
  [{ product_details: "cad" }, "product"],
  [{ product_details: { short_code: "" } }, "product"],
  [{ product_details: { short_code: 7 } }, "product"],
  [{ date: "soon" }, "content"],
  [{ date: null }, "content"],
  [{ date: { toString: 1, valueOf: 1 } }, "content"],
  [{ hardware_id: { toString: 1, valueOf: 1 } }, "hardware_id"],
  [{ hardware_id: "sk-other", product_details: null, date: "soon" }, "hardware_id"],
];

for (const [change, check] of signedNonsense) {
  test(`[FILE-2] ${check}: a signed file with ${JSON.stringify(change)} is refused`, () => {
    assert.equal(checkOf(read(vendor.sign({ ...contentOf(answer), ...change }))), check);
  });
}
