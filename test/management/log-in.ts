import type { Role } from "../../src/domain/admin.ts";
import type { Store } from "../../src/store/store.ts";
import { createAdmin } from "../../src/use-cases/admins/create-admin.ts";
import { granted } from "../support/make-products.ts";
import { ManagementClient } from "../support/management-client.ts";

export const PASSWORD = "correct horse battery";

/** A server of either side. */
interface Server {
  readonly side: { readonly managementUrl: string; readonly store: Store };
}

/** Speaks to the management API without a token. */
export function stranger({ side }: Server): ManagementClient {
  return new ManagementClient(side.managementUrl);
}

/** Makes an admin. @returns its id */
export async function makeAdmin({ side: { store } }: Server, name: string, role: Role = "admin"): Promise<number> {
  return granted(await createAdmin(store, { name, password: PASSWORD, role })).id;
}

/** Logs in. @returns the headers of a reader, and those of one who may change something too */
export async function logIn(server: Server, name: string) {
  const reply = await stranger(server).post("/session", { name, password: PASSWORD });
  const cookie = (reply.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  return { reply, stolen: { cookie }, own: { cookie, "x-csrf-token": String(reply.body.csrf_token) } };
}
