import assert from "node:assert/strict";
import { after, test } from "node:test";
import { startFloatingServer } from "../support/floating-server.ts";
import { logIn, makeAdmin, PASSWORD, stranger } from "./log-in.ts";

const server = await startFloatingServer({ after });
await makeAdmin(server, "ann");
await makeAdmin(server, "bob");

test("[ADMIN-4] a storm of wrong passwords locks its name, and nobody else", async () => {
  const wrong = { name: "ann", password: "wrong horse battery" };
  const storm = await Promise.all(Array.from({ length: 100 }, () => stranger(server).post("/session", wrong)));
  const count = (status: number) => storm.filter((reply) => reply.status === status).length;
  assert.deepEqual([count(401), count(429)], [5, 95]);
  assert.equal((await stranger(server).post("/session", { name: "ann", password: PASSWORD })).status, 429);
  assert.equal((await logIn(server, "bob")).reply.status, 201);
  server.clock.advance(1_000);
  assert.equal((await logIn(server, "ann")).reply.status, 201);
});
