import assert from "node:assert/strict";
import { after, test } from "node:test";
import { createApiToken } from "../../src/use-cases/admins/api-tokens.ts";
import { startFloatingServer } from "../support/floating-server.ts";
import { granted } from "../support/make-products.ts";
import { clientOf, ManagementClient } from "../support/management-client.ts";
import { expectProblem } from "./expect-operation.ts";
import { makeAdmin, PASSWORD } from "./log-in.ts";

const server = await startFloatingServer({ after });
await makeAdmin(server, "ann");
const bob = await makeAdmin(server, "bob", "viewer");
const wish = { name: "scoped", role: "admin", scopes: ["admin:write"] } as const;
const { token } = granted(await createApiToken(server.store, wish));
const scoped = new ManagementClient(server.side.managementUrl, token);

test("[ADMIN-7] a token with scopes makes no admin, of no role, nor again under a key that made one", async () => {
  const eve = { name: "eve", password: PASSWORD, role: "admin" };
  for (const role of ["admin", "viewer"]) {
    expectProblem(
      await scoped.post("/admins", { ...eve, role }),
      403,
      "forbidden",
      /a token with scopes makes no admins/,
    );
  }
  const key = { "idempotency-key": "eve" };
  assert.equal((await (await clientOf(server, "admin")).post("/admins", eve, key)).status, 201);
  expectProblem(await scoped.post("/admins", eve, key), 403, "forbidden");
});

test("[ADMIN-7] a token with scopes changes neither role nor password of an admin, and enables none", async () => {
  for (const body of [
    { role: "admin" },
    { role: "viewer" },
    { password: "another horse battery" },
    { is_disabled: true, password: "another horse battery" },
    { is_disabled: false },
  ]) {
    expectProblem(await scoped.patch(`/admins/${bob}`, body), 403, "forbidden");
  }
  assert.equal((await scoped.get(`/admins/${bob}`)).body.role, "viewer");
  assert.equal((await scoped.patch(`/admins/${bob}`, { is_disabled: true })).body.is_disabled, true);
  assert.equal((await scoped.delete(`/admins/${bob}`)).status, 204);
});
