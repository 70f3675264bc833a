import { decideCreation } from "../../../domain/change-record.ts";
import type { LicenseUser } from "../../../domain/customer.ts";
import { type Refusal, refuse, type VendorRefusalCode } from "../../../domain/outcome.ts";
import { hashPassword } from "../../../signing/password.ts";
import { makeSecret } from "../keys/create-api-key.ts";
import type { VendorContext } from "../vendor-context.ts";

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
  if (username === "") return refuse("invalid_field", "username must not be empty");
  const initial = password ?? makeSecret().slice(0, 16);
  const passwordHash = await hashPassword(initial);
  const ref = { kind: "user", field: "username", value: username } as const;
  const user = await store.transact({ records: [ref] }, (view) =>
    decideCreation(view, "user", ref, (id) => ({
      firstName: "",
      lastName: "",
      phone: "",
      customerId: null,
      ...given,
      id,
      username,
      passwordHash,
      isInitialPassword: true,
    })),
  );
  return "refused" in user ? user : { user, password: initial };
}
