import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { MAX_FILE_BYTES } from "./decode-file.ts";
import { type RequestFile, type RequestProblem, readRequestFile } from "./read-request.ts";
import { writeRequest } from "./write-request.ts";

const SECRET = "test-shared-key";
const fields = {
  request: "activation",
  request_id: "0b0f2c3e-6a53-4d0c-9a0e-0d3b5f6a7c11",
  date: "Thu, 15 Jan 2026 10:30:00 GMT",
  product: "cad",
  hardware_id: "sk-Größe",
  license_key: "AB12-CD34",
  api_key: "test-api-key",
  variables: { place: "a/b \u{1f600}" },
};
const { request: _, request_id: __, ...flat } = fields;
const written = writeRequest(
  {
    request: "deactivation",
    requestId: "1",
    date: 0,
    product: "cad",
    hardwareId: "sk-Größe\uFFFD",
    licenseKey: "AB12",
  },
  { apiKey: "test-api-key", sharedKey: SECRET },
);

/** Signs as another program does, with nothing but Node's own crypto. */
function sign(text: string): string {
  return createHmac("sha256", SECRET).update(text).digest("base64");
}

function schema2(text: string): string {
  return `{"request":${text},"signature":"${sign(text)}"}`;
}

function schema1(object: Readonly<Record<string, unknown>>, licensee = "AB12-CD34", signer = "test-api-key"): string {
  const { date, hardware_id } = object;
  const signature = sign(`licenseSpring\ndate: ${date}\n${licensee}\n${hardware_id}\n${signer}`);
  return JSON.stringify({ ...object, signature });
}

function encode(text: string): string {
  return Buffer.from(text).toString("base64");
}

function accepted(text: string): RequestFile {
  const result = readRequestFile(text);
  if ("problem" in result) assert.fail(`${result.check}: ${result.problem}`);
  return result;
}

function verified(text: string): RequestFile {
  const file = accepted(text);
  assert.ok(file.isSignedBy(SECRET), text);
  assert.ok(!file.isSignedBy(`${SECRET}x`));
  return file;
}

function refused(text: string): RequestProblem {
  const result = readRequestFile(text);
  assert.ok("problem" in result, "the file is refused");
  return result;
}

/** The same request as different programs write it. */
const spellings = {
  "JavaScript, compact": JSON.stringify(fields),
  "JavaScript, indented": JSON.stringify(fields, null, 2),
  "Windows line ends": JSON.stringify(fields, null, "\t").replaceAll("\n", "\r\n"),
  "Python: blanks after commas and colons, ASCII only": JSON.stringify(fields)
    .replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .replaceAll('":', '": ')
    .replaceAll('","', '", "'),
  "PHP: slashes escaped": JSON.stringify(fields).replaceAll("/", "\\/"),
  "Go: HTML escaped": JSON.stringify({ ...fields, place: "<&>" })
    .replaceAll("<", "\\u003c")
    .replaceAll("&", "\\u0026"),
  "names escaped": JSON.stringify(fields).replace('"hardware_id"', '"\\u0068ardware\\u005Fid"'),
};

for (const [writer, text] of Object.entries(spellings)) {
  test(`[FILE-6] blanks and escapes of other writers survive: ${writer}`, () => {
    for (const file of [schema2(text), encode(schema2(text))]) {
      const { schema, credential, fields: read } = verified(file);
      assert.equal(schema, 2);
      assert.deepEqual(credential, { apiKey: "test-api-key" });
      assert.deepEqual(read, JSON.parse(text));
      assert.equal(read["hardware_id"], "sk-Größe");
    }
    assert.ok(!accepted(schema2(text).replace(text, `${text.slice(0, -1)} }`)).isSignedBy(SECRET), "one blank more");
  });
}

test("[FILE-6] the request is found wherever it is and however its name is spelled", () => {
  const text = spellings["JavaScript, compact"];
  const signature = sign(text);
  verified(` {\n "signature" : "${signature}" ,\n "\\u0072equest" :\t${text} }\n`);
  verified(
    `{"x":"\\"request\\":{}","y":{"request":{}},"signature":"${signature}","request":${text},"z":[{"request":1}]}`,
  );
  verified(`{"request":${text},"signature":"${signature.replaceAll("/", "\\/")}"}`);
});

test("[FILE-6] blanks and line breaks in base64, and a byte order mark, are passed over", () => {
  for (const lineBreak of ["\n", "\r\n", " \t\n"]) {
    verified(`${lineBreak}${(written.match(/.{1,76}/g) ?? []).join(lineBreak)}${lineBreak}`);
  }
  const json = schema2(spellings["JavaScript, indented"]);
  for (const text of [
    `\uFEFF${written}`,
    `\uFEFF${json}`,
    encode(`\uFEFF${json}`),
    `\n ${json}\n`,
    encode(`\n${json} `),
  ]) {
    verified(text);
  }
});

test("[FILE-6] a client id stands for an API key, and a field that is null for one left out", () => {
  const { api_key: _, ...rest } = fields;
  const file = verified(schema2(JSON.stringify({ ...rest, client_id: "client-7", api_key: null })));
  assert.deepEqual(file.credential, { clientId: "client-7" });
});

test("[FILE-6] every flipped bit in a request is noticed", () => {
  const bytes = Buffer.from(written, "base64");
  const end = bytes.indexOf(',"signature"');
  for (let at = '{"request":'.length; at < end; at += 1) {
    for (let bit = 0; bit < 8; bit += 1) {
      const flipped = Buffer.from(bytes);
      flipped[at] = (flipped[at] as number) ^ (1 << bit);
      const result = readRequestFile(flipped.toString("base64"));
      assert.ok("problem" in result || !result.isSignedBy(SECRET), `byte ${at}, bit ${bit}`);
    }
  }
});

test("[FILE-6] a request with another's signature, or a broken one, is not signed", () => {
  const text = spellings["JavaScript, compact"];
  for (const signature of [
    sign("x"),
    sign(text).slice(0, -1),
    `${sign(text)} `,
    "AAAA",
    "ü",
    sign(text).toLowerCase(),
  ]) {
    assert.ok(!accepted(JSON.stringify({ request: fields, signature })).isSignedBy(SECRET), signature);
  }
});

test("[FILE-6] schema 1: the flat object is read, its signature over five lines", () => {
  for (const text of [schema1(flat), encode(schema1(flat)), JSON.stringify(JSON.parse(schema1(flat)), null, 2)]) {
    const file = verified(text);
    assert.equal(file.schema, 1);
    assert.deepEqual(file.credential, { apiKey: "test-api-key" });
    assert.deepEqual(file.fields, { ...flat, request: "activation" }, "an activation, unless it says otherwise");
  }
  assert.equal(verified(schema1({ ...flat, request: "deactivation" })).fields["request"], "deactivation");
  assert.equal(verified(schema1({ ...flat, request: null })).fields["request"], "activation");
});

test("[FILE-6] schema 1: user name and client id take the places of license key and API key", () => {
  const { license_key: _, api_key: __, ...rest } = flat;
  const file = verified(
    schema1({ ...rest, username: "ann@example.com", client_id: "client-7" }, "ann@example.com", "client-7"),
  );
  assert.deepEqual(file.credential, { clientId: "client-7" });
  verified(schema1({ ...flat, license_key: null, username: "ann" }, "ann"));
  verified(schema1({ ...flat, username: "ann" }, "AB12-CD34"));
});

test("[FILE-6] schema 1: a change in any signed field is noticed", () => {
  const signed = JSON.parse(schema1(flat));
  for (const name of ["date", "license_key", "hardware_id", "api_key", "signature"]) {
    assert.ok(!accepted(JSON.stringify({ ...signed, [name]: `${signed[name]}x` })).isSignedBy(SECRET), name);
  }
});

test("[FILE-7] size: 1 MiB is read, a byte more is not, and bytes count", () => {
  const padded = (bytes: number) => written + "\n".repeat(bytes - written.length);
  verified(padded(MAX_FILE_BYTES));
  assert.equal(refused(padded(MAX_FILE_BYTES + 1)).check, "size");
  assert.equal(refused(schema2(JSON.stringify({ ...fields, x: "ü".repeat(MAX_FILE_BYTES / 2) }))).check, "size");
});

test("[FILE-7] base64, json: a file cut off at any length is refused", () => {
  for (const text of [written, Buffer.from(written, "base64").toString()]) {
    for (let length = 0; length < text.length; length += 1) {
      assert.match(refused(text.slice(0, length)).check, /^(base64|json)$/, `${length} characters`);
    }
  }
});

for (const [text, check] of [
  ["", "base64"],
  [" \n", "base64"],
  ["not base64!", "base64"],
  ["abc", "base64"],
  ["a===", "base64"],
  ["====", "base64"],
  ["ab-_", "base64"],
  ["[]", "base64"],
  ["abcd", "json"],
  ["{", "json"],
  ["{}x", "json"],
  ['{"a":"\ud800"}', "json"],
  [Buffer.from("[]").toString("base64"), "json"],
  [Buffer.from("null").toString("base64"), "json"],
  [Buffer.from('{"a":"\xff"}', "latin1").toString("base64"), "json"],
  ["{}", "content"],
  ['{"request":{}}', "content"],
  ['{"request":[]}', "content"],
  ['{"request":null}', "content"],
  ['{"request":"activation"}', "content"],
] as const) {
  test(`[FILE-7] ${check}: ${JSON.stringify(text)} is refused`, () => {
    assert.equal(refused(text).check, check);
  });
}

test("[FILE-7] json: a name given twice is refused, at the top and anywhere in the request", () => {
  const text = spellings["JavaScript, compact"];
  const other = JSON.stringify({ ...fields, hardware_id: "other" });
  const twice = (name: string) => ({ check: "json", problem: `"${name}" is given twice` });
  assert.deepEqual(refused(`{"request":${text},${schema2(other).slice(1)}`), twice("request"));
  assert.deepEqual(refused(`{"\\u0072equest":${text},${schema2(other).slice(1)}`), twice("request"));
  assert.deepEqual(refused(`{"signature":"AAAA",${schema2(text).slice(1)}`), twice("signature"));
  assert.deepEqual(refused(schema2(`{"product":"a",${text.slice(1)}`)), twice("product"));
  assert.deepEqual(refused(schema2(text.replace('"place"', '"place":1,"pl\\u0061ce"'))), twice("place"));
  assert.deepEqual(refused(`{"hardware_id":"other",${schema1(flat).slice(1)}`), twice("hardware_id"));
});

test("[FILE-7] json: what is nested too deeply is refused, and breaks nothing", () => {
  const deep = (depth: number) => `{"a":${"[".repeat(depth)}${"]".repeat(depth)}}`;
  const inRequest = schema2(JSON.stringify(fields).replace("{", `{"deep":${deep(300_000)},`));
  for (const text of [
    inRequest,
    deep(300_000),
    encode(deep(300_000)),
    encode("[".repeat(780_000)),
    `{"a":${"[".repeat(1_000_000)}`,
  ]) {
    assert.equal(refused(text).check, "json");
  }
});

for (const name of ["request", "request_id", "hardware_id", "product", "date", "api_key"]) {
  test(`[FILE-7] content: ${name} is required and a text that is not empty`, () => {
    for (const value of [undefined, null, "", 7, true, {}, [], { toString: 1 }, "\ud800", "\0"]) {
      const { check, problem } = refused(schema2(JSON.stringify({ ...fields, [name]: value })));
      assert.equal(check, "content");
      assert.ok(problem.includes(name), problem);
    }
  });
}

for (const name of ["hardware_id", "product", "date", "api_key", "license_key", "signature"]) {
  test(`[FILE-7] content: schema 1: ${name} is required and a text that is not empty`, () => {
    for (const value of [undefined, null, "", 7, { toString: 1 }]) {
      const { check, problem } = refused(JSON.stringify({ ...JSON.parse(schema1(flat)), [name]: value }));
      assert.equal(check, "content");
      assert.ok(problem.includes(name), problem);
    }
  });
}

test("[FILE-7] content: all that is wrong is named at once", () => {
  assert.equal(
    refused('{"request":{"request":"activate","product":"","date":7}}').problem,
    "missing, or not a text: hardware_id, product, date, request_id, signature; " +
      "exactly one of api_key and client_id must be given; request is neither activation nor deactivation",
  );
});

test("[FILE-7] content: API key and client id together are refused", () => {
  assert.match(refused(schema2(JSON.stringify({ ...fields, client_id: "c" }))).problem, /^exactly one of api_key/);
  assert.match(refused(schema1({ ...flat, client_id: "c" })).problem, /^exactly one of api_key/);
});

test("[FILE-7] content: any other request than activation and deactivation is refused", () => {
  for (const request of ["refresh", "Activation", "toString"]) {
    assert.match(refused(schema2(JSON.stringify({ ...fields, request }))).problem, /^request is neither/);
    assert.match(refused(schema1({ ...flat, request })).problem, /^request is neither/);
  }
});

test("[FILE-7] content: schema 1: a line break cannot move one signed field into the next", () => {
  const one = schema1({ ...flat, license_key: "A", hardware_id: "B\nC" }, "A");
  const other = schema1({ ...flat, license_key: "A\nB", hardware_id: "C" }, "A\nB");
  assert.equal(JSON.parse(one).signature, JSON.parse(other).signature);
  assert.equal(refused(one).problem, "with a line break: hardware_id");
  assert.equal(refused(other).problem, "with a line break: license_key");
});

test("[FILE-7] whatever is read, nothing is thrown", () => {
  const json = Buffer.from(written, "base64").toString();
  const units = fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes));
  const anything = fc.oneof(fc.string({ unit: "binary" }), units, fc.base64String(), fc.json());
  const spliced = fc
    .tuple(
      fc.constantFrom(json, schema1(flat)),
      fc.nat(),
      fc.nat(20),
      fc.oneof(anything, fc.constantFrom(...'{}[]":,\\')),
    )
    .map(([text, at, length, other]) => {
      const start = at % text.length;
      return text.slice(0, start) + other + text.slice(start + length);
    });
  const nonsense = fc
    .tuple(
      fc.constantFrom(fields, flat, {}),
      fc.dictionary(fc.constantFrom(...Object.keys(fields), "client_id", "username"), fc.jsonValue()),
      fc.jsonValue(),
    )
    .map(([object, change, signature]) => {
      const changed = { ...object, ...change };
      return JSON.stringify("request_id" in changed ? { request: changed, signature } : { ...changed, signature });
    });
  fc.assert(
    fc.property(fc.oneof(anything, spliced, nonsense), fc.boolean(), (text, isEncoded) => {
      const result = readRequestFile(isEncoded ? encode(text) : text);
      if ("problem" in result) assert.notEqual(result.problem, "");
      else assert.equal(typeof result.isSignedBy(SECRET), "boolean");
    }),
    { numRuns: 2_000 },
  );
});
