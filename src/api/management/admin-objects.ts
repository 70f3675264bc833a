import type { Admin, ApiToken } from "../../domain/admin.ts";
import { toWire } from "./names.ts";

/** Without its hash. */
export function adminToWire(admin: Admin) {
  return toWire(admin, ["passwordHash"]);
}

/** Without its hash; its text is kept nowhere. */
export function tokenToWire(token: ApiToken) {
  return toWire(token, ["tokenHash"]);
}
