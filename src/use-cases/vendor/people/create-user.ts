import { decideCreation } from "../../../domain/change-record.ts";
import type { LicenseUser } from "../../../domain/customer.ts";
import { withoutUndefined } from "../../../domain/license-terms.ts";
import { type Refusal, refuse, type VendorRefusalCode } from "../../../domain/outcome.ts";
import { findNameProblem, findShownProblem } from "../../../domain/text-problem.ts";
import { hashPassword } from "../../../signing/password.ts";
import { makeSecret } from "../../../signing/secret.ts";
import type { VendorContext } from "../vendor-context.ts";
import { customerRefs } from "./create-order.ts";

export interface NewUser extends Partial<Pick<LicenseUser, "firstName" | "lastName" | "phone" | "customerId">> {
  readonly username: string;
  /** Left out: one is made. */
  readonly password?: string | undefined;
}

/** Makes a license user. @returns the user, and the initial password */
export async function createUser(
  { store }: VendorContext,
  { username, password, ...given }: NewUser,
): Promise<{ readonly user: LicenseUser; readonly password: string } | Refusal<VendorRefusalCode>> {
  const initial = password ?? makePassword();
  const problem = findUserProblem({ username, ...given }) ?? findNameProblem("password", initial);
  if (problem !== undefined) return refuse("invalid_field", problem);
  const passwordHash = await hashPassword(initial);
  const ref = { kind: "user", field: "username", value: username } as const;
  const customers = customerRefs(given.customerId);
  const user = await store.transact({ records: [ref, ...customers] }, (view) =>
    decideCreation(view, "user", ref, (id) => {
      if (customers.some((customer) => !view.records.has(customer))) {
        return refuse("does_not_exist", `customerId: customer ${given.customerId}`);
      }
      return {
        firstName: "",
        lastName: "",
        phone: "",
        customerId: null,
        ...withoutUndefined(given),
        id,
        username,
        passwordHash,
        isInitialPassword: true,
      };
    }),
  );
  return "refused" in user ? user : { user, password: initial };
}

/** 96 bits. */
export function makePassword(): string {
  return makeSecret().slice(0, 16);
}

/** The field of a license user that cannot be, with what it must be. */
export function findUserProblem(user: Partial<LicenseUser>): string | undefined {
  const { username } = user;
  const problem = username === undefined ? undefined : findNameProblem("username", username);
  return problem ?? findShownProblem(user, ["firstName", "lastName", "phone"]);
}
