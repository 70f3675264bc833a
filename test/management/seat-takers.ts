import assert from "node:assert/strict";
import type { TestServer } from "../support/floating-server.ts";

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
