import type { LicenseUser } from "../../../domain/customer.ts";
import { type Refusal, refuse } from "../../../domain/outcome.ts";
import { verifyPassword } from "../../../signing/password.ts";
import type { VendorContext } from "../vendor-context.ts";

/** The license user whose password this is. An unknown user takes as long as a wrong password. [SEC-2] */
export async function findProvenUser(
  { store }: VendorContext,
  username: string,
  password: string,
): Promise<LicenseUser | Refusal<"invalid_credentials">> {
  const user = await store.findRecord({ kind: "user", field: "username", value: username });
  const isProven = await verifyPassword(user?.passwordHash, password);
  return isProven && user !== undefined ? user : refuse("invalid_credentials");
}
