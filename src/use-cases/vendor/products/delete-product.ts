import { decideProductRemoval } from "../../../domain/change-product.ts";
import type { Refusal, VendorRefusalCode } from "../../../domain/outcome.ts";
import type { VendorProduct } from "../../../domain/product.ts";
import type { VendorContext } from "../vendor-context.ts";
import { productScope } from "./product-scope.ts";

/**
 * Removes a product, with its policies and installation files.
 *
 * @returns it; `is_in_use` while there are licenses of it, or a bundle, API key or OAuth client names it
 */
export async function deleteProduct(
  { store }: VendorContext,
  code: string,
): Promise<VendorProduct | Refusal<VendorRefusalCode>> {
  const found = await productScope(store, code);
  if ("refused" in found) return found;
  return store.transact(found.scope, (view) => decideProductRemoval(view, found.target));
}
