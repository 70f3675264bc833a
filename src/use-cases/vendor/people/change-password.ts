import { decideRecordChange } from "../../../domain/change-record.ts";
import { isRefusal, type Refusal, refuse } from "../../../domain/outcome.ts";
import { hashPassword } from "../../../signing/password.ts";
import type { VendorContext } from "../vendor-context.ts";
import { findProvenUser } from "./find-proven-user.ts";

export interface PasswordChange {
  readonly username: string;
  readonly password: string;
  readonly newPassword: string;
  /** Codes of the products that the caller may ask about; null is all. */
  readonly products: readonly string[] | null;
}

/**
 * Gives a license user the password that the user chose.
 *
 * @returns `change_password_not_allowed` where the new one is empty or the same, or where the user has no license of a
 *   product that the caller may ask about
 */
export async function changePassword(
  context: VendorContext,
  { username, password, newPassword, products }: PasswordChange,
): Promise<"changed" | Refusal<"invalid_credentials" | "change_password_not_allowed">> {
  const { store } = context;
  const user = await findProvenUser(context, username, password);
  if (isRefusal(user)) return user;
  const isNew = newPassword !== "" && newPassword.normalize("NFC") !== password.normalize("NFC");
  if (!isNew || !(await isAllowed(context, username, products))) return refuse("change_password_not_allowed");
  const passwordHash = await hashPassword(newPassword);
  const ref = { kind: "user", field: "id", value: user.id } as const;
  const changed = await store.transact({ records: [ref] }, (view) =>
    decideRecordChange(view, "user", ref, (known) =>
      // Hashing takes a while: who has proven a password that was changed meanwhile has proven nothing.
      known.passwordHash === user.passwordHash
        ? { ...known, passwordHash, isInitialPassword: false }
        : refuse("invalid_field", "password"),
    ),
  );
  return isRefusal(changed) ? refuse("invalid_credentials") : "changed";
}

async function isAllowed(
  { store }: VendorContext,
  username: string,
  products: readonly string[] | null,
): Promise<boolean> {
  if (products === null) return true;
  const licenses = await store.findLicenses({ username });
  return licenses.some(({ product }) => products.includes(product.code));
}
