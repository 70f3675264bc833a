import assert from "node:assert/strict";
import { after, test } from "node:test";
import fc from "fast-check";
import type { LicenseApiCode } from "../../src/api/license-api/errors.ts";
import type { Reply } from "../support/http-client.ts";
import { makeConsumption } from "../support/make-license.ts";
import { cloudTerms, makeProductWith } from "../support/make-products.ts";
import { asText, escapeLoosely, fieldNames, oddValues } from "../support/odd-input.ts";
import { startVendorServer } from "../support/vendor-server.ts";
import { assertSigned, publishedKey, routes, wireErrors } from "./expect-reply.ts";
import { activate, activeLicense, deviceOf } from "./sample-devices.ts";

const vendor = await startVendorServer({ after });
const { side } = vendor;
const consumption = makeConsumption({ max: 1_000_000, allowOverages: true, allowNegative: true, resets: "daily" });
await makeProductWith(side, { code: "cad", name: "CAD" }, [
  { code: "export", name: "Export", capacity: 3, ...cloudTerms },
  { code: "tokens", name: "Tokens", type: "consumption", consumption },
]);
const license = await activeLicense(vendor, {
  product: "cad",
  terms: { ...cloudTerms, type: "consumption", capacity: 3, consumption },
});
const device = deviceOf(license);
const pem = await publishedKey(vendor);
/** A route under one of its names, and one of its methods. */
const calls = fc.constantFrom(
  ...routes.flatMap((route) => route.paths.flatMap((path) => route.methods.map((method) => ({ path, method })))),
);

const names = fieldNames(routes);
const values = oddValues("cad", "export", "tokens", "hw-1", license.id, String(license.id));
const fitting = fc.record({
  product: fc.constant("cad"),
  license_key: fc.constant(device.license_key),
  feature: fc.constantFrom("export", "tokens"),
  hardware_id: fc.constantFrom("hw-1", "hw-2", "hw-3", "hw-4"),
});
const nearly = fc
  .tuple(fitting, fc.array(fc.tuple(names, values), { maxLength: 4 }))
  .map(([fields, odds]) => ({ ...fields, ...Object.fromEntries(odds) }));
const bodies = fc.oneof({ weight: 3, arbitrary: nearly }, fc.dictionary(names, values), fc.jsonValue());

/** An answer that is no fault of this program: JSON always, signed or an error in the shape of errors. */
function assertAnswered(reply: Reply): void {
  const { status, headers, json } = reply;
  assert.equal(headers["content-type"], "application/json");
  if (status === 200) {
    assertSigned(reply, pem);
    return;
  }
  // The token endpoint answers its clients in the words of OAuth.
  if ("error" in json) {
    assert.deepEqual(Object.keys(json), ["error", "error_description"]);
    assert.equal(status, json.error === "invalid_client" ? 401 : 400);
    return;
  }
  assert.deepEqual(Object.keys(json), ["status", "code", "message"]);
  assert.equal(json.status, status);
  assert.equal(wireErrors[json.code as LicenseApiCode][0], status);
  assert.ok(status < 500, JSON.stringify(json));
  assert.doesNotMatch(json.message, /\bat .*:\d+:\d+|node_modules|\.ts\b/);
}

const RUNS = { numRuns: 400 };
const JSON_TYPE = { "content-type": "application/json" };

test("[ERR-3] no JSON body gives a 500, on any route", async () => {
  for (const hardware_id of ["hw-2", "hw-3"]) await activate(vendor, { ...device, hardware_id });
  const property = fc.asyncProperty(
    calls,
    bodies,
    fc.option(fc.string(), { nil: undefined }),
    async (call, body, key) => {
      const given = { ...vendor.authorize(), ...JSON_TYPE };
      const headers = { ...given, ...(key !== undefined && { "idempotency-key": encodeURIComponent(key) }) };
      assertAnswered(await vendor.send({ ...call, body: JSON.stringify(body), headers }));
    },
  );
  await fc.assert(property, RUNS);
});

test("[ERR-3] no query gives a 500, on any route", async () => {
  const texts = fc.oneof(values.map(asText), fc.string(), fc.stringMatching(/^[\x21-\x7e]{0,20}$/));
  const fitted = fitting.map((fields) => Object.entries<unknown>(fields));
  const odds = fc.array(fc.tuple(fc.oneof(names, fc.string()), texts), { maxLength: 4 });
  const queries = fc
    .tuple(fc.oneof(fitted, fc.constant([])), odds)
    .map(([fields, others]) =>
      [...fields, ...others].map(([name, value]) => `${escapeLoosely(name)}=${escapeLoosely(asText(value))}`).join("&"),
    );
  const property = fc.asyncProperty(calls, queries, async ({ path, method }, text) => {
    assertAnswered(await vendor.send({ method, path: `${path}?${text}`, headers: vendor.authorize() }));
  });
  await fc.assert(property, RUNS);
});

test("[ERR-3] no bytes as a body give a 500, on any route, whatever they say they are", async () => {
  const types = fc.constantFrom(
    "application/json",
    "multipart/form-data",
    "multipart/form-data; boundary=b",
    "text/plain",
    "application/x-www-form-urlencoded",
    ";",
    "",
  );
  const property = fc.asyncProperty(calls, fc.uint8Array({ maxLength: 200 }), types, async (call, body, type) => {
    assertAnswered(await vendor.send({ ...call, body, headers: { ...vendor.authorize(), "content-type": type } }));
  });
  await fc.assert(property, RUNS);
});

test("[ERR-3] no Authorization and no Date give a 500", async () => {
  const piece = fc.constantFrom(
    'algorithm="hmac-sha256"',
    'headers="date"',
    'apikey="x"',
    'signature="',
    '"',
    ",",
    "=",
    " ",
    "Bearer ",
    "a.b.c",
  );
  const texts = fc.oneof(
    fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join("")),
    fc.stringMatching(/^[\x20-\x7e\x80-\xff]{0,60}$/),
  );
  const property = fc.asyncProperty(texts, texts, async (authorization, date) => {
    const headers = { authorization, date };
    assertAnswered(await vendor.send({ method: "GET", path: "/api/v4/check_license", headers }));
  });
  await fc.assert(property, RUNS);
});
