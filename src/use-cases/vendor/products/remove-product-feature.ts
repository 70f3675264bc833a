import { decideFeatureRemoval } from "../../../domain/change-product.ts";
import type { Refusal, VendorRefusalCode } from "../../../domain/outcome.ts";
import type { VendorProduct } from "../../../domain/product.ts";
import type { VendorContext } from "../vendor-context.ts";
import { productScope } from "./product-scope.ts";

/** Takes a feature from a product. @returns the product; `is_in_use` while a license or a policy has the feature */
export async function removeProductFeature(
  { store }: VendorContext,
  productCode: string,
  code: string,
): Promise<VendorProduct | Refusal<VendorRefusalCode>> {
  const found = await productScope(store, productCode);
  if ("refused" in found) return found;
  return store.transact(found.scope, (view) => decideFeatureRemoval(view, found.target, code));
}
