import assert from "node:assert/strict";
import { after, test } from "node:test";
import { startFloatingServer } from "../support/floating-server.ts";
import { expectReply, routes } from "./expect-reply.ts";

const server = await startFloatingServer({ after });

for (const path of ["/", "/health", "/api/v4/health"]) {
  test(`[AUTH-1] GET ${path} says to anyone that the server is up, and its version`, async () => {
    const reply = expectReply("health", await server.get(path));
    assert.deepEqual(Object.keys(reply), ["status", "version"]);
    assert.equal(reply.status, "ok");
    assert.match(reply.version, /^\d+\.\d+\.\d+/);
  });
}

test("[AUTH-1] the documentation is open to anyone, and needs nothing from elsewhere", async () => {
  const first = await server.get("/api/v4/docs");
  const page =
    first.status === 302 ? await server.get(new URL(first.headers.location ?? "", server.url).pathname) : first;
  assert.equal(page.status, 200);
  assert.match(page.headers["content-type"] ?? "", /^text\/html/);
  const policy = String(page.headers["content-security-policy"]);
  assert.match(policy, /default-src 'self'/);
  assert.doesNotMatch(policy, /upgrade-insecure-requests/, "a plain-HTTP network has nothing to upgrade to");
  const sources = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, source]) => source as string);
  assert.ok(sources.length > 0);
  for (const source of sources) {
    const url = new URL(source, `${server.url}/api/v4/docs/`);
    assert.equal(url.origin, server.url, source);
    assert.equal((await server.get(url.pathname)).status, 200, source);
  }
});

test("[AUTH-1] the documentation has every documented path and method, and no other", async () => {
  const { paths } = (await server.get("/api/v4/docs/json")).json;
  const expected = routes.flatMap(({ paths: all, methods }) =>
    all.map((path) => [path, methods.map((method) => method.toLowerCase()).sort()]),
  );
  const documented = Object.entries(paths as object).map(([path, methods]) => [
    path,
    Object.keys(methods)
      .filter((method) => method !== "head")
      .sort(),
  ]);
  assert.deepEqual(new Map(documented as [string, string[]][]), new Map(expected as [string, string[]][]));
});
