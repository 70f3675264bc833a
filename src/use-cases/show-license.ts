import type { License } from "../domain/license.ts";
import { type Refusal, refuse } from "../domain/outcome.ts";
import type { Usage } from "../domain/usage.ts";
import type { Store } from "../store/store.ts";

export interface ShownLicense {
  readonly license: License;
  readonly usage: Usage;
}

/** One license and how it is used: the one of that id, or else the one of the product added last. */
export async function showLicense(
  store: Store,
  { product, licenseId }: { readonly product?: string | undefined; readonly licenseId?: number | undefined },
): Promise<ShownLicense | Refusal> {
  const licenses = await ofProduct(store, product);
  if ("refused" in licenses) return licenses;
  const license = licenses.findLast(({ id }) => licenseId === undefined || id === licenseId);
  const usage = license && (await store.usage(license.id));
  return license && usage ? { license, usage } : refuse("license_not_found");
}

/** All licenses, or those of one product, in the order they were added. */
export async function showLicenses(store: Store, product?: string): Promise<ShownLicense[] | Refusal> {
  const licenses = await ofProduct(store, product);
  if ("refused" in licenses) return licenses;
  const shown: ShownLicense[] = [];
  for (const license of licenses) {
    const usage = await store.usage(license.id);
    if (usage !== undefined) shown.push({ license, usage });
  }
  return shown;
}

async function ofProduct(store: Store, product: string | undefined): Promise<readonly License[] | Refusal> {
  const licenses = await store.licenses();
  if (product === undefined) return licenses;
  const chosen = licenses.filter((license) => license.product.code === product);
  return chosen.length === 0 ? refuse("unknown_product") : chosen;
}
