import assert from "node:assert/strict";
import { after, test } from "node:test";
import { startFloatingServer } from "../support/floating-server.ts";
import { expectError, expectReply, pathsOf, routes } from "./expect-reply.ts";
import { cad } from "./sample-licenses.ts";

const server = await startFloatingServer(
  { after },
  { licenses: [cad], config: { "floating-server.allowed-hosts": ["Seats.Example", "seats-2"] } },
);

const REGISTER = "/api/v4/register";
const body = { product: "cad", user: "ada" };
const register = (headers: Record<string, string>) => server.post(REGISTER, body, headers);

const KNOWN = [
  "localhost",
  "LOCALHOST:8080",
  "127.0.0.1",
  "127.0.0.1:1",
  "10.1.2.3:8080",
  "[::1]",
  "[::1]:8080",
  "[fe80::1]:8080",
  "seats.example",
  "SEATS.EXAMPLE:8080",
  "seats-2:80",
];

for (const host of KNOWN) {
  test(`[GUARD-1] Host: ${host} is a name this server is known by`, async () => {
    expectReply("health", await server.get("/health", { host }));
    expectReply("register", await register({ host }));
  });
}

const UNKNOWN = [
  "evil.example",
  "evil.example:8080",
  "localhost.evil.example",
  "127.0.0.1.evil.example",
  "seats.example.evil.example",
  "xseats.example",
  "localhost:80:80",
  "localhost@evil.example",
  "0x7f.1",
  "2130706433",
  "127.1",
  "[::1",
  "[localhost]",
];

for (const host of UNKNOWN) {
  test(`[GUARD-1] Host: ${host} is forbidden on every route`, async () => {
    for (const route of routes) {
      for (const path of pathsOf(route)) {
        for (const method of route.methods)
          expectError(await server.send({ method, path, headers: { host } }), "forbidden");
      }
    }
  });
}

for (const path of ["/api/v4/docs", "/api/v4/docs/json", "/nothing", "/api/v5/ping"]) {
  test(`[GUARD-1] a host that is not known is forbidden on ${path}, too`, async () => {
    expectError(await server.get(path, { host: "evil.example" }), "forbidden");
  });
}

test("[GUARD-1] a client of HTTP/1.0 that names no host is a health check, not a web page", async () => {
  const text = await server.raw("GET /health HTTP/1.0\r\n\r\n");
  assert.match(text, /^HTTP\/1\.1 200 OK\r\n/);
});

const own = () => `http://127.0.0.1:${server.port}`;
const FOREIGN: readonly (readonly [name: string, value: string])[] = [
  ["origin", "https://evil.example"],
  ["origin", "http://127.0.0.1:1"],
  ["origin", "http://localhost"],
  ["origin", "null"],
  ["origin", ""],
  ["origin", "http://"],
  ["referer", "https://evil.example/page?x=1"],
  ["referer", "not a url"],
  ["sec-fetch-site", "cross-site"],
];

for (const route of routes.filter(({ changes }) => changes)) {
  test(`[GUARD-2] ${route.name}, which changes something, is forbidden to foreign pages, in all its forms`, async () => {
    for (const path of pathsOf(route)) {
      for (const method of route.methods) {
        for (const [header, value] of FOREIGN) {
          expectError(await server.send({ method, path, headers: { [header]: value } }), "forbidden");
        }
      }
    }
  });
}

for (const { name, paths } of routes.filter(({ changes, name }) => !changes && name !== "auth")) {
  test(`[GUARD-2] ${name}, which changes nothing, is not`, async () => {
    const path = name === "license" ? `${paths[0]}?product=cad` : paths[0];
    for (const [header, value] of FOREIGN) expectReply(name, await server.get(path, { [header]: value }));
  });
}

test("[GUARD-2] a page of this server's own, and a program without a page, may change things", async () => {
  for (const headers of [
    { origin: own() },
    { referer: `${own()}/api/v4/docs/` },
    { origin: own(), referer: `${own()}/`, "sec-fetch-site": "same-origin" },
    { "sec-fetch-site": "none" },
    { origin: "http://SEATS.example:8080", host: "seats.example:8080" },
    { origin: "https://seats.example", host: "Seats.example" },
  ]) {
    expectReply("register", await register(headers));
  }
});

test("[GUARD-2] a foreign header is one, too, where no host is named", async () => {
  for (const [header, value] of FOREIGN) {
    const text = await server.raw(`POST /api/v4/unregister/all HTTP/1.0\r\n${header}: ${value}\r\n\r\n`);
    assert.match(text, /^HTTP\/1\.1 403 Forbidden\r\n/, `${header}: ${value}`);
  }
});

test("[GUARD-2] one foreign header is enough, whatever the others say", async () => {
  const evil = "https://evil.example";
  expectError(await register({ origin: own(), referer: evil }), "forbidden");
  expectError(await register({ origin: evil, referer: own() }), "forbidden");
  expectError(await register({ origin: own(), "sec-fetch-site": "cross-site" }), "forbidden");
  expectError(await register({ origin: "https://seats.example" }), "forbidden", "origin");
});
