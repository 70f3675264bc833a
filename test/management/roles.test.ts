import assert from "node:assert/strict";
import { after, test } from "node:test";
import { createApiToken } from "../../src/use-cases/admins/api-tokens.ts";
import { startFloatingServer } from "../support/floating-server.ts";
import { granted } from "../support/make-products.ts";
import { clientOf, ManagementClient } from "../support/management-client.ts";

const server = await startFloatingServer({ after });

test("[ADMIN-1] neither viewers nor operators make tokens or admins", async () => {
  for (const role of ["viewer", "operator"] as const) {
    const client = await clientOf(server, role);
    assert.equal((await client.post("/tokens", { name: "t", role: "viewer" })).status, 403);
    const admin = { name: "eve", password: "correct horse battery", role: "admin" };
    assert.equal((await client.post("/admins", admin)).status, 403);
  }
});

test("[ADMIN-1] scopes give a viewer no more than its role", async () => {
  const wish = { name: "v", role: "viewer", scopes: ["seat:write"] } as const;
  const { token } = granted(await createApiToken(server.store, wish));
  const client = new ManagementClient(server.side.managementUrl, token);
  assert.equal((await client.get("/seats")).status, 200);
  assert.equal((await client.post("/seats/1/release", {})).status, 403);
  assert.equal((await client.get("/status")).status, 403);
});
