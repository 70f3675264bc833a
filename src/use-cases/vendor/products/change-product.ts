import { decideProductChange, type ProductPatch } from "../../../domain/change-product.ts";
import { type Refusal, refuse, type VendorRefusalCode } from "../../../domain/outcome.ts";
import type { VendorProduct } from "../../../domain/product.ts";
import { findMetadataProblem } from "../metadata.ts";
import type { VendorContext } from "../vendor-context.ts";
import { productScope } from "./product-scope.ts";

/**
 * Changes a product. Licenses that are out show its name, metadata and whether it runs on virtual machines as they are
 * now; the rest does not reach them. Disabling or archiving it stops activations and leaves active devices alone.
 *
 * @returns it; `is_in_use` where its code or kind is to change and something names it by them
 */
export async function changeProduct(
  { store }: VendorContext,
  code: string,
  patch: ProductPatch,
): Promise<VendorProduct | Refusal<VendorRefusalCode>> {
  const problem = findMetadataProblem(patch.metadata) ?? findFieldsProblem(patch);
  if (problem !== undefined) return refuse("invalid_field", problem);
  const found = await productScope(store, code, [{ kind: "product", field: "code", value: patch.code ?? code }]);
  if ("refused" in found) return found;
  return store.transact(found.scope, (view) => decideProductChange(view, found.target, patch));
}

/** Why the custom fields of a product could not travel in a signed reply. */
export function findFieldsProblem({ customFields }: ProductPatch): string | undefined {
  const problems = customFields?.map(({ value }, at) => findMetadataProblem(value, `customFields.${at}.value`));
  return problems?.find((problem) => problem !== undefined);
}
