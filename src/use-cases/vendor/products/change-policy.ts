import { decideRecordChange } from "../../../domain/change-record.ts";
import { withoutUndefined } from "../../../domain/license-terms.ts";
import { type Refusal, refuse, type VendorRefusalCode } from "../../../domain/outcome.ts";
import type { FeatureOverride, LicenseTerms, Policy } from "../../../domain/product.ts";
import type { VendorContext } from "../vendor-context.ts";
import { refusePolicy } from "./create-policy.ts";
import { refsOfProduct } from "./product-records.ts";

/** What may be changed of a policy; what is left out stays. */
export interface PolicyPatch {
  readonly code?: string | undefined;
  readonly name?: string | undefined;
  /** In place of all terms it has; or makes them of those, so that no other change is lost in between. */
  readonly terms?: Partial<LicenseTerms> | ((earlier: Partial<LicenseTerms>) => Partial<LicenseTerms>) | undefined;
  /** In place of all features it has; null gives every feature of the product as it is. */
  readonly features?: readonly FeatureOverride[] | null | undefined;
}

/** Changes a policy. Licenses that were issued by it stay as they are. */
export async function changePolicy(
  { store }: VendorContext,
  policyId: number,
  { code, name, terms, features }: PolicyPatch,
): Promise<Policy | Refusal<VendorRefusalCode>> {
  const policyRef = { kind: "policy", field: "id", value: policyId } as const;
  const known = await store.findRecord(policyRef);
  if (known === undefined) return refuse("does_not_exist", `policy ${policyId}`);
  const { productRef, ref } = refsOfProduct("policy", known.productId);
  return store.transact({ records: [policyRef, productRef, ref] }, (view) =>
    decideRecordChange(view, "policy", policyRef, ({ features: earlier, ...policy }) => {
      const product = view.records.get(productRef);
      if (product === undefined) return refuse("does_not_exist", `product ${policy.productId}`);
      const given = features === undefined ? earlier : (features ?? undefined);
      const after: Policy = {
        ...policy,
        ...withoutUndefined({ code: code ?? policy.code, name: name ?? policy.name }),
        terms: withoutUndefined((typeof terms === "function" ? terms(policy.terms) : terms) ?? policy.terms),
        ...(given !== undefined && { features: given.map(withoutUndefined) }),
      };
      return refusePolicy(product, after, view.records.all(ref)) ?? after;
    }),
  );
}
