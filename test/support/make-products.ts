import { HOUR_MS, MINUTE_MS } from "../../src/domain/instant.ts";
import type { License } from "../../src/domain/license.ts";
import { issueLicense, type NewLicense } from "../../src/use-cases/vendor/licenses/issue-license.ts";
import { addProductFeature, type NewFeature } from "../../src/use-cases/vendor/products/add-product-feature.ts";
import { createProduct, type NewProduct } from "../../src/use-cases/vendor/products/create-product.ts";
import type { VendorContext } from "../../src/use-cases/vendor/vendor-context.ts";

/** What a use case gave, where a refusal would be the test's own mistake. */
export function granted<T extends object>(outcome: T): Exclude<T, { readonly refused: string }> {
  if ("refused" in outcome) throw new Error(`refused: ${JSON.stringify(outcome)}`);
  return outcome as Exclude<T, { readonly refused: string }>;
}

/** Terms of a pool that floats in the vendor's cloud. */
export const cloudTerms = {
  floats: { onPremise: false, cloud: true },
  timeoutMs: 15 * MINUTE_MS,
  canBorrow: true,
  maxBorrowMs: 72 * HOUR_MS,
} as const;

/** A product with the features that are named. */
export async function makeProductWith(
  context: VendorContext,
  product: NewProduct,
  features: readonly NewFeature[] = [{ code: "export", name: "Export", capacity: 3, ...cloudTerms }],
): Promise<void> {
  granted(await createProduct(context, product));
  for (const feature of features) granted(await addProductFeature(context, product.code, feature));
}

/** A license of a product, on any number of devices unless the terms say otherwise. */
export async function makeIssued(context: VendorContext, order: NewLicense): Promise<License> {
  const terms = { allowUnlimitedActivations: true, ...order.terms };
  return granted(await issueLicense(context, { ...order, terms }));
}
