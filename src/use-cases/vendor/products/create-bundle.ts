import { decideCreation } from "../../../domain/change-record.ts";
import type { View } from "../../../domain/decision.ts";
import { type Refusal, refuse, type VendorRefusalCode } from "../../../domain/outcome.ts";
import type { Bundle } from "../../../domain/product.ts";
import type { RecordRef } from "../../../domain/records.ts";
import { findNameProblem } from "../../../domain/text-problem.ts";
import type { VendorContext } from "../vendor-context.ts";

export type NewBundle = Omit<Bundle, "id">;

/** Makes a bundle: products that are sold and activated together, all by key or all by user. */
export async function createBundle(
  { store }: VendorContext,
  { code, name, productCodes }: NewBundle,
): Promise<Bundle | Refusal<VendorRefusalCode>> {
  const ref = { kind: "bundle", field: "code", value: code } as const;
  return store.transact({ records: [ref, ...productCodes.map(productRef)] }, (view) =>
    decideCreation(view, "bundle", ref, (id) => {
      const bundle: Bundle = { id, code, name, productCodes };
      return refuseBundle(view, bundle, true) ?? bundle;
    }),
  );
}

export function productRef(code: string): RecordRef<"product"> {
  return { kind: "product", field: "code", value: code };
}

/** Why a bundle cannot be so. @param areProductsNew they are looked at, and the scope shows them */
export function refuseBundle(
  { records }: View,
  { code, name, productCodes }: Bundle,
  areProductsNew: boolean,
): Refusal<VendorRefusalCode> | undefined {
  const problem = findNameProblem("code", code) ?? findNameProblem("name", name);
  if (problem !== undefined) return refuse("invalid_field", problem);
  if (!areProductsNew) return undefined;
  if (productCodes.length === 0) return refuse("invalid_field", "productCodes must name a product");
  if (new Set(productCodes).size < productCodes.length) {
    return refuse("invalid_field", "productCodes must not name a product twice");
  }
  const products = productCodes.map((each) => records.get(productRef(each)));
  const unknown = products.indexOf(undefined);
  if (unknown >= 0) return refuse("does_not_exist", `productCodes: product ${productCodes[unknown]}`);
  const methods = new Set(products.map((product) => product?.authorizationMethod));
  if (methods.size === 1) return undefined;
  return refuse("invalid_field", "productCodes must be all key-based or all user-based");
}
