import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { MAX_DEPTH, sliceMembers } from "./json-slice.ts";

function membersOf(json: string): ReadonlyMap<string, string> {
  const result = sliceMembers(json);
  if ("problem" in result) assert.fail(result.problem);
  return result;
}

function problemOf(json: string): string {
  const result = sliceMembers(json);
  assert.ok("problem" in result, "it is not taken apart");
  return result.problem;
}

/** Draws one of the choices; with the same numbers always the same ones. */
type Choose = <T>(...choices: readonly T[]) => T;

const choosers: fc.Arbitrary<Choose> = fc.array(fc.nat(999), { minLength: 1, maxLength: 200 }).map((numbers) => {
  let drawn = 0;
  return <T>(...choices: readonly T[]): T => {
    drawn += 1;
    return choices[((numbers[drawn % numbers.length] ?? 0) + drawn) % choices.length] as T;
  };
});

/** Writes JSON as some other program might: blanks anywhere, any character as an escape. */
function write(value: unknown, choose: Choose): string {
  const blank = () => choose("", "", " ", "\n", "\t", "\r\n  ");
  const spaced = (parts: readonly string[]) => parts.map((part) => `${blank()}${part}${blank()}`).join(",");
  if (typeof value === "string") return writeText(value, choose);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${spaced(value.map((item) => write(item, choose))) || blank()}]`;
  return `{${spaced(Object.entries(value).map(([name, item]) => writeMember(name, write(item, choose), choose))) || blank()}}`;
}

function writeMember(name: string, value: string, choose: Choose): string {
  return `${writeText(name, choose)}${choose("", " ", "\n")}:${choose("", " ", "\r\n\t")}${value}`;
}

function writeText(text: string, choose: Choose): string {
  const characters = [...text].map((character) => {
    if (character === "/" && choose(true, false)) return "\\/";
    if (choose(true, true, false)) return JSON.stringify(character).slice(1, -1);
    const units = character.split("").map((unit) => unit.charCodeAt(0).toString(16).padStart(4, "0"));
    return units.map((unit) => `\\u${choose(unit, unit.toUpperCase())}`).join("");
  });
  return `"${characters.join("")}"`;
}

const values = fc.jsonValue({ stringUnit: "binary" });
const names = fc.oneof(fc.constantFrom("request", "signature", "{", '"', "\\", '"request":{', ""), fc.string());

test("[FILE-6] however a request is written, its text is found exactly as written", () => {
  const others = fc.dictionary(names, values);
  fc.assert(
    fc.property(values, others, others, choosers, (request, before, after, choose) => {
      const text = write(request, choose);
      const written = new Map<string, string>();
      for (const [name, value] of Object.entries(before)) written.set(name, write(value, choose));
      written.delete("request");
      written.set("request", text);
      for (const [name, value] of Object.entries(after)) {
        if (!written.has(name)) written.set(name, write(value, choose));
      }
      const members = [...written].map(([name, value]) => writeMember(name, value, choose));
      const json = `${choose("", "\n")}{ ${members.join(choose(",", " ,\n"))} }${choose("", "\r\n")}`;
      const found = membersOf(json);
      assert.equal(found.get("request"), text);
      assert.deepEqual([...found], [...written]);
      assert.deepEqual(JSON.parse(found.get("request") ?? ""), JSON.parse(JSON.stringify(request)));
    }),
  );
});

test("[FILE-7] an object is taken apart if and only if no name is in it twice, however deep it is", () => {
  const few = fc.constantFrom("a", "A", "/", "\u00e9", "e\u0301", "__proto__", '"', "\\");
  const object = fc.array(few, { maxLength: 5 });
  const wrappers = fc.array(fc.constantFrom("object", "array"), { maxLength: 6 });
  fc.assert(
    fc.property(object, wrappers, choosers, (names, wraps, choose) => {
      let json = `{${names.map((name) => writeMember(name, write({ a: [1] }, choose), choose)).join(",")}}`;
      for (const wrap of wraps) json = wrap === "array" ? `[{"a":1}, ${json},{"a":1}]` : `{"a" :${json}, "b":{"a":1}}`;
      const result = sliceMembers(`{"a":${json}}`);
      assert.equal("problem" in result, new Set(names).size < names.length);
    }),
  );
});

test("[FILE-6] members are found among texts that look like members", () => {
  const members = membersOf(
    `{"a":"\\"request\\":{}","b\\\\":"\\\\","request":{"x":"}\\\\\\"{"},"c":[",",{"request":1}]}`,
  );
  assert.deepEqual(
    [...members],
    [
      ["a", '"\\"request\\":{}"'],
      ["b\\", '"\\\\"'],
      ["request", '{"x":"}\\\\\\"{"}'],
      ["c", '[",",{"request":1}]'],
    ],
  );
  assert.equal(membersOf('{"\\u0072eques\\u0074" : {} }').get("request"), "{}");
  assert.equal(membersOf('{"request":\n -1.5e+3\t}').get("request"), "-1.5e+3");
  assert.equal(membersOf(" { } ").size, 0);
  assert.equal(membersOf('{"":1}').get(""), "1");
});

for (const json of [
  '{"a":1,"a":1}',
  '{"a":1,"b":2,"\\u0061":3}',
  '{"a":{},"a":{}}',
  '{"b":{"a":1,"a":2}}',
  '{"b":[1,[{"c":{},"a":[],"a":[]}]]}',
  '{"b":{"c":[{"a":1}],"a":{"a":1},"\\u0061":1}}',
]) {
  test(`[FILE-7] a name given twice is refused: ${json}`, () => {
    assert.equal(problemOf(json), '"a" is given twice');
  });
}

test("[FILE-7] a name may be in several objects, and be the value of another or of itself", () => {
  membersOf('{"a":{"a":"a","b":{"a":["a","a","a"]}},"b":[{"a":1},{"a":1}],"A":"a","c":["b","b"]}');
});

test("[FILE-7] a name given twice is quoted so that it fits in a line", () => {
  const name = JSON.stringify(`\n${"x".repeat(100_000)}`);
  assert.equal(problemOf(`{${name}:1,${name}:2}`), `"\\n${"x".repeat(63)}" is given twice`);
});

test("[FILE-7] nesting has a limit, and nothing is too deep to be told so", () => {
  const nested = (open: string, close: string, depth: number) =>
    `{"a":${open.repeat(depth - 1)}1${close.repeat(depth - 1)}}`;
  for (const [open, close] of [
    ["[", "]"],
    ['{"a":', "}"],
  ] as const) {
    membersOf(nested(open, close, MAX_DEPTH));
    for (const depth of [MAX_DEPTH + 1, 170_000]) {
      assert.equal(problemOf(nested(open, close, depth)), `nested deeper than ${MAX_DEPTH} levels`);
    }
  }
  assert.equal(problemOf("[".repeat(1_048_576)), "the file does not hold JSON, or was cut off");
});

test("[FILE-7] many members, many levels side by side and long texts are no trouble", () => {
  const many = Array.from({ length: 80_000 }, (_, at) => `"${at}":[]`);
  assert.equal(membersOf(`{${many.join(",")}}`).size, 80_000);
  membersOf(`{"a":[${"[{}],".repeat(200_000)}1]}`);
  assert.equal(membersOf(`{"a":"${'\\"'.repeat(500_000)}"}`).get("a")?.length, 1_000_002);
});

test("[FILE-7] what is not one JSON object is refused", () => {
  for (const json of [
    "",
    " ",
    "[]",
    "null",
    "7",
    '"{}"',
    "{",
    '{"a"}',
    '{"a":1}x',
    '{"a":1,}',
    "{'a':1}",
    '{"a":"\n"}',
    '{"a":"\\',
  ]) {
    assert.match(problemOf(json), /^the file does not hold (a JSON object|JSON, or was cut off)$/, json);
  }
});
