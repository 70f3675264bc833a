import { type Refusal, refuse } from "../../../domain/outcome.ts";
import { verifyPassword } from "../../../signing/password.ts";
import type { DeviceLicenseRef } from "../devices/device-license-ref.ts";
import type { VendorContext } from "../vendor-context.ts";

/**
 * On licenses of user-based products, the user's password is asked for. Where there is no such license, that is the
 * answer, and not left to what comes after: the license might be there by then, for someone who has proven nothing. The
 * password is compared all the same, so that the time tells nothing.
 *
 * @returns why not, or undefined
 */
export async function provePassword(
  { store }: VendorContext,
  license: DeviceLicenseRef,
  password: string | null | undefined,
): Promise<Refusal<"unknown_product" | "license_not_found" | "invalid_credentials"> | undefined> {
  if (license.username === undefined) return undefined;
  const user = await store.findRecord({ kind: "user", field: "username", value: license.username });
  const isProven = await verifyPassword(user?.passwordHash, password ?? "");
  if (isProven) return undefined;
  if ((await store.findLicenses(license)).length > 0) return refuse("invalid_credentials");
  const product = await store.findRecord({ kind: "product", field: "code", value: license.product });
  return refuse(product === undefined ? "unknown_product" : "license_not_found");
}
