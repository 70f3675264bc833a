import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, test } from "node:test";
import { startFloatingServer } from "../support/floating-server.ts";
import { uploadLicense } from "../support/license-files.ts";
import { expectError, expectReply, pathsOf, routes } from "./expect-reply.ts";
import { cad } from "./sample-licenses.ts";

const open = await startFloatingServer({ after }, { licenses: [cad] });
const required = await startFloatingServer({ after }, { config: { "auth.required": true } });

const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString("base64")}` });
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const PUBLIC = ["/", "/health", "/api/v4/health", "/api/v4/docs/json"];
const isAll = (path: string) => path.endsWith("/all");

test("[AUTH-3] without required login, any Basic credentials get a token of role user", async () => {
  for (const credentials of ["ada:secret", "ada:", ":", "Größe:pass:word", `${"a".repeat(1_000)}:b`]) {
    const reply = expectReply("auth", await open.get("/auth", basic(credentials)));
    assert.deepEqual(Object.keys(reply), ["message", "token"]);
    assert.equal(reply.message, "Login successful");
    const [head, claims, signature] = reply.token.split(".");
    assert.deepEqual(JSON.parse(Buffer.from(head, "base64url").toString()), { alg: "HS256", typ: "JWT" });
    const { role, sub } = JSON.parse(Buffer.from(claims, "base64url").toString());
    assert.deepEqual([role, sub], ["user", credentials.split(":")[0]]);
    assert.ok(signature.length > 40);
  }
});

test("[AUTH-3] what is no Basic credentials is unauthorized, and told how to log in", async () => {
  for (const authorization of [
    undefined,
    "",
    "Basic",
    "Basic ",
    "Basic !!!",
    `Basic ${Buffer.from("no colon").toString("base64")}`,
    "Bearer abc",
    "Digest username=ada",
  ]) {
    const reply = await open.get("/auth", authorization === undefined ? {} : { authorization });
    expectError(reply, "unauthorized");
    assert.match(reply.headers["www-authenticate"] ?? "", /^Basic /);
  }
});

test("[AUTH-3] without required login, Authorization is otherwise ignored", async () => {
  for (const authorization of ["Bearer nonsense", "Basic !!!", "", 'algorithm="hmac-sha256",headers="date"']) {
    const body = { product: "cad", user: "ada" };
    expectReply("register", await open.post("/api/v4/register", body, { authorization }));
    expectReply("licenses", await open.get("/api/v4/licenses", { authorization }));
  }
});

test("[AUTH-1] with required login, everything but the public is unauthorized, whatever is sent", async () => {
  for (const route of routes) {
    const { name, methods, access } = route;
    for (const path of pathsOf(route)) {
      for (const method of methods) {
        const reply = await required.send({ method, path, body: method === "POST" ? {} : undefined });
        if (access.role === "public" && name !== "auth") assert.equal(reply.status, 200, path);
        else expectError(reply, "unauthorized");
      }
    }
  }
  for (const path of PUBLIC) assert.equal((await required.get(path)).status, 200, path);
  const page = await required.get("/api/v4/docs");
  assert.ok(page.status === 200 || page.status === 302, String(page.status));
});

test("[AUTH-1] no token helps, as long as nobody has an account: not one from before, not one of one's own", async () => {
  const { token } = (await open.get("/auth", basic("ada:x"))).json;
  await open.restart({ "auth.required": true });
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = part({ role: "admin", sub: "ada", exp: 4_102_444_800 });
  const hs256 = `${part({ alg: "HS256", typ: "JWT" })}.${claims}`;
  const forged = `${hs256}.${createHmac("sha256", "").update(hs256).digest("base64url")}`;
  const unsigned = `${part({ alg: "none" })}.${claims}.`;
  for (const each of [token, forged, unsigned]) {
    expectError(await open.get("/api/v4/licenses", bearer(each)), "unauthorized");
    expectError(await open.get("/api/v4/unregister/all", bearer(each)), "unauthorized");
    expectError(await open.post("/api/v4/register", { product: "cad", user: "ada" }, bearer(each)), "unauthorized");
  }
  await open.restart();
  expectReply("licenses", await open.get("/api/v4/licenses"));
});

test("[AUTH-4] with required login, one address may try 60 times a minute", async (t) => {
  const server = await startFloatingServer(t, { config: { "auth.required": true } });
  for (let tries = 0; tries < 60; tries += 1)
    expectError(await server.get("/auth", basic(`user${tries}:x`)), "unauthorized");
  for (const headers of [basic("ada:x"), {}, { ...basic("ada:x"), "x-forwarded-for": "10.0.0.9" }]) {
    const refused = await server.get("/auth", headers);
    expectError(refused, "too_many_requests");
    const seconds = Number(refused.headers["retry-after"]);
    assert.ok(Number.isInteger(seconds) && seconds >= 1 && seconds <= 60, String(seconds));
  }
  expectReply("health", await server.get("/health"));
});

test("[AUTH-3] without required login, clients may log in as often as they like", async () => {
  const replies = await Promise.all(Array.from({ length: 100 }, () => open.get("/auth", basic("ada:x"))));
  for (const reply of replies) expectReply("auth", reply);
});

const PROXIED = [
  { "x-forwarded-for": "10.0.0.9" },
  { "x-forwarded-for": "127.0.0.1" },
  { "x-forwarded-for": "" },
  { forwarded: "for=10.0.0.9" },
];

for (const route of routes.filter(({ access }) => access.role === "admin")) {
  const { name, methods } = route;
  for (const path of pathsOf(route)) {
    const verdict = isAll(path) ? "works through a proxy" : "works from the server's own machine only";
    test(`[AUTH-2] without required login, ${path} ${verdict}`, async () => {
      for (const method of methods) {
        for (const headers of PROXIED) {
          const reply = await open.send({ method, path, headers });
          if (isAll(path)) expectReply(name, reply);
          else expectError(reply, "forbidden", "own machine");
        }
      }
    });
  }
}

test("[AUTH-2] what users do works through a proxy", async () => {
  const body = { product: "cad", user: "ada" };
  for (const headers of PROXIED) {
    expectReply("register", await open.post("/api/v4/register", body, headers));
    expectReply("licenses", await open.get("/api/v4/licenses", headers));
  }
});

test("[AUTH-2] from the server's own machine an upload works without any login", async () => {
  const response = await uploadLicense(open.url, await open.answer(cad));
  assert.equal(response.status, 200);
});
