import { findTokenProblem, hasSessionEnded } from "../../../domain/admin.ts";
import type { Store } from "../../../store/store.ts";
import type { Caller } from "./caller.ts";

/**
 * Whether a caller's session or token holds on: for replies that go on after their request. Looking is no use of a
 * session, so that it ends where nothing else is asked. [ADMIN-5] [ADMIN-7]
 */
export async function isStillAdmitted(store: Store, caller: Caller, now: number): Promise<boolean> {
  const { sessionId, adminId, actor, role } = caller;
  if (sessionId === undefined) {
    const id = actor["tokenId"];
    if (typeof id !== "number") return false;
    const token = await store.findRecord({ kind: "api_token", field: "id", value: id });
    return token !== undefined && findTokenProblem(token, now) === undefined;
  }
  const session = await store.findRecord({ kind: "session", field: "id", value: sessionId });
  if (session === undefined || hasSessionEnded(session, now)) return false;
  const admin = await store.findRecord({ kind: "admin", field: "id", value: adminId ?? 0 });
  return admin !== undefined && !admin.isDisabled && admin.role === role;
}
