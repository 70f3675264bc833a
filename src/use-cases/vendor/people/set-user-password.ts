import { decideRecordChange } from "../../../domain/change-record.ts";
import type { LicenseUser } from "../../../domain/customer.ts";
import { type Refusal, refuse, type VendorRefusalCode } from "../../../domain/outcome.ts";
import { findNameProblem } from "../../../domain/text-problem.ts";
import { hashPassword } from "../../../signing/password.ts";
import type { VendorContext } from "../vendor-context.ts";
import { makePassword } from "./create-user.ts";

/**
 * Gives a license user another password, which counts as an initial one: the user did not choose it. Devices that are
 * active stay so.
 *
 * @param password left out: one is made
 * @returns the user, and the password
 */
export async function setUserPassword(
  { store }: VendorContext,
  username: string,
  password: string = makePassword(),
): Promise<{ readonly user: LicenseUser; readonly password: string } | Refusal<VendorRefusalCode>> {
  const problem = findNameProblem("password", password);
  if (problem !== undefined) return refuse("invalid_field", problem);
  const passwordHash = await hashPassword(password);
  const ref = { kind: "user", field: "username", value: username } as const;
  const user = await store.transact({ records: [ref] }, (view) =>
    decideRecordChange(view, "user", ref, (known) => ({ ...known, passwordHash, isInitialPassword: true })),
  );
  return "refused" in user ? user : { user, password };
}
