import assert from "node:assert/strict";
import { after, test } from "node:test";
import { createToken } from "../../src/management/operations/tokens.ts";
import { startFloatingServer } from "../support/floating-server.ts";
import { clientOf } from "../support/management-client.ts";
import { expectProblem, expectReply } from "./expect-operation.ts";
import { logIn, makeAdmin, PASSWORD, stranger } from "./log-in.ts";

const server = await startFloatingServer({ after });
const admin = await clientOf(server, "admin");

test("[ADMIN-2] the first admin needs a password too", async () => {
  const token = (server.side.adminLink ?? "").split("#setup=")[1] ?? "";
  const reply = await stranger(server).post("/setup", { token, name: "ann", password: "too short" });
  expectProblem(reply, 422, "invalid_field", /password/);
  assert.deepEqual((await admin.get("/admins")).body.data, []);
});

test("[ADMIN-5] the last admin is not removed, disabled or given less to do, until there is another", async () => {
  const one = `/admins/${await makeAdmin(server, "ann")}`;
  await makeAdmin(server, "vic", "viewer");
  const before = (await admin.get(one)).body;
  for (const patch of [{ role: "operator" }, { is_disabled: true }]) {
    expectProblem(await admin.patch(one, patch), 409, "last_admin");
  }
  expectProblem(await admin.delete(one), 409, "last_admin");
  assert.deepEqual((await admin.get(one)).body, before);
  await makeAdmin(server, "bob");
  assert.equal((await admin.delete(one)).status, 204);
});

test("[MANAGE-6] a token made under one Idempotency-Key is made once, and shown once", async () => {
  const once = { "idempotency-key": "token" };
  const wish = { name: "shop", role: "viewer" };
  const made = expectReply(createToken, await admin.post("/tokens", wish, once));
  const again = expectReply(createToken, await admin.post("/tokens", wish, once));
  assert.deepEqual(again, { ...made, token: null });
  expectProblem(await admin.post("/tokens", { ...wish, role: "operator" }, once), 409, "key_reused");
});

test("[ADMIN-7] a token that would have expired already, or has no name, is not made", async () => {
  const wish = { name: "shop", role: "viewer" };
  for (const bad of [{ expires_at: "2020-01-01T00:00:00Z" }, { name: "x".repeat(256) }]) {
    const { param } = expectProblem(await admin.post("/tokens", { ...wish, ...bad }), 422, "invalid_field");
    assert.equal(param, Object.keys(bad)[0]);
  }
});

test("[ADMIN-4] wrong passwords lock one's own name too, where one changes it", async () => {
  await makeAdmin(server, "eve", "viewer");
  const { own } = await logIn(server, "eve");
  const change = (current_password: string) =>
    stranger(server).post("/session/password", { current_password, new_password: "another horse battery" }, own);
  for (let tries = 0; tries < 5; tries += 1) expectProblem(await change("wrong"), 401, "invalid_credentials");
  const locked = await change(PASSWORD);
  expectProblem(locked, 429, "account_locked");
  assert.equal(locked.headers.get("retry-after"), "1");
});
