import type { Admin, Role } from "../../domain/admin.ts";
import { decideRecordChange, decideRemoval, removal } from "../../domain/change-record.ts";
import type { Decision, View } from "../../domain/decision.ts";
import { unchanged } from "../../domain/decision.ts";
import { type Refusal, refuse, type VendorRefusalCode } from "../../domain/outcome.ts";
import { hashPassword } from "../../signing/password.ts";
import type { Store } from "../../store/store.ts";
import { findPasswordProblem } from "./admin-password.ts";

/** What may be changed of an admin; what is left out stays. */
export interface AdminPatch {
  readonly role?: Role | undefined;
  readonly password?: string | undefined;
  readonly isDisabled?: boolean | undefined;
}

type Outcome = Admin | Refusal<VendorRefusalCode | "last_admin">;

/** Changes an admin. A new password, a disabling or another role ends the admin's sessions in the same commit. [ADMIN-5] */
export async function changeAdmin(store: Store, id: number, patch: AdminPatch): Promise<Outcome> {
  const problem = patch.password === undefined ? undefined : findPasswordProblem("password", patch.password);
  if (problem !== undefined) return refuse("invalid_field", problem);
  const { role, isDisabled } = patch;
  const passwordHash = patch.password === undefined ? undefined : await hashPassword(patch.password);
  const ref = { kind: "admin", field: "id", value: id } as const;
  return store.transact<Outcome>(scopeOf(id), (view) => {
    const decision = decideRecordChange(view, "admin", ref, (admin) => ({
      ...admin,
      role: role ?? admin.role,
      passwordHash: passwordHash ?? admin.passwordHash,
      isDisabled: isDisabled ?? admin.isDisabled,
    }));
    if (decision.changes.length === 0) return decision;
    const { outcome } = decision;
    const stays = !("refused" in outcome) && outcome.role === "admin" && !outcome.isDisabled;
    return !stays && isLast(view, id) ? unchanged(refuse("last_admin")) : withSessionsEnded(view, id, decision);
  });
}

/** Removes an admin, unless it is the last one that may make others. */
export function deleteAdmin(store: Store, id: number): Promise<Outcome> {
  const ref = { kind: "admin", field: "id", value: id } as const;
  return store.transact<Outcome>(scopeOf(id), (view) => {
    if (view.records.has(ref) && isLast(view, id)) return unchanged(refuse("last_admin"));
    return withSessionsEnded(view, id, decideRemoval(view, "admin", ref));
  });
}

function scopeOf(id: number) {
  const records = [
    { kind: "admin", field: "id", value: id },
    { kind: "session", field: "adminId", value: id },
  ] as const;
  return { records, everyRecord: ["admin"] } as const;
}

function isLast(view: View, id: number): boolean {
  return !view.records.every("admin").some((other) => other.id !== id && other.role === "admin" && !other.isDisabled);
}

function withSessionsEnded<Of>(view: View, adminId: number, decision: Decision<Of>): Decision<Of> {
  if (decision.changes.length === 0) return decision;
  const sessions = view.records.all({ kind: "session", field: "adminId", value: adminId });
  const ends = sessions.map((session) => removal("session", session));
  return {
    ...decision,
    changes: [...decision.changes, ...ends.flatMap(({ changes }) => changes)],
    events: [...decision.events, ...ends.flatMap(({ events }) => events)],
  };
}
