import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { keyFolder } from "./fold-keys.ts";
import { RequestRefusal } from "./request-refusal.ts";

const KNOWN = ["product", "license_id", "allow_overages", "allowOverages"];
const fold = keyFolder(KNOWN);

function refusalOf(source: unknown): RequestRefusal {
  try {
    fold(source);
  } catch (error) {
    assert.ok(error instanceof RequestRefusal);
    return error;
  }
  assert.fail("it is refused");
}

/** A known name with the case of each letter drawn. */
const cased = fc.constantFrom(...KNOWN).chain((name) =>
  fc.array(fc.boolean(), { minLength: name.length, maxLength: name.length }).map((upper) => ({
    name,
    key: [...name].map((letter, at) => (upper[at] ? letter.toUpperCase() : letter.toLowerCase())).join(""),
  })),
);

test("[WIRE-1] a known key in any case is that field, null is left out, and the rest is ignored", () => {
  fc.assert(
    fc.property(cased, fc.jsonValue(), fc.string(), ({ name, key }, value, other) => {
      fc.pre(!KNOWN.some((known) => known.toLowerCase() === other.toLowerCase()));
      const source = JSON.parse(`{${JSON.stringify(key)}:${JSON.stringify(value)},${JSON.stringify(other)}:1}`);
      const folded = fold(source);
      assert.deepEqual(Object.keys(folded), value === null ? [] : [name]);
      assert.deepEqual(folded[name] ?? null, JSON.parse(JSON.stringify(value)));
    }),
  );
});

test("[WIRE-1] the same field in two cases is refused, whatever the values", () => {
  for (const source of [
    { product: "a", Product: "a" },
    { PRODUCT: null, pRODUCT: null },
    { allowOverages: true, allowoverages: true },
  ]) {
    const { refused, about } = refusalOf(source);
    assert.equal(refused, "validation_error");
    assert.match(about ?? "", /^(product|allowOverages) is given twice$/);
  }
  assert.deepEqual(fold({ allow_overages: 1, allowOverages: 2 }), { allow_overages: 1, allowOverages: 2 });
});

test("[WIRE-1] what is no object is refused", () => {
  for (const source of [null, undefined, [], "text", 7, true])
    assert.equal(refusalOf(source).refused, "validation_error");
});

test("[WIRE-1] keys of other alphabets are no field, even where their small letters look alike", () => {
  assert.deepEqual(fold({ "LICENSE_\u0130D": 1, "PRODU\u0421T": 2 }), {});
});
