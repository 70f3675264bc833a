import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { floatingBanner } from "../../src/cli/banner.ts";
import { type Config, optionNames, options } from "../../src/config/options.ts";
import { startFloatingServer } from "../support/floating-server.ts";
import { HttpClient } from "../support/http-client.ts";
import { makeAdmin, PASSWORD } from "./log-in.ts";

const PUBLIC = "https://licenses.example.com:8443";

async function startBehind(t: TestContext, publicUrl?: string) {
  const server = await startFloatingServer(t, { config: { "management.public-url": publicUrl } });
  await makeAdmin(server, "ann");
  const client = new HttpClient(() => Number(new URL(server.side.managementUrl).port));
  t.after(() => client.close());
  const get = (host: string) => client.send({ method: "GET", path: "/manage/v1/session", headers: { host } });
  const logIn = (headers: Record<string, string> = {}) => {
    const body = { name: "ann", password: PASSWORD };
    return client.send({ method: "POST", path: "/manage/v1/session", body, headers });
  };
  return { server, get, logIn };
}

test("[ADMIN-8] the host of the public address is known, whatever its port, and no other name", async (t) => {
  const { get } = await startBehind(t, PUBLIC);
  for (const host of ["licenses.example.com", "LICENSES.example.com:8443", "127.0.0.1:1", "localhost"]) {
    assert.equal((await get(host)).status, 401, host);
  }
  const refused = await get("evil.example");
  assert.deepEqual([refused.status, refused.json.code], [403, "forbidden"]);
  assert.match(refused.json.detail, /see management\.public-url/);
});

test("[ADMIN-8] without a public address, a name is not known", async (t) => {
  const { get } = await startBehind(t);
  assert.equal((await get("licenses.example.com")).status, 403);
});

test("[ADMIN-8] pages of the public address may change things, whatever Host the proxy sends", async (t) => {
  const { logIn } = await startBehind(t, PUBLIC);
  for (const host of ["127.0.0.1:8090", "licenses.example.com", "licenses.example.com:8443"]) {
    assert.equal((await logIn({ host, origin: PUBLIC, referer: `${PUBLIC}/login` })).status, 201, host);
  }
  for (const origin of ["https://evil.example", "http://licenses.example.com:8443", "https://licenses.example.com"]) {
    assert.equal((await logIn({ host: "127.0.0.1:8090", origin })).status, 403, origin);
  }
  assert.equal((await logIn({ origin: PUBLIC, "sec-fetch-site": "cross-site" })).status, 403);
});

test("[ADMIN-3] the cookie is Secure where the public address is https, and not otherwise", async (t) => {
  for (const [publicUrl, isSecure] of [
    [PUBLIC, true],
    ["http://licenses.lan", false],
    [undefined, false],
  ] as const) {
    const { logIn } = await startBehind(t, publicUrl);
    // What anybody may send does not decide it.
    const { headers } = await logIn({ "x-forwarded-proto": isSecure ? "http" : "https" });
    assert.equal(/; Secure/.test(String(headers["set-cookie"])), isSecure, String(publicUrl));
  }
});

test("[ADMIN-8] the start names the public address, and gives the one-time link where it works", async (t) => {
  const server = await startFloatingServer(t, { config: { "management.public-url": PUBLIC } });
  const defaults = Object.fromEntries(optionNames.map((name) => [name, options[name].default])) as Config;
  const banner = floatingBanner(server.side, { ...defaults, "management.public-url": PUBLIC });
  assert.ok(banner.includes(`${PUBLIC}  for others`));
  assert.ok(banner.includes(`${server.side.managementUrl}/#setup=`));
});
