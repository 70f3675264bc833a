import type { LicenseUser } from "../../../domain/customer.ts";
import type { License } from "../../../domain/license.ts";
import { isRefusal, type Refusal, refuse } from "../../../domain/outcome.ts";
import type { Usage } from "../../../domain/usage.ts";
import type { VendorContext } from "../vendor-context.ts";
import { findProvenUser } from "./find-proven-user.ts";

/** A license as one of its users sees it. */
export interface UserLicense {
  readonly license: License;
  readonly usage: Usage;
  readonly user: LicenseUser;
  /** Devices that are active for that user on this license. */
  readonly activations: number;
}

/** The licenses of a product that a user is assigned to, in the order they were issued. */
export async function listUserLicenses(
  context: VendorContext,
  { product, username, password }: { readonly product: string; readonly username: string; readonly password: string },
): Promise<readonly UserLicense[] | Refusal<"unknown_product" | "invalid_credentials">> {
  const { store } = context;
  const known = await store.findRecord({ kind: "product", field: "code", value: product });
  if (known === undefined) return refuse("unknown_product");
  const user = await findProvenUser(context, username, password);
  if (isRefusal(user)) return user;
  const shown: UserLicense[] = [];
  for (const license of await store.findLicenses({ product, username })) {
    const usage = await store.usage(license.id);
    if (usage === undefined) continue;
    const devices = await store.devices({ licenseId: license.id });
    const activations = devices.filter(({ active, userId }) => active && userId === user.id).length;
    shown.push({ license, usage, user, activations });
  }
  return shown;
}
