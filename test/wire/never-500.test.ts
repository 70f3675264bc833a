import assert from "node:assert/strict";
import { after, test } from "node:test";
import fc from "fast-check";
import { startFloatingServer, vendor } from "../support/floating-server.ts";
import type { Reply } from "../support/http-client.ts";
import { makeConsumption, makeFeature } from "../support/make-license.ts";
import { asText, escapeLoosely, fieldNames, oddValues } from "../support/odd-input.ts";
import { pathsOf, routes, wireErrors } from "./expect-reply.ts";
import { licenseOf, render } from "./sample-licenses.ts";

const consumption = makeConsumption({ max: 1_000_000, allowOverages: true, allowNegative: true, resets: "daily" });
const tokens = makeFeature({ id: 503, code: "tokens", type: "consumption", consumption });
const license = licenseOf("cad", { type: "consumption", consumption, features: [render, tokens] });
const server = await startFloatingServer({ after }, { licenses: [license] });

/** A route under one of its names, and one of its methods. */
const calls = fc.constantFrom(
  ...routes.flatMap((route) => pathsOf(route).flatMap((path) => route.methods.map((method) => ({ path, method })))),
);

const names = fieldNames(routes);
const values = oddValues("cad", "render", "tokens", "ada", license.id, String(license.id));
const fitting = fc.record({
  product: fc.constant("cad"),
  feature: fc.constantFrom("render", "tokens"),
  user: fc.constantFrom("ada", "grace", "linus", "ken"),
});
const nearly = fc
  .tuple(fitting, fc.array(fc.tuple(names, values), { maxLength: 4 }))
  .map(([fields, odd]) => ({ ...fields, ...Object.fromEntries(odd) }));
const bodies = fc.oneof({ weight: 3, arbitrary: nearly }, fc.dictionary(names, values), fc.jsonValue());

/** What each route answers with when it does; JSON where it does not say otherwise. */
const contentTypes = new Map(routes.flatMap((route) => pathsOf(route).map((path) => [path, route.contentType])));

/** An answer that is no fault of this program: of its route's kind, and an error as JSON in the shape of errors. */
function assertAnswered(reply: Reply, path = ""): void {
  const { status, headers } = reply;
  const isDone = status === 200;
  assert.equal(headers["content-type"], (isDone ? contentTypes.get(path) : undefined) ?? "application/json");
  if (isDone) return;
  const { json } = reply;
  assert.deepEqual(Object.keys(json), ["status", "code", "message"]);
  assert.equal(json.status, status);
  assert.equal(wireErrors[json.code as keyof typeof wireErrors][0], status);
  assert.ok(status < 500 || json.code === "not_implemented", JSON.stringify(json));
}

const RUNS = { numRuns: 400 };
const JSON_TYPE = { "content-type": "application/json" };

test("[ERR-3] no JSON body gives a 500, on any route", async () => {
  const property = fc.asyncProperty(
    calls,
    bodies,
    fc.option(fc.string(), { nil: undefined }),
    async (call, body, key) => {
      const headers = { ...JSON_TYPE, ...(key !== undefined && { "idempotency-key": encodeURIComponent(key) }) };
      assertAnswered(await server.send({ ...call, body: JSON.stringify(body), headers }), call.path);
    },
  );
  await fc.assert(property, RUNS);
});

test("[ERR-3] no query gives a 500, on any route", async () => {
  const texts = fc.oneof(values.map(asText), fc.string(), fc.stringMatching(/^[\x21-\x7e]{0,20}$/));
  const queries = fc
    .array(fc.tuple(fc.oneof(names, fc.string()), texts), { maxLength: 4 })
    .map((pairs) => pairs.map(([name, value]) => `${escapeLoosely(name)}=${escapeLoosely(value)}`).join("&"));
  const property = fc.asyncProperty(calls, queries, async ({ path, method }, query) => {
    assertAnswered(await server.send({ method, path: `${path}?${query}` }), path);
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
    assertAnswered(await server.send({ ...call, body, headers: { "content-type": type } }), call.path);
  });
  await fc.assert(property, RUNS);
});

test("[ERR-3] no upload gives a 500, however its parts are broken", async () => {
  const pieces = fc.constantFrom(
    "--b",
    "\r\n",
    "--",
    "Content-Disposition: form-data",
    '; name="f"',
    '; filename="f"',
    "Content-Type: application/json",
    "Content-Transfer-Encoding: base64",
    "\0",
    "x",
  );
  const types = fc.constantFrom(
    "multipart/form-data; boundary=b",
    "multipart/form-data",
    "multipart/form-data; boundary=",
  );
  const property = fc.asyncProperty(fc.array(pieces, { maxLength: 30 }), types, async (parts, type) => {
    const headers = { "content-type": type };
    assertAnswered(
      await server.send({ method: "POST", path: "/api/v4/license/upload", body: parts.join(""), headers }),
    );
  });
  await fc.assert(property, RUNS);
});

test("[ERR-3] no path gives a 500", async () => {
  const paths = fc.oneof(
    fc.webPath(),
    fc.stringMatching(/^[\x21\x22\x24-\x7e]{0,30}$/),
    fc.webPath().map((path) => `/api/v4${path}`),
  );
  const property = fc.asyncProperty(paths, fc.constantFrom("GET", "POST", "DELETE"), async (path, method) => {
    assertAnswered(await server.send({ method, path: `/${path.replace(/^\/+/, "")}` }));
  });
  await fc.assert(property, RUNS);
});

test("[ERR-3] no license file gives a 500: not a broken one, not a signed one of nonsense", async () => {
  const good = Buffer.from(await vendor.answer(license, server.hardwareId), "base64").toString();
  const { license_signature: _, license_signature_v2: __, ...content } = JSON.parse(good);
  const files = fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value))),
    fc.tuple(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 })).map(([at, bits]) => {
      const bytes = Buffer.from(good);
      bytes[at] = (bytes[at] as number) ^ bits;
      return bytes;
    }),
    fc
      .dictionary(fc.constantFrom(...Object.keys(content)), fc.jsonValue(), { minKeys: 1 })
      .map((odd) => Buffer.from(vendor.sign({ ...content, ...odd }))),
  );
  const property = fc.asyncProperty(files, async (file) => {
    const head = Buffer.from('--b\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n');
    const body = Buffer.concat([head, file, Buffer.from("\r\n--b--\r\n")]);
    const headers = { "content-type": "multipart/form-data; boundary=b" };
    assertAnswered(await server.send({ method: "POST", path: "/api/v4/license/upload", body, headers }));
  });
  await fc.assert(property, RUNS);
});
