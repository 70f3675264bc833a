import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Ajv } from "ajv";
import { startVendorServer } from "../support/vendor-server.ts";
import { expectReply, routes } from "./expect-reply.ts";

const vendor = await startVendorServer({ after });
const get = (path: string, headers = {}) => vendor.send({ method: "GET", path, headers });

for (const path of ["/", "/health", "/api/v4/health", "/health/"]) {
  test(`[AUTH-1] GET ${path} says to anyone that the server is up`, async () => {
    const { status, version } = await expectReply(vendor, "health", await get(path));
    assert.equal(status, "ok");
    assert.match(version, /^\d+\.\d+\.\d+/);
  });
}

for (const path of ["/docs", "/docs/", "/api/v4/docs", "/api/v4/docs/"]) {
  test(`[AUTH-1] GET ${path} shows the reference to anyone, or the way to it, without a redirection`, async () => {
    const page = await get(path);
    assert.equal(page.status, 200);
    assert.match(page.headers["content-type"] ?? "", /^text\/html/);
    const links = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link as string);
    assert.ok(links.length > 0);
    for (const link of links) {
      const url = new URL(link, `${vendor.url}${path}`);
      assert.equal(url.origin, vendor.url, `${link} is of this server`);
      assert.equal((await get(url.pathname)).status, 200, link);
    }
  });
}

test("[AUTH-1] the schema of every request and reply is served to anyone, by its name", async () => {
  const names = routes.flatMap(({ name, input }) => {
    const title = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    return input === undefined ? [`${title}Reply`] : [`${title}Reply`, `${title}Request`];
  });
  for (const name of [...names, "ErrorBody"]) {
    const reply = await get(`/api/v4/schemas/${name}.json`);
    assert.equal(reply.status, 200, name);
    assert.equal(reply.json.title, name);
    const { $schema: _, ...schema } = reply.json;
    new Ajv({ strict: false, validateFormats: false }).compile(schema);
  }
  assert.equal((await get("/api/v4/schemas/__proto__.json")).status, 404);
});

test("[SIGN-5] every route is published with its method, that of the list itself among them", async () => {
  const { endpoints } = await expectReply(vendor, "wellKnown", await get("/api/v4/.well-known"));
  const expected = routes.flatMap(({ methods, paths }) =>
    methods.flatMap((method) => paths.map((path) => `${method} ${vendor.url}${path}`)),
  );
  const published = (endpoints as { method: string; url: string }[]).map(({ method, url }) => `${method} ${url}`);
  assert.deepEqual(published.sort(), expected.sort());
});

test("[SIGN-5] a client that names no host is told the address that it reached", async () => {
  const answer = await vendor.raw("GET /api/v4/oauth_url HTTP/1.0\r\n\r\n");
  const { url } = JSON.parse(answer.slice(answer.indexOf("{")));
  assert.equal(url, `${vendor.url}/api/v4/oauth/token`);
});
