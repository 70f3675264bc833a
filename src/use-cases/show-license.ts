import type { License } from "../domain/license.ts";
import { type Refusal, refuse } from "../domain/outcome.ts";
import type { Store, Usage } from "../store/store.ts";

export interface ShownLicense {
  readonly license: License;
  readonly usage: Usage;
}

/** One license and how it is used: the one of that id, or else the one of the product added last. */
export async function showLicense(
  store: Store,
  choice: { readonly product?: string | undefined; readonly licenseId?: number | undefined },
): Promise<ShownLicense | Refusal> {
  const shown = await showLicenses(store, choice.product);
  if ("refused" in shown) return shown;
  return (
    shown.findLast(({ license }) => choice.licenseId === undefined || license.id === choice.licenseId) ??
    refuse("license_not_found")
  );
}

/** All licenses, or those of one product, in the order they were added. */
export async function showLicenses(store: Store, product?: string): Promise<ShownLicense[] | Refusal> {
  const licenses = (await store.licenses()).filter(
    (license) => product === undefined || license.product.code === product,
  );
  if (product !== undefined && licenses.length === 0) return refuse("unknown_product");
  const shown: ShownLicense[] = [];
  for (const license of licenses) {
    const usage = await store.usage(license.id);
    if (usage !== undefined) shown.push({ license, usage });
  }
  return shown;
}
