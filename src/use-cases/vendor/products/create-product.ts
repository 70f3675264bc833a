import { findProductProblem } from "../../../domain/change-product.ts";
import { decideCreation } from "../../../domain/change-record.ts";
import { MINUTE_MS } from "../../../domain/instant.ts";
import type { JsonObject } from "../../../domain/json.ts";
import { withoutUndefined } from "../../../domain/license-terms.ts";
import { type Refusal, refuse, type VendorRefusalCode } from "../../../domain/outcome.ts";
import type { VendorProduct } from "../../../domain/product.ts";
import { findMetadataProblem } from "../metadata.ts";
import type { VendorContext } from "../vendor-context.ts";
import { findFieldsProblem } from "./change-product.ts";

const USUAL_TIMEOUT_MS = 15 * MINUTE_MS;

export type NewProduct = Pick<VendorProduct, "code" | "name"> &
  Partial<Omit<VendorProduct, "id" | "code" | "name" | "features" | "createdAt">>;

/** Makes a product without features. Its code is what requests name it by. */
export async function createProduct(
  { store }: VendorContext,
  product: NewProduct,
): Promise<VendorProduct | Refusal<VendorRefusalCode>> {
  const attached = findMetadataProblem(product.metadata) ?? findFieldsProblem(product);
  if (attached !== undefined) return refuse("invalid_field", attached);
  const policyId = product.trial?.policyId ?? null;
  if (policyId !== null) return refuse("does_not_exist", `trial.policyId: the product has no policy ${policyId} yet`);
  const ref = { kind: "product", field: "code", value: product.code } as const;
  return store.transact({ records: [ref] }, (view) =>
    decideCreation(view, "product", ref, (id) => {
      const made: VendorProduct = {
        authorizationMethod: "license-key",
        metadata: {} as JsonObject,
        preventVm: false,
        state: "active",
        customFields: [],
        timeoutMs: USUAL_TIMEOUT_MS,
        allowOverages: false,
        maxOverages: 0,
        trial: null,
        ...withoutUndefined(product),
        id,
        features: [],
        createdAt: view.now,
      };
      const problem = findProductProblem(made);
      return problem === undefined ? made : refuse("invalid_field", problem);
    }),
  );
}
