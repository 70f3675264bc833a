import { decideRecordChange } from "../../../domain/change-record.ts";
import type { LicenseUser } from "../../../domain/customer.ts";
import { withoutUndefined } from "../../../domain/license-terms.ts";
import { type Refusal, refuse, type VendorRefusalCode } from "../../../domain/outcome.ts";
import type { VendorContext } from "../vendor-context.ts";
import { customerRefs } from "./create-order.ts";
import { findUserProblem } from "./create-user.ts";

/** What may be changed of a license user; what is left out stays. */
export type UserPatch = Partial<Pick<LicenseUser, "username" | "firstName" | "lastName" | "phone" | "customerId">>;

/** Changes a license user, who keeps licenses, devices and password under another name as well. */
export async function changeUser(
  { store }: VendorContext,
  username: string,
  patch: UserPatch,
): Promise<LicenseUser | Refusal<VendorRefusalCode>> {
  const problem = findUserProblem(patch);
  if (problem !== undefined) return refuse("invalid_field", problem);
  const ref = { kind: "user", field: "username", value: username } as const;
  const renamed = { ...ref, value: patch.username ?? username } as const;
  const customers = customerRefs(patch.customerId);
  return store.transact({ records: [ref, renamed, ...customers] }, (view) =>
    decideRecordChange(view, "user", ref, (user) => {
      if (renamed.value !== username && view.records.has(renamed)) {
        return refuse("already_exists", `username ${renamed.value}`);
      }
      if (customers.some((customer) => !view.records.has(customer))) {
        return refuse("does_not_exist", `customerId: customer ${patch.customerId}`);
      }
      const { id, passwordHash, isInitialPassword } = user;
      return { ...user, ...withoutUndefined(patch), id, passwordHash, isInitialPassword };
    }),
  );
}
