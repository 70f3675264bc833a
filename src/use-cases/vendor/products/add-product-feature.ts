import { decideRecordChange } from "../../../domain/change-record.ts";
import { findFeatureProblem } from "../../../domain/issue-license.ts";
import { type Refusal, refuse, type VendorRefusalCode } from "../../../domain/outcome.ts";
import type { ProductFeature, VendorProduct } from "../../../domain/product.ts";
import { findMetadataProblem } from "../metadata.ts";
import type { VendorContext } from "../vendor-context.ts";

export type NewFeature = Pick<ProductFeature, "code" | "name"> & Partial<Omit<ProductFeature, "id" | "code" | "name">>;

/** Adds a feature to a product. Licenses that are out do not get it by themselves. */
export async function addProductFeature(
  { store }: VendorContext,
  productCode: string,
  feature: NewFeature,
): Promise<VendorProduct | Refusal<VendorRefusalCode>> {
  if (feature.code === "") return refuse("invalid_field", "code must not be empty");
  const metadataProblem = findMetadataProblem(feature.metadata);
  if (metadataProblem !== undefined) return refuse("invalid_field", metadataProblem);
  const ref = { kind: "product", field: "code", value: productCode } as const;
  return store.transact({ records: [ref] }, (view) =>
    decideRecordChange(view, "product", ref, (product) => {
      if (product.features.some(({ code }) => code === feature.code)) {
        return refuse("already_exists", `feature ${feature.code}`);
      }
      const made: ProductFeature = {
        type: "activation",
        floats: { onPremise: false, cloud: false },
        capacity: 0,
        timeoutMs: product.timeoutMs,
        canBorrow: false,
        maxBorrowMs: 0,
        metadata: {},
        consumption: null,
        ...feature,
        id: view.nextIds.feature,
      };
      const problem = findFeatureProblem(made);
      if (problem !== undefined) return refuse("invalid_field", problem);
      return { ...product, features: [...product.features, made] };
    }),
  );
}
