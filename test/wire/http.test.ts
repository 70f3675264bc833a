import assert from "node:assert/strict";
import { connect } from "node:net";
import { after, test } from "node:test";
import { startFloatingServer } from "../support/floating-server.ts";
import { Reply } from "../support/http-client.ts";
import { expectError, expectReply, pathsOf, routes } from "./expect-reply.ts";
import { cad } from "./sample-licenses.ts";

const server = await startFloatingServer({ after }, { licenses: [cad] });
const headers = { authorization: `Basic ${Buffer.from("ada:").toString("base64")}` };

/** Reads the first reply out of what came over a raw socket. */
function parse(text: string): Reply {
  const [head = "", body = ""] = text.split("\r\n\r\n", 2);
  const [statusLine = "", ...lines] = head.split("\r\n");
  const headers = Object.fromEntries(
    lines.map((line) => line.split(": ", 2)).map(([name, value]) => [name?.toLowerCase(), value]),
  );
  assert.equal(headers["content-length"], String(Buffer.byteLength(body, "latin1")), text);
  return new Reply(Number(statusLine.split(" ")[1]), headers, Buffer.from(body, "latin1"));
}

const HOST = "Host: localhost\r\n";

for (const [what, bytes] of [
  ["no HTTP at all", "hello\r\n\r\n"],
  ["a TLS handshake", Buffer.from("16030100c8010000c40303", "hex")],
  ["HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
  ["a method that does not exist", `BREW /health HTTP/1.1\r\n${HOST}\r\n`],
  ["a header without a colon", "GET /health HTTP/1.1\r\nHost localhost\r\n\r\n"],
  ["a header name with a space", `GET /health HTTP/1.1\r\n${HOST}a b: c\r\n\r\n`],
  ["two lengths", `POST /api/v4/register HTTP/1.1\r\n${HOST}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`],
  ["a length that is no number", `POST /api/v4/register HTTP/1.1\r\n${HOST}Content-Length: two\r\n\r\n{}`],
  [
    "length and chunks at once",
    `POST /api/v4/register HTTP/1.1\r\n${HOST}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}`,
  ],
  ["a broken chunk", `POST /api/v4/register HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\nzz\r\n`],
  ["a space in the path", `GET /hea lth HTTP/1.1\r\n${HOST}\r\n`],
  ["no path", `GET  HTTP/1.1\r\n${HOST}\r\n`],
  ["no Host", "GET /health HTTP/1.1\r\nConnection: close\r\n\r\n"],
] as const) {
  test(`[ERR-4] ${what} is answered as bad_request in the shape of every error`, async () => {
    expectError(parse(await server.raw(bytes)), "bad_request");
  });
}

test("[ERR-4] an expectation that nobody can meet is answered in the shape of every error", async () => {
  const text = await server.raw(`POST /api/v4/register HTTP/1.1\r\n${HOST}Expect: tea\r\nConnection: close\r\n\r\n`);
  const reply = parse(text);
  assert.deepEqual(Object.keys(reply.json), ["status", "code", "message"]);
});

test("[ERR-4] a client that waits to be told to go on is told so", async () => {
  const body = '{"user":"ada"}';
  const text = await server.raw(
    `POST /api/v4/register HTTP/1.1\r\n${HOST}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n` +
      `Expect: 100-continue\r\nConnection: close\r\n\r\n${body}`,
  );
  assert.match(text, /^HTTP\/1\.1 100 Continue\r\n\r\n/);
  expectError(parse(text.replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, "")), "missing_parameters", "product");
});

test("[ERR-4] headers over 16 KiB are headers_too_large, and just below they are fine", async () => {
  const withHeader = (bytes: number) =>
    server.raw(`GET /health HTTP/1.1\r\n${HOST}Connection: close\r\nA: ${"a".repeat(bytes)}\r\n\r\n`);
  expectError(parse(await withHeader(17_000)), "headers_too_large");
  expectError(parse(await withHeader(50_000)), "headers_too_large");
  expectReply("health", parse(await withHeader(16_000)));
});

test("[ERR-4] a path over 16 KiB is headers_too_large, too", async () => {
  expectError(parse(await server.raw(`GET /${"a".repeat(17_000)} HTTP/1.1\r\n${HOST}\r\n`)), "headers_too_large");
});

test("[ERR-4] a client that goes away in the middle of a request does no harm", async () => {
  for (const part of ["GET", `POST /api/v4/register HTTP/1.1\r\n${HOST}Content-Length: 100\r\n\r\n{"prod`]) {
    const socket = connect(server.port, "127.0.0.1");
    await new Promise((resolve) => socket.write(part, resolve));
    socket.destroy();
  }
  expectReply("health", await server.get("/health"));
});

for (const path of ["/%zz", "/api/v4/%", "/%E0%A4%A", "/%c3%28"]) {
  test(`[ERR-4] ${path} is bad_request: no path is written so`, async () => {
    expectError(await server.get(path), "bad_request");
  });
}

for (const path of [
  "/nothing",
  "/api",
  "/api/v4",
  "/api/v4/",
  "/api/v4/featureregister",
  "/API/v4/register",
  "/api/v5/ping",
  "/api/v5/ping/",
  "/api/v4/register/x",
  "/api//v4/register",
  "/favicon.ico",
  "/api/v4/docs/static/nothing",
]) {
  for (const method of ["GET", "POST", "PUT", "OPTIONS"]) {
    test(`[ERR-1] ${method} ${path} is not_found`, async () => {
      expectError(await server.send({ method, path }), "not_found");
    });
  }
}

test("[ERR-3] no path leads out of what is served", async () => {
  for (const way of ["%2e%2e/%2e%2e/package.json", "..%2f..%2fpackage.json", "..%5c..%5cpackage.json", "%00"]) {
    const reply = await server.get(`/api/v4/docs/static/${way}`);
    expectError(reply, reply.status === 404 ? "not_found" : "bad_request");
  }
});

test("[WIRE-10] /api/v5/ping is 404 with a JSON object, so that newer clients stay with this API", async () => {
  expectError(await server.get("/api/v5/ping?x=1"), "not_found");
  const head = await server.send({ method: "HEAD", path: "/api/v5/ping" });
  assert.equal(head.status, 404);
});

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"];

for (const route of routes) {
  const { name, methods, changes } = route;
  for (const path of pathsOf(route)) {
    test(`[WIRE-10] ${path} answers other methods than ${methods.join(" and ")} with 405 and Allow`, async () => {
      for (const method of METHODS) {
        if (methods.includes(method as "GET")) continue;
        const reply = await server.send({ method, path: `${path}?x=1` });
        expectError(reply, "method_not_allowed");
        const allowed = new Set(reply.headers.allow?.split(", "));
        assert.deepEqual(allowed, new Set([...methods, ...(changes ? [] : ["HEAD"])]), method);
      }
    });

    test(`[WIRE-10] HEAD ${path} is ${changes ? "404: it would change something" : "200 without a body"}`, async () => {
      const reply = await server.send({
        method: "HEAD",
        path: path === "/api/v4/license" ? `${path}?product=cad` : path,
        headers,
      });
      assert.equal(reply.text, "");
      assert.equal(reply.status, changes ? 404 : 200);
    });

    test(`[WIRE-10] ${path}/ is ${path}`, async () => {
      const method = methods[0] as string;
      const [plain, slashed] = [await server.send({ method, path }), await server.send({ method, path: `${path}/` })];
      assert.equal(slashed.status, plain.status);
      assert.equal(slashed.headers["content-type"], plain.headers["content-type"]);
      // A file is another one each time.
      if (name !== "licenseGenerate") assert.deepEqual(slashed.json, plain.json);
    });
  }
}
