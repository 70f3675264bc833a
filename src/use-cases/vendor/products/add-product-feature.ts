import { refuseFeature } from "../../../domain/change-product.ts";
import { decideRecordChange } from "../../../domain/change-record.ts";
import { withoutUndefined } from "../../../domain/license-terms.ts";
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
  const problem = findMetadataProblem(feature.metadata);
  if (problem !== undefined) return refuse("invalid_field", problem);
  const ref = { kind: "product", field: "code", value: productCode } as const;
  return store.transact({ records: [ref] }, (view) =>
    decideRecordChange(view, "product", ref, (product) => {
      const made: ProductFeature = {
        type: "activation",
        floats: { onPremise: false, cloud: false },
        capacity: 0,
        timeoutMs: product.timeoutMs,
        canBorrow: false,
        maxBorrowMs: 0,
        metadata: {},
        consumption: null,
        ...withoutUndefined(feature),
        id: view.nextIds.feature,
      };
      return refuseFeature(product, made) ?? { ...product, features: [...product.features, made] };
    }),
  );
}
