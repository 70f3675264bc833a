import assert from "node:assert/strict";
import { after, test } from "node:test";
import { changeOwnPassword } from "../../src/management/operations/sessions.ts";
import { startFloatingServer } from "../support/floating-server.ts";
import { expectProblem, expectReply } from "./expect-operation.ts";
import { logIn, makeAdmin, PASSWORD, stranger } from "./log-in.ts";

const server = await startFloatingServer({ after });
const client = stranger(server);
await makeAdmin(server, "ann");
const bob = await makeAdmin(server, "bob");
const HOUR = 3_600_000;

test("[ADMIN-3] a stolen cookie without the CSRF token changes nothing", async () => {
  const { reply, stolen, own } = await logIn(server, "ann");
  assert.match(reply.headers.get("set-cookie") ?? "", /^seatkeeper_floating=.*HttpOnly; SameSite=Strict/);
  const body = { name: "t", role: "viewer" };
  assert.equal((await client.post("/tokens", body, stolen)).status, 403);
  assert.equal((await client.post("/tokens", body, { ...own, "x-csrf-token": "wrong" })).status, 403);
  assert.equal((await client.post("/tokens", body, { ...own, origin: "http://evil.example" })).status, 403);
  assert.equal((await client.post("/tokens", body, own)).status, 201);
});

test("[ADMIN-3] no event has a CSRF token, and every reply its headers", async () => {
  const { reply, own } = await logIn(server, "ann");
  const events = await client.get("/events?limit=500", own);
  assert.ok(!JSON.stringify(events.body).includes(reply.body.csrf_token));
  assert.equal(events.headers.get("x-content-type-options"), "nosniff");
  assert.equal(events.headers.get("referrer-policy"), "no-referrer");
});

test("[ADMIN-5] another role, a disabling and a log-out end sessions", async () => {
  for (const patch of [{ role: "viewer" }, { is_disabled: true }]) {
    const { own: admin } = await logIn(server, "ann");
    const { own } = await logIn(server, "bob");
    assert.equal((await client.get("/session", own)).status, 200);
    assert.equal((await client.patch(`/admins/${bob}`, patch, admin)).status, 200);
    assert.equal((await client.get("/session", own)).status, 401);
  }
  const { own } = await logIn(server, "ann");
  assert.equal((await client.delete("/session", own)).status, 204);
  assert.equal((await client.get("/session", own)).status, 401);
});

test("[ADMIN-3] a session ends after two hours unused, and after 24 in any case", async () => {
  const idle = (await logIn(server, "ann")).own;
  server.clock.advance(2 * HOUR);
  assert.equal((await client.get("/session", idle)).status, 401);
  const { own } = await logIn(server, "ann");
  for (let hour = 1; hour < 24; hour += 1) {
    server.clock.advance(HOUR);
    assert.equal((await client.get("/session", own)).status, 200);
  }
  server.clock.advance(HOUR);
  assert.equal((await client.get("/session", own)).status, 401);
});

test("[ADMIN-5] one changes one's own password: other sessions end, this one goes on under a new cookie", async () => {
  await makeAdmin(server, "eve", "viewer");
  const [other, { own }] = [await logIn(server, "eve"), await logIn(server, "eve")];
  const change = (current: string, next: string) =>
    client.post("/session/password", { current_password: current, new_password: next }, own);
  expectProblem(await change("not the password", "another horse battery"), 401, "invalid_credentials");
  expectProblem(await change(PASSWORD, "short"), 422, "invalid_field", /new_password must be at least 10/);
  const changed = await change(PASSWORD, "another horse battery");
  expectReply(changeOwnPassword, changed);
  const cookie = (changed.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  assert.notEqual(cookie, own.cookie);
  for (const old of [other.own, own]) assert.equal((await client.get("/session", old)).status, 401);
  assert.equal((await client.get("/session", { cookie })).body.name, "eve");
  expectProblem(await client.post("/session", { name: "eve", password: PASSWORD }), 401, "invalid_credentials");
  assert.equal((await client.post("/session", { name: "eve", password: "another horse battery" })).status, 201);
});
