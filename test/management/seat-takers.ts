import assert from "node:assert/strict";
import type { Role } from "../../src/domain/admin.ts";
import { createApiToken } from "../../src/use-cases/admins/api-tokens.ts";
import type { TestServer } from "../support/floating-server.ts";
import { granted } from "../support/make-products.ts";
import { ManagementClient } from "../support/management-client.ts";

/** Speaks to a server's management API in a role. */
export async function clientOf(
  { side }: { readonly side: Pick<TestServer["side"], "store" | "managementUrl"> },
  role: Role = "viewer",
): Promise<ManagementClient> {
  const { token } = granted(await createApiToken(side.store, { name: `${role} of the test`, role }));
  return new ManagementClient(side.managementUrl, token);
}

const body = (user: string, feature?: string) => ({ product: "cad", user, ...(feature !== undefined && { feature }) });

export async function takeSeat(server: TestServer, user: string, feature = "render"): Promise<void> {
  const reply = await server.post("/api/v4/featureRegister", body(user, feature));
  assert.equal(reply.status, 200, reply.text);
}

export async function wantSeat(server: TestServer, user: string, feature = "render"): Promise<void> {
  const reply = await server.post("/api/v4/featureRegister", body(user, feature));
  assert.ok(reply.status >= 400, reply.text);
}

export async function giveBack(server: TestServer, user: string, feature = "render"): Promise<void> {
  const reply = await server.post("/api/v4/featureRelease", body(user, feature));
  assert.equal(reply.status, 200, reply.text);
}
