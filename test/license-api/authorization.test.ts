import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, test } from "node:test";
import { signDate } from "../../src/api/license-api/authorization/hmac-signature.ts";
import type { LicenseApiCode } from "../../src/api/license-api/errors.ts";
import { MINUTE_MS } from "../../src/domain/instant.ts";
import { makeProductWith } from "../support/make-products.ts";
import { START } from "../support/test-clock.ts";
import { startVendorServer, type TestKey } from "../support/vendor-server.ts";
import { expectError, expectReply } from "./expect-reply.ts";
import { activeLicense, deviceOf } from "./sample-devices.ts";

/** The pair that clients' libraries are tested with. */
const VECTOR = {
  apiKey: "vector",
  sharedKey: "kw4qSnpSwXzgiv5yxYpZZmFEd9QAeiKTQ6OuyMja",
  date: "Tue, 07 Jun 2011 20:51:35 GMT",
  signature: "UDysfR6MndUZReo07Y9r+vErn8vSxrnQ5ulit18iJ/Q=",
};
const TOLERANCE_MS = 15 * MINUTE_MS;
const DATE = new Date(START).toUTCString();

const vendor = await startVendorServer({ after });
const { side, clock, key } = vendor;
await makeProductWith(side, { code: "cad", name: "CAD" });
const device = deviceOf(await activeLicense(vendor, { product: "cad" }));
const CHECK = `/api/v4/check_license?${new URLSearchParams({ ...device })}`;

/** A request about a license that is there, with these headers only. */
const ask = (headers: Readonly<Record<string, string>>, path = CHECK) => vendor.send({ method: "GET", path, headers });

/** The parameters of a header that is right, with changes. */
const withParameters = (changes: Readonly<Record<string, string | undefined>>) => {
  const parameters = {
    algorithm: "hmac-sha256",
    headers: "date",
    signature: signDate(key.sharedKey, DATE),
    apikey: key.apiKey,
  };
  const given = Object.entries({ ...parameters, ...changes }).filter(([, value]) => value !== undefined);
  return given.map(([name, value]) => `${name}="${value}"`).join(",");
};

async function putApiKey({ apiKey, sharedKey }: TestKey): Promise<void> {
  await side.store.transact({}, ({ nextIds: { api_key: id }, now: createdAt }) => {
    const sharedKeys = [side.secrets.seal(sharedKey)];
    const record = {
      id,
      name: apiKey,
      key: apiKey,
      sharedKeys,
      isReadOnly: false,
      products: null,
      isRevoked: false,
      createdAt,
    };
    return { outcome: undefined, changes: [{ change: "put_record", kind: "api_key", record }], events: [] };
  });
}

test("[HMAC-1] the pair of date and signature that clients know is accepted at its date", async () => {
  await putApiKey(VECTOR);
  clock.setWall(Date.parse(VECTOR.date));
  const { date, signature, apiKey } = VECTOR;
  const authorization = (given: string) =>
    `algorithm="hmac-sha256",headers="date",signature="${given}",apikey="${apiKey}"`;
  const reply = await ask({ date, authorization: authorization(signature) });
  await expectReply(vendor, "checkLicense", reply);
  const one = `${signature.slice(0, -2)}U=`;
  expectError(await ask({ date, authorization: authorization(one) }), "signature_mismatch");
  clock.setWall(START);
  expectError(await ask({ date, authorization: authorization(signature) }), "date_header_diff");
});

for (const [what, code, about, headers] of [
  ["neither Date nor Authorization", "missing_headers", "Date, Authorization", {}],
  ["no Authorization", "missing_headers", /: Authorization$/, { date: DATE }],
  ["no Date", "missing_headers", /: Date$/, { authorization: withParameters({}) }],
  ["an empty Authorization", "authorization_invalid_headers", undefined, { authorization: "" }],
  ["another scheme", "authorization_invalid_headers", undefined, { authorization: "Basic YWRhOmFkYQ==" }],
  ["a word", "authorization_invalid_headers", undefined, { authorization: "hello" }],
  ["Bearer without a token", "authorization_invalid_headers", undefined, { authorization: "Bearer" }],
  ["a value without quotes", "authorization_invalid_headers", undefined, { authorization: "algorithm=hmac-sha256" }],
  [
    "a quote that does not end",
    "authorization_invalid_headers",
    undefined,
    { authorization: 'algorithm="hmac-sha256' },
  ],
  ["a comma at the end", "authorization_invalid_headers", undefined, { authorization: `${withParameters({})},` }],
  [
    "a parameter twice",
    "authorization_invalid_headers",
    undefined,
    { authorization: `${withParameters({})},apikey="x"` },
  ],
  [
    "a parameter twice in two cases",
    "authorization_invalid_headers",
    undefined,
    { authorization: `${withParameters({})},apiKey="x"` },
  ],
  [
    "other headers signed",
    "authorization_invalid_headers",
    undefined,
    { authorization: withParameters({ headers: "date host" }) },
  ],
  [
    "no algorithm",
    "authorization_missing_params",
    /lacks algorithm$/,
    { authorization: withParameters({ algorithm: undefined }) },
  ],
  [
    "no headers parameter",
    "authorization_missing_params",
    /lacks headers$/,
    { authorization: withParameters({ headers: undefined }) },
  ],
  [
    "no signature",
    "authorization_missing_params",
    /lacks signature$/,
    { authorization: withParameters({ signature: undefined }) },
  ],
  [
    "no apikey",
    "authorization_missing_params",
    /lacks apikey$/,
    { authorization: withParameters({ apikey: undefined }) },
  ],
  [
    "an empty apikey",
    "authorization_missing_params",
    /lacks apikey$/,
    { authorization: withParameters({ apikey: "" }) },
  ],
  [
    "one parameter only",
    "authorization_missing_params",
    /lacks headers, signature, apikey$/,
    { authorization: 'algorithm="hmac-sha256"' },
  ],
  ["another algorithm", "hmac_required", undefined, { authorization: withParameters({ algorithm: "hmac-sha512" }) }],
  [
    "an API key that is not there",
    "invalid_api_key",
    undefined,
    { date: DATE, authorization: withParameters({ apikey: "nothing" }) },
  ],
  [
    "an API key in another case",
    "invalid_api_key",
    undefined,
    { date: DATE, authorization: withParameters({ apikey: key.apiKey.toUpperCase() }) },
  ],
  [
    "an API key of 10,000 letters",
    "invalid_api_key",
    undefined,
    { date: DATE, authorization: withParameters({ apikey: "k".repeat(10_000) }) },
  ],
  [
    "a prototype's name for an API key",
    "invalid_api_key",
    undefined,
    { date: DATE, authorization: withParameters({ apikey: "__proto__" }) },
  ],
  [
    "the signature of another date",
    "signature_mismatch",
    undefined,
    { date: new Date(START + 1_000).toUTCString(), authorization: withParameters({}) },
  ],
  [
    "the same date written otherwise",
    "signature_mismatch",
    undefined,
    { date: DATE.replace("GMT", "UTC"), authorization: withParameters({}) },
  ],
  [
    "a signature that is no base64",
    "signature_mismatch",
    undefined,
    { date: DATE, authorization: withParameters({ signature: "!!!" }) },
  ],
  [
    "a signature cut short",
    "signature_mismatch",
    undefined,
    { date: DATE, authorization: withParameters({ signature: signDate(key.sharedKey, DATE).slice(0, 8) }) },
  ],
  ["a token that is none", "oauth_token_malformed", undefined, { authorization: "Bearer hello" }],
  [
    "a token without a signature",
    "oauth_token_malformed",
    undefined,
    { authorization: "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0." },
  ],
  ["a token and a stale date", "date_header_diff", undefined, { date: VECTOR.date, authorization: "Bearer hello" }],
] as const satisfies readonly (readonly [
  string,
  LicenseApiCode,
  string | RegExp | undefined,
  Readonly<Record<string, string>>,
])[]) {
  test(`[HMAC-2] ${what} is ${code}`, async () => {
    // Where the date is not what is wrong, it is right.
    const isAboutDate = code === "missing_headers" || "date" in headers || headers.authorization.startsWith("Bearer ");
    expectError(await ask(isAboutDate ? headers : { date: DATE, ...headers }), code, about);
  });
}

for (const [what, authorization] of [
  ["apiKey in camel case", withParameters({}).replace("apikey", "apiKey")],
  ["names in capitals", withParameters({}).replace(/(^|,)\w+=/g, (name) => name.toUpperCase())],
  ["blanks around commas and equals signs", withParameters({}).replace(/(\w+)="([^"]*)"/g, ' $1 =\t"$2" ')],
  ["another order, and parameters that nobody knows", `realm="x",${withParameters({}).split(",").reverse().join(",")}`],
  ["the algorithm in capitals", withParameters({ algorithm: "HMAC-SHA256" })],
] as const) {
  test(`[HMAC-2] ${what} is fine`, async () => {
    await expectReply(vendor, "checkLicense", await ask({ date: DATE, authorization }));
  });
}

for (const date of [
  "Thu, 15 Jan 2026 10:00:00 GMT",
  "Thu, 15 Jan 2026 10:00:00 UTC",
  "Thu, 15 Jan 2026 05:00:00 EST",
  "Thu, 15 Jan 2026 02:00:00 PST",
  "Thu, 15 Jan 2026 12:00:00 +0200",
  "Thursday, 15-Jan-26 10:00:00 GMT",
  "Thu Jan 15 10:00:00 2026",
  "15 Jan 2026 10:00:00 GMT",
]) {
  test(`[HMAC-3] the date ${date} is read`, async () => {
    await expectReply(vendor, "checkLicense", await ask(vendor.authorize(key, date)));
  });
}

test("[HMAC-3] a day of one digit is read", async () => {
  clock.setWall(Date.UTC(2026, 0, 5, 10));
  assert.equal((await ask(vendor.authorize(key, "Mon, 5 Jan 2026 10:00:00 GMT"))).status, 200);
  clock.setWall(START);
});

for (const date of [
  "yesterday",
  "2026-01-15T10:00:00Z",
  "Thu, 15 Jan 2026 10:00:00 CEST",
  "Thu, 32 Jan 2026 10:00:00 GMT",
  "0",
]) {
  test(`[HMAC-3] the date ${date} cannot be read, which is said after the signature is verified`, async () => {
    expectError(await ask(vendor.authorize(key, date)), "date_header_diff");
    expectError(await ask(vendor.authorize({ ...key, sharedKey: "other" }, date)), "signature_mismatch");
  });
}

test("[HMAC-3] a date is good until 15 minutes from the server's time, to the millisecond, and so is a replay", async () => {
  const headers = vendor.authorize(key, DATE);
  for (const [wall, isGood] of [
    [START, true],
    [START + TOLERANCE_MS, true],
    [START + TOLERANCE_MS + 1, false],
    [START - TOLERANCE_MS, true],
    [START - TOLERANCE_MS - 1, false],
  ] as const) {
    clock.setWall(wall);
    const reply = await ask(headers);
    if (isGood) assert.equal(reply.status, 200, `${wall - START} ms away`);
    else expectError(reply, "date_header_diff");
  }
  clock.setWall(START);
});

test("[HMAC-1] the signature is over the bytes of the date, whatever they are", async () => {
  const date = "caf\u00e9";
  const bytes = Buffer.from(`licenseSpring\ndate: ${date}`, "latin1");
  const signature = createHmac("sha256", key.sharedKey).update(bytes).digest("base64");
  const authorization = withParameters({ signature });
  const lines = Object.entries({ host: "x", connection: "close", date, authorization });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  const reply = await vendor.raw(Buffer.from(`GET ${CHECK} HTTP/1.1\r\n${head}\r\n`, "latin1"));
  assert.match(reply, /"code":"date_header_diff"/);
});

test("[HMAC-1] [ERR-4] a header of 16 KB is refused before anything is verified", async () => {
  const long = (bytes: number) => ask({ date: DATE, authorization: withParameters({ signature: "A".repeat(bytes) }) });
  expectError(await long(16_384), "headers_too_large");
  expectError(await long(12_000), "signature_mismatch");
});
