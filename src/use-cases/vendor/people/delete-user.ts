import { decideRemoval } from "../../../domain/change-record.ts";
import type { LicenseUser } from "../../../domain/customer.ts";
import type { Refusal, VendorRefusalCode } from "../../../domain/outcome.ts";
import type { VendorContext } from "../vendor-context.ts";

/** Removes a license user. @returns the user; `is_in_use` while assigned to a license */
export function deleteUser(
  { store }: VendorContext,
  username: string,
): Promise<LicenseUser | Refusal<VendorRefusalCode>> {
  const ref = { kind: "user", field: "username", value: username } as const;
  return store.transact({ licenses: [{ username }], records: [ref] }, (view) => {
    const { length } = view.licenses;
    return decideRemoval(view, "user", ref, length > 0 ? `${length} licenses` : undefined);
  });
}
