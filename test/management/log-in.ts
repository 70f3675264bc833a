import type { Role } from "../../src/domain/admin.ts";
import { createAdmin } from "../../src/use-cases/admins/create-admin.ts";
import type { TestServer } from "../support/floating-server.ts";
import { granted } from "../support/make-products.ts";
import { ManagementClient } from "../support/management-client.ts";

export const PASSWORD = "correct horse battery";

/** Speaks to the management API without a token. */
export function stranger({ side }: TestServer): ManagementClient {
  return new ManagementClient(side.managementUrl);
}

/** Makes an admin. @returns its id */
export async function makeAdmin({ store }: TestServer, name: string, role: Role = "admin"): Promise<number> {
  return granted(await createAdmin(store, { name, password: PASSWORD, role })).id;
}

/** Logs in. @returns the headers of a reader, and those of one who may change something too */
export async function logIn(server: TestServer, name: string) {
  const reply = await stranger(server).post("/session", { name, password: PASSWORD });
  const cookie = (reply.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  return { reply, stolen: { cookie }, own: { cookie, "x-csrf-token": String(reply.body.csrf_token) } };
}
