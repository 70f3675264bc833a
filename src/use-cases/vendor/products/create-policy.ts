import { decideCreation } from "../../../domain/change-record.ts";
import { makeFeatures } from "../../../domain/issue-license.ts";
import { findLicenseProblem, usualTerms, withoutUndefined } from "../../../domain/license-terms.ts";
import { type Refusal, refuse, type VendorRefusalCode } from "../../../domain/outcome.ts";
import type { FeatureOverride, LicenseTerms, Policy, VendorProduct } from "../../../domain/product.ts";
import { findNameProblem } from "../../../domain/text-problem.ts";
import { findMetadataProblem } from "../metadata.ts";
import type { VendorContext } from "../vendor-context.ts";
import { recordsOfProduct } from "./product-records.ts";

export interface NewPolicy {
  /** Product code. */
  readonly product: string;
  /** Unique among the policies of the product. */
  readonly code: string;
  readonly name: string;
  /** What differs from the usual. */
  readonly terms?: Partial<LicenseTerms> | undefined;
  /** The features that licenses get; left out: every feature of the product as it is. */
  readonly features?: readonly FeatureOverride[] | undefined;
}

/** Makes a policy: a named way of selling a product. */
export async function createPolicy(
  { store }: VendorContext,
  { product: productCode, code, name, terms = {}, features }: NewPolicy,
): Promise<Policy | Refusal<VendorRefusalCode>> {
  const found = await recordsOfProduct(store, "policy", productCode);
  if ("refused" in found) return found;
  const { productRef, ref } = found;
  return store.transact({ records: [productRef, ref] }, (view) =>
    decideCreation(view, "policy", undefined, (id) => {
      const product = view.records.get(productRef);
      if (product === undefined) return refuse("does_not_exist", `product: product ${productCode}`);
      const policy: Policy = {
        id,
        productId: product.id,
        code,
        name,
        terms: withoutUndefined(terms),
        ...(features !== undefined && { features: features.map(withoutUndefined) }),
      };
      return refusePolicy(product, policy, view.records.all(ref)) ?? policy;
    }),
  );
}

/** Why a policy cannot be so. @param all of its product */
export function refusePolicy(
  product: VendorProduct,
  { id, code, name, terms, features }: Policy,
  all: readonly Policy[],
): Refusal<VendorRefusalCode> | undefined {
  const problem =
    findNameProblem("code", code) ??
    findNameProblem("name", name) ??
    findLicenseProblem({ ...usualTerms(product), ...terms }) ??
    features
      ?.map((feature, at) => findMetadataProblem(feature.metadata, `features.${at}.metadata`))
      .find((each) => each !== undefined);
  if (problem !== undefined) return refuse("invalid_field", problem);
  if (all.some((policy) => policy.code === code && policy.id !== id)) return refuse("already_exists", `code ${code}`);
  const made = makeFeatures(product, features);
  return "refused" in made ? made : undefined;
}
