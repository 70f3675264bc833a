import type { Admin, Role } from "../../domain/admin.ts";
import { decideCreation } from "../../domain/change-record.ts";
import { unchanged } from "../../domain/decision.ts";
import { type Refusal, refuse, type VendorRefusalCode } from "../../domain/outcome.ts";
import { findNameProblem } from "../../domain/text-problem.ts";
import { hashPassword } from "../../signing/password.ts";
import type { Store } from "../../store/store.ts";
import { findPasswordProblem } from "./admin-password.ts";

export interface NewAdmin {
  readonly name: string;
  readonly password: string;
  readonly role: Role;
}

type Outcome = Admin | Refusal<VendorRefusalCode | "setup_not_possible">;

/** Makes an admin. @param onlyFirst refuses where there is one already [ADMIN-2] */
export async function createAdmin(
  store: Store,
  { name, password, role }: NewAdmin,
  onlyFirst = false,
): Promise<Outcome> {
  const problem = findNameProblem("name", name) ?? findPasswordProblem("password", password);
  if (problem !== undefined) return refuse("invalid_field", problem);
  const passwordHash = await hashPassword(password);
  const ref = { kind: "admin", field: "name", value: name } as const;
  return store.transact<Outcome>({ records: [ref], everyRecord: ["admin"] }, (view) => {
    if (onlyFirst && view.records.every("admin").length > 0) {
      return unchanged(refuse("setup_not_possible", "there is an admin already"));
    }
    return decideCreation(view, "admin", ref, (id) => ({
      id,
      name,
      role,
      passwordHash,
      isDisabled: false,
      createdAt: view.now,
    }));
  });
}
