import assert from "node:assert/strict";
import { test } from "node:test";
import { startFloatingServer, type TestServer } from "../support/floating-server.ts";
import { PASSWORD, stranger } from "./log-in.ts";

async function setUp(server: TestServer, token: string, headers = {}): Promise<number> {
  return (await stranger(server).post("/setup", { token, name: "ann", password: PASSWORD }, headers)).status;
}

const tokenOf = ({ side }: TestServer) => (side.adminLink ?? "").split("#setup=")[1] ?? "";

test("[ADMIN-2] the link makes one admin, by its token only, and not through a proxy", async (t) => {
  const server = await startFloatingServer(t);
  const token = tokenOf(server);
  assert.equal(await setUp(server, "wrong"), 403);
  assert.equal(await setUp(server, token, { "x-forwarded-for": "203.0.113.1" }), 403);
  assert.equal(await setUp(server, token), 201);
  assert.equal(await setUp(server, token), 403);
});

test("[ADMIN-2] the link opens nothing after 30 minutes", async (t) => {
  const server = await startFloatingServer(t);
  server.clock.advance(30 * 60_000);
  assert.equal(await setUp(server, tokenOf(server)), 403);
});
