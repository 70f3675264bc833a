import { type Refusal, refuse } from "../../../domain/outcome.ts";
import type { InstallationFile, VendorProduct } from "../../../domain/product.ts";
import { offeredFiles } from "../products/installation-files.ts";
import type { VendorContext } from "../vendor-context.ts";

export interface ShownProduct {
  readonly product: VendorProduct;
  /** Its newest version, whoever may install it. */
  readonly latest: InstallationFile | undefined;
}

/** A product as applications are shown it. @param environment of the version; left out: of any */
export async function showProduct(
  context: VendorContext,
  code: string,
  environment: string | undefined,
): Promise<ShownProduct | Refusal<"unknown_product">> {
  const product = await context.store.findRecord({ kind: "product", field: "code", value: code });
  if (product === undefined) return refuse("unknown_product");
  const [latest] = await offeredFiles(context, product.id, { environment });
  return { product, latest };
}

/** The products that a caller may ask about, in the order they were made; archived ones are left out. [DEV-9] */
export async function listProducts(
  { store }: VendorContext,
  codes: readonly string[] | null,
): Promise<readonly VendorProduct[]> {
  const products = await store.records("product");
  return products.filter(({ state, code }) => state !== "archived" && (codes?.includes(code) ?? true));
}
