import Type, { type Static } from "typebox";
import { HOUR_MS, MINUTE_MS } from "../../domain/instant.ts";
import type { ProductFeature, VendorProduct } from "../../domain/product.ts";
import { Nullable } from "../../wire/fields.ts";
import { COMPANY, Company } from "./license-object.ts";

const FreeForm = Type.Record(Type.String(), Type.Unknown());

/** A product, as applications see it. */
export const ProductObject = Type.Object(
  {
    product_id: Type.Integer(),
    product_name: Type.String(),
    short_code: Type.String(),
    authorization_method: Type.Enum(["license-key", "user"]),
    allow_trial: Type.Boolean(),
    trial_days: Type.Number({ description: "0 where there are no trials" }),
    floating_timeout: Type.Number({ description: "minutes" }),
    allow_overages: Type.Boolean(),
    max_overages: Type.Integer(),
    prevent_vm: Type.Boolean(),
    metadata: FreeForm,
    company: Company,
  },
  { $id: "ProductObject" },
);
export type ProductObject = Static<typeof ProductObject>;

/** A feature as its product defines it; a license may have it otherwise. */
export const ProductFeatureObject = Type.Object(
  {
    id: Type.Integer(),
    code: Type.String(),
    name: Type.String(),
    feature_type: Type.Enum(["activation", "consumption"]),
    metadata: FreeForm,
    is_floating: Type.Boolean({ description: "offline floating: floats through a floating server" }),
    is_floating_cloud: Type.Boolean({ description: "floats through the License API" }),
    floating_users: Type.Integer(),
    floating_timeout: Type.Number({ description: "minutes" }),
    can_borrow: Type.Boolean(),
    max_borrow_time: Type.Number({ description: "hours" }),
    ...Type.Partial(
      Type.Object({
        max_consumption: Type.Integer(),
        max_overages: Type.Integer(),
        allow_overages: Type.Boolean(),
        allow_unlimited_consumptions: Type.Boolean(),
        allow_negative_consumptions: Type.Boolean(),
        reset_consumption: Type.Boolean(),
        consumption_period: Nullable(Type.String()),
      }),
    ).properties,
  },
  { $id: "ProductFeatureObject" },
);

export function productToWire(product: VendorProduct): ProductObject {
  return {
    product_id: product.id,
    product_name: product.name,
    short_code: product.code,
    authorization_method: product.authorizationMethod,
    allow_trial: product.trial !== null,
    trial_days: product.trial?.days ?? 0,
    floating_timeout: product.timeoutMs / MINUTE_MS,
    allow_overages: product.allowOverages,
    max_overages: product.maxOverages,
    prevent_vm: product.preventVm,
    metadata: product.metadata,
    company: COMPANY,
  };
}

export function productFeatureToWire(feature: ProductFeature): Static<typeof ProductFeatureObject> {
  const { consumption } = feature;
  return {
    id: feature.id,
    code: feature.code,
    name: feature.name,
    feature_type: feature.type,
    metadata: feature.metadata,
    is_floating: feature.floats.onPremise,
    is_floating_cloud: feature.floats.cloud,
    floating_users: feature.capacity,
    floating_timeout: feature.timeoutMs / MINUTE_MS,
    can_borrow: feature.canBorrow,
    max_borrow_time: feature.maxBorrowMs / HOUR_MS,
    ...(consumption !== null && {
      max_consumption: consumption.max,
      max_overages: consumption.maxOverages,
      allow_overages: consumption.allowOverages,
      allow_unlimited_consumptions: consumption.unlimited,
      allow_negative_consumptions: consumption.allowNegative,
      reset_consumption: consumption.resets !== null,
      consumption_period: consumption.resets,
    }),
  };
}
