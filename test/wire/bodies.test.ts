import assert from "node:assert/strict";
import { after, test } from "node:test";
import { gzipSync } from "node:zlib";
import { startFloatingServer } from "../support/floating-server.ts";
import { expectError, expectReply } from "./expect-reply.ts";
import { cad } from "./sample-licenses.ts";

const server = await startFloatingServer({ after }, { licenses: [cad] });

const JSON_TYPE = { "content-type": "application/json" };
const REGISTER = "/api/v4/register";
const body = { product: "cad", user: "ada" };

/** A body of exactly so many bytes that registers a user. */
function bodyOf(bytes: number): string {
  const empty = JSON.stringify({ ...body, padding: "" });
  return JSON.stringify({ ...body, padding: "x".repeat(bytes - empty.length) });
}

test("[WIRE-1] a body of 1 MiB is read, a byte more is payload_too_large", async () => {
  const fits = bodyOf(1_048_576);
  assert.equal(fits.length, 1_048_576);
  expectReply("register", await server.post(REGISTER, fits, JSON_TYPE));
  expectError(await server.post(REGISTER, bodyOf(1_048_577), JSON_TYPE), "payload_too_large");
});

test("[WIRE-1] chunks without a length are counted all the same", async () => {
  const headers = { ...JSON_TYPE, "transfer-encoding": "chunked" };
  expectReply("register", await server.post(REGISTER, bodyOf(1_048_576), headers));
  expectError(await server.post(REGISTER, bodyOf(1_048_577), headers), "payload_too_large");
});

for (const text of [
  "{",
  "{]",
  '{"user":}',
  "{'user':'ada'}",
  '{"user":"ada",}',
  "user=ada&product=cad",
  "undefined",
  "NaN",
  '{"user":"a\nb"}',
  '{"user":"\\x"}',
  '\uFEFF{"user":"ada"}',
  "{} {}",
  " ",
]) {
  test(`[WIRE-1] ${JSON.stringify(text)} is invalid_json`, async () => {
    expectError(await server.post(REGISTER, text, JSON_TYPE), "invalid_json");
  });
}

for (const [what, hex] of [
  ["a byte that UTF-8 does not have", "ff"],
  ["a cut-off character", "e282"],
  ["an overlong form", "c080"],
  ["half a surrogate pair", "eda080"],
  ["UTF-16", "feff0061"],
] as const) {
  test(`[WIRE-3] ${what} in a body is invalid_json, not a question mark in a name`, async () => {
    const bytes = Buffer.concat([
      Buffer.from('{"product":"cad","user":"a'),
      Buffer.from(hex, "hex"),
      Buffer.from('"}'),
    ]);
    expectError(await server.post(REGISTER, bytes, JSON_TYPE), "invalid_json");
  });
}

for (const text of ["[]", '[{"product":"cad","user":"ada"}]', '"text"', "7", "true"]) {
  test(`[WIRE-1] ${text} is validation_error: a request is an object`, async () => {
    expectError(await server.post(REGISTER, text, JSON_TYPE), "validation_error", "object");
    expectError(await server.post("/api/v4/unregister/all", text, JSON_TYPE), "validation_error", "object");
  });
}

test("[WIRE-1] null as a body is no JSON object", async () => {
  expectError(await server.post(REGISTER, "null", JSON_TYPE), "validation_error", "the body must be a JSON object");
});

test("[WIRE-1] no body, an empty body and {} are the same", async () => {
  for (const headers of [{}, JSON_TYPE, { "content-type": "text/plain" }, { "content-encoding": "gzip" }]) {
    for (const content of [undefined, ""]) {
      expectError(await server.post(REGISTER, content, headers), "missing_parameters", "product, user");
      assert.equal((await server.post("/api/v4/unregister/all", content, headers)).text, '""');
    }
  }
  expectError(await server.post(REGISTER, {}), "missing_parameters", "product, user");
  const empty = "POST /api/v4/unregister/all HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
  assert.match(await server.raw(empty), /^HTTP\/1\.1 200 OK\r\n.*\r\n\r\n""$/s);
  const chunked =
    "POST /api/v4/unregister/all HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
  assert.match(await server.raw(chunked), /^HTTP\/1\.1 200 OK\r\n.*\r\n\r\n""$/s);
});

for (const type of [
  "application/json",
  "APPLICATION/JSON",
  "application/json; charset=utf-8",
  "application/json;charset=UTF-8",
]) {
  test(`[WIRE-1] a body of type ${type} is read`, async () => {
    expectReply("register", await server.post(REGISTER, JSON.stringify(body), { "content-type": type }));
  });
}

for (const type of [
  undefined,
  "",
  "text/plain",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
  "application/json-patch+json",
  "application/vnd.api+json",
  "text/json",
  "application/octet-stream",
  "json",
  "application/json2",
]) {
  test(`[WIRE-1] a body of type ${type} is unsupported_media_type`, async () => {
    const headers = type === undefined ? {} : { "content-type": type };
    expectError(await server.post(REGISTER, JSON.stringify(body), headers), "unsupported_media_type");
  });
}

for (const [encoding, bytes] of [
  ["gzip", gzipSync(JSON.stringify(body))],
  ["gzip", Buffer.from(JSON.stringify(body))],
  ["br", Buffer.from("xx")],
  ["identity, gzip", Buffer.from(JSON.stringify(body))],
] as const) {
  test(`[WIRE-1] a body encoded as ${encoding} is unsupported_media_type`, async () => {
    const headers = { ...JSON_TYPE, "content-encoding": encoding };
    expectError(await server.post(REGISTER, bytes, headers), "unsupported_media_type", encoding);
  });
}

test("[WIRE-1] the encoding identity is none", async () => {
  const headers = { ...JSON_TYPE, "content-encoding": "identity" };
  expectReply("register", await server.post(REGISTER, JSON.stringify(body), headers));
});

test("[ERR-3] what is nested deeply is read, or refused, and never breaks anything", async () => {
  const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
  expectError(await server.post(REGISTER, deep, JSON_TYPE), "validation_error");
  const inUser = `{"product":"cad","user":${deep}}`;
  expectError(await server.post(REGISTER, inUser, JSON_TYPE), "validation_error", "user");
  const ignored = `{"product":"cad","user":"ada","extra":${deep}}`;
  expectReply("register", await server.post(REGISTER, ignored, JSON_TYPE));
  const objects = `{"product":"cad","user":"ada","extra":${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}}`;
  expectReply("register", await server.post(REGISTER, objects, JSON_TYPE));
});

test("[ERR-3] keys that mean something to JavaScript mean nothing here", async () => {
  const text = '{"__proto__":{"user":"eve"},"constructor":{"prototype":{"user":"eve"}},"toString":1,"product":"cad"}';
  expectError(await server.post(REGISTER, text, JSON_TYPE), "missing_parameters", "user");
  expectReply("register", await server.post(REGISTER, text.replace("{", '{"user":"ada",'), JSON_TYPE));
  assert.equal(({} as Record<string, unknown>)["user"], undefined);
});

test("[ERR-3] numbers beyond all bounds are refused like others", async () => {
  for (const number of ["1e400", "-1e400", "1e308", "9007199254740993", "-0.0000001", "1".repeat(1_000)]) {
    const text = `{"product":"cad","user":"ada","license_id":${number}}`;
    expectError(await server.post(REGISTER, text, JSON_TYPE), "validation_error", "license_id");
    const consumption = `{"product":"cad","feature":"tokens","consumptions":${number}}`;
    expectError(await server.post("/api/v4/add_feature_consumption", consumption, JSON_TYPE), "validation_error");
  }
});
