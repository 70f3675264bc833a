import { decideRemoval } from "../../../domain/change-record.ts";
import { type Refusal, refuse, type VendorRefusalCode } from "../../../domain/outcome.ts";
import type { Policy } from "../../../domain/product.ts";
import type { VendorContext } from "../vendor-context.ts";
import { refsOfProduct } from "./product-records.ts";

/** Removes a policy. @returns it; `is_in_use` while there are licenses that were issued by it, or trials go by it */
export async function deletePolicy(
  { store }: VendorContext,
  policyId: number,
): Promise<Policy | Refusal<VendorRefusalCode>> {
  const ref = { kind: "policy", field: "id", value: policyId } as const;
  const known = await store.findRecord(ref);
  if (known === undefined) return refuse("does_not_exist", `policy ${policyId}`);
  const { productRef } = refsOfProduct("policy", known.productId);
  return store.transact({ licenses: [{ policyId }], records: [ref, productRef] }, (view) => {
    const { licenses, records } = view;
    const isOfTrials = records.get(productRef)?.trial?.policyId === policyId;
    const usedBy =
      licenses.length > 0 ? `${licenses.length} licenses` : isOfTrials ? "trials of the product" : undefined;
    return decideRemoval(view, "policy", ref, usedBy);
  });
}
