import assert from "node:assert/strict";
import { after, test } from "node:test";
import { createApiToken } from "../../src/use-cases/admins/api-tokens.ts";
import { startFloatingServer } from "../support/floating-server.ts";
import { granted } from "../support/make-products.ts";
import { clientOf, ManagementClient } from "../support/management-client.ts";
import { startVendorServer } from "../support/vendor-server.ts";

const server = await startFloatingServer({ after });
const { managementUrl } = server.side;
const admin = await clientOf(server, "admin");

test("[ADMIN-7] a token opens nothing once it is revoked or has expired, nor on the other side", async (t) => {
  const expires_at = new Date(server.clock.wall() + 60_000).toISOString();
  const { body: made } = await admin.post("/tokens", { name: "t", role: "viewer", expires_at });
  const client = new ManagementClient(managementUrl, made.token);
  assert.equal((await client.get("/status")).status, 200);
  const vendor = await startVendorServer(t);
  assert.equal((await new ManagementClient(vendor.side.managementUrl, made.token).get("/status")).status, 401);
  server.clock.advance(60_000);
  assert.equal((await client.get("/status")).status, 401);
  const { body: other } = await admin.post("/tokens", { name: "u", role: "viewer" });
  assert.equal((await admin.delete(`/tokens/${other.id}`)).status, 204);
  assert.equal((await new ManagementClient(managementUrl, other.token).get("/status")).status, 401);
});

test("[ADMIN-7] a token with scopes makes no token that may more", async () => {
  const wish = { name: "scoped", role: "admin", scopes: ["token:write"] } as const;
  const { token } = granted(await createApiToken(server.store, wish));
  const client = new ManagementClient(managementUrl, token);
  const make = async (scopes?: string[]) => (await client.post("/tokens", { name: "x", role: "admin", scopes })).status;
  assert.deepEqual([await make(), await make(["admin:write"]), await make(["token:read"])], [403, 403, 201]);
});
