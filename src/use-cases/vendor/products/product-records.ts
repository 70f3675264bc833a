import { type Refusal, refuse } from "../../../domain/outcome.ts";
import type { RecordRef } from "../../../domain/records.ts";
import type { Store } from "../../../store/store.ts";

type Kind = "policy" | "installation_file";

/**
 * Names a product, and all records of a kind that are its. It is named by its id, which it keeps whatever is changed,
 * so that the decision sees the very product that was meant or none.
 */
export async function recordsOfProduct<K extends Kind>(
  store: Store,
  kind: K,
  productCode: string,
): Promise<{ readonly productRef: RecordRef<"product">; readonly ref: RecordRef<K> } | Refusal<"does_not_exist">> {
  const product = await store.findRecord({ kind: "product", field: "code", value: productCode });
  if (product === undefined) return refuse("does_not_exist", `product: product ${productCode}`);
  return refsOfProduct(kind, product.id);
}

export function refsOfProduct<K extends Kind>(kind: K, productId: number) {
  return {
    productRef: { kind: "product", field: "id", value: productId } as RecordRef<"product">,
    ref: { kind, field: "productId", value: productId } as RecordRef<K>,
  };
}
