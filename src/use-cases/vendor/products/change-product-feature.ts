import { decideFeatureChange, type FeaturePatch } from "../../../domain/change-product.ts";
import { type Refusal, refuse, type VendorRefusalCode } from "../../../domain/outcome.ts";
import type { ProductFeature, VendorProduct } from "../../../domain/product.ts";
import { findMetadataProblem } from "../metadata.ts";
import type { VendorContext } from "../vendor-context.ts";
import { productScope } from "./product-scope.ts";

/**
 * Changes a feature of a product. Licenses that are out keep theirs as they are. [LIC-6]
 *
 * @param patch or what makes one of the feature as it is, so that no other change is lost in between
 * @returns the product; `is_in_use` where the feature's code is to change and a license or a policy has it
 */
export async function changeProductFeature(
  { store }: VendorContext,
  productCode: string,
  code: string,
  patch: FeaturePatch | ((earlier: ProductFeature) => FeaturePatch),
): Promise<VendorProduct | Refusal<VendorRefusalCode>> {
  const found = await productScope(store, productCode);
  if ("refused" in found) return found;
  return store.transact(found.scope, (view) =>
    decideFeatureChange(view, found.target, code, (feature) => {
      const given = typeof patch === "function" ? patch(feature) : patch;
      const problem = findMetadataProblem(given.metadata);
      return problem === undefined ? given : refuse("invalid_field", problem);
    }),
  );
}
