import assert from "node:assert/strict";
import { after, test } from "node:test";
import { startFloatingServer } from "../support/floating-server.ts";
import type { ManagementReply } from "../support/management-client.ts";
import { expectProblem } from "./expect-operation.ts";
import { logIn, makeAdmin, PASSWORD, stranger } from "./log-in.ts";

const server = await startFloatingServer({ after });
await makeAdmin(server, "ann");
const client = stranger(server);

/** A name that nobody has: no lock-out stops so many of them. */
const tryName = (n: number) => client.post("/session", { name: `nobody ${n}`, password: PASSWORD });

test("[ADMIN-4] a storm of log-ins is not queued without end, and others are answered meanwhile", async () => {
  const { own } = await logIn(server, "ann");
  const replies = Promise.all(Array.from({ length: 200 }, (_, n) => tryName(n)));
  const started = performance.now();
  assert.equal((await client.get("/session", own)).status, 200);
  assert.ok(performance.now() - started < 1_000, `${performance.now() - started} ms`);
  const all = await replies;
  const count = (code: string) => all.filter(({ body }) => body.code === code).length;
  assert.ok(count("invalid_credentials") >= 18, `${count("invalid_credentials")} were compared`);
  assert.ok(count("too_many_requests") > 0, "none was refused");
  assert.equal(count("invalid_credentials") + count("too_many_requests"), 200);
  for (const reply of all.filter(({ status }) => status === 429)) {
    expectProblem(reply, 429, "too_many_requests");
    assert.equal(reply.headers.get("retry-after"), "1");
  }
  assert.equal((await logIn(server, "ann")).reply.status, 201);
});

test("[ADMIN-4] a change of one's own password is bounded with them", async () => {
  const names = ["bob", "cyd", "dan", "eve", "fay"];
  const sessions: Record<string, string>[] = [];
  for (const name of names) {
    await makeAdmin(server, name);
    sessions.push((await logIn(server, name)).own);
  }
  const body = { current_password: "not the password", new_password: "another horse battery" };
  const changes: Promise<ManagementReply>[] = [];
  const others: Promise<ManagementReply>[] = [];
  for (let n = 0; n < 200; n += 1) {
    others.push(tryName(n));
    // Four wrong ones of each lock nobody.
    if (n % 10 === 0) changes.push(client.post("/session/password", body, sessions[(n / 10) % sessions.length]));
  }
  const codes = (await Promise.all(changes)).map((reply) => reply.body.code);
  assert.ok(codes.includes("too_many_requests"), codes.join(", "));
  assert.ok(!codes.includes("account_locked"), codes.join(", "));
  await Promise.all(others);
});
