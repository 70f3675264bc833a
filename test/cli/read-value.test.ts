import assert from "node:assert/strict";
import { describe, test } from "node:test";
import Type from "typebox";
import { readDuration, readTime, readValue } from "../../src/cli/management/read-value.ts";
import { type Schema, toValue } from "../../src/cli/management/schema.ts";
import { createLicense } from "../../src/management/operations/licenses.ts";

const read = (name: string, schema: object, text: string) => readValue(toValue(name, schema as Schema), text);
const { features, valid_until, consumption_resets, metadata } = createLicense.body?.properties ?? {};

test("[CLI-2] durations are seconds, or have units", () => {
  for (const [text, ms] of [
    ["90", 90_000],
    ["0", 0],
    ["1.5s", 1_500],
    ["250ms", 250],
    ["15m", 900_000],
    ["1h30m", 5_400_000],
    ["72h", 259_200_000],
    ["30d", 2_592_000_000],
    ["2w", 1_209_600_000],
  ] as const) {
    assert.equal(readDuration(text), ms, text);
  }
  for (const text of ["", "m", "soon", "15 m", "-5m", "15x", "15m!", "1e3"]) {
    assert.throws(() => readDuration(text), /duration like/, text);
  }
});

test("[CLI-2] times are ISO, of UTC unless they say so, or from now on", () => {
  assert.equal(readTime("2027-01-31"), "2027-01-31T00:00:00.000Z");
  assert.equal(readTime("2027-01-31T12:00"), "2027-01-31T12:00:00.000Z");
  assert.equal(readTime("2027-01-31T12:00:00+01:00"), "2027-01-31T11:00:00.000Z");
  for (const [text, ms] of [
    ["30d", 2_592_000_000],
    ["-1h", -3_600_000],
    ["now", 0],
  ] as const) {
    assert.ok(Math.abs(Date.parse(readTime(text)) - Date.now() - ms) < 5_000, text);
  }
  for (const text of ["", "tomorrow", "2027-13-31", "31.1.2027", "999999999999d"]) {
    assert.throws(() => readTime(text), /time like/, text);
  }
});

describe("[CLI-2] fields of a license", () => {
  test("[CLI-2] features are told by their code and what differs", () => {
    assert.deepEqual(read("features", features ?? {}, "render,seats=5,can-borrow,timeout=15m,expires-at=null"), [
      { code: "render", seats: 5, can_borrow: true, timeout_seconds: 900, expires_at: null },
    ]);
    assert.deepEqual(read("features", features ?? {}, '[{"code":"a"},{"code":"b"}]'), [{ code: "a" }, { code: "b" }]);
    assert.deepEqual(read("features", features ?? {}, '{"code":"a","metadata":{"x":1}}'), [
      { code: "a", metadata: { x: 1 } },
    ]);
    assert.throws(() => read("features", features ?? {}, "render,seat=5"), /no seat, did you mean seats\?/);
    assert.throws(() => read("features", features ?? {}, "render,seats=many"), /seats: it must be a number/);
    assert.throws(() => read("features", features ?? {}, "[{]"), /JSON/);
  });

  test("[CLI-2] null takes away what may be away", () => {
    assert.equal(read("valid_until", valid_until ?? {}, "null"), null);
    assert.equal(read("consumption_resets", consumption_resets ?? {}, "null"), null);
    assert.equal(read("note", Type.String(), "null"), "null");
  });

  test("[CLI-2] choices suggest the nearest", () => {
    assert.equal(read("consumption_resets", consumption_resets ?? {}, "daily"), "daily");
    assert.throws(() => read("consumption_resets", consumption_resets ?? {}, "monthy"), /did you mean monthly\?/);
  });

  test("[CLI-2] objects are JSON, names are separated by commas", () => {
    assert.deepEqual(read("metadata", metadata ?? {}, '{"a":[1]}'), { a: [1] });
    assert.throws(() => read("metadata", metadata ?? {}, "a=1"), /JSON/);
    assert.deepEqual(read("scopes", Type.Array(Type.String()), "a, b"), ["a", "b"]);
    assert.deepEqual(read("scopes", Type.Array(Type.String()), ""), []);
    assert.deepEqual(read("ids", Type.Array(Type.Integer()), "1,2"), [1, 2]);
    assert.throws(() => read("ids", Type.Array(Type.Integer()), "1,x"), /number/);
  });
});
