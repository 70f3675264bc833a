import { decideCreation } from "../../../domain/change-record.ts";
import { MINUTE_MS } from "../../../domain/instant.ts";
import type { JsonObject } from "../../../domain/json.ts";
import { type Refusal, refuse, type VendorRefusalCode } from "../../../domain/outcome.ts";
import type { VendorProduct } from "../../../domain/product.ts";
import { findMetadataProblem } from "../metadata.ts";
import type { VendorContext } from "../vendor-context.ts";

const USUAL_TIMEOUT_MS = 15 * MINUTE_MS;

export type NewProduct = Pick<VendorProduct, "code" | "name"> &
  Partial<Omit<VendorProduct, "id" | "code" | "name" | "features" | "createdAt">>;

/** Makes a product without features. Its code is what requests name it by. */
export async function createProduct(
  { store }: VendorContext,
  product: NewProduct,
): Promise<VendorProduct | Refusal<VendorRefusalCode>> {
  if (product.code === "") return refuse("invalid_field", "code must not be empty");
  const problem = findMetadataProblem(product.metadata);
  if (problem !== undefined) return refuse("invalid_field", problem);
  const ref = { kind: "product", field: "code", value: product.code } as const;
  return store.transact({ records: [ref] }, (view) =>
    decideCreation(view, "product", ref, (id) => ({
      authorizationMethod: "license-key",
      metadata: {} as JsonObject,
      preventVm: false,
      state: "active",
      customFields: [],
      timeoutMs: USUAL_TIMEOUT_MS,
      allowOverages: false,
      maxOverages: 0,
      trial: null,
      ...product,
      id,
      features: [],
      createdAt: view.now,
    })),
  );
}
