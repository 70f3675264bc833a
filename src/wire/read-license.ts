import Type, { type Static } from "typebox";
import { Compile } from "typebox/compile";
import { HOUR_MS, type Instant, MINUTE_MS } from "../domain/instant.ts";
import type { JsonObject } from "../domain/json.ts";
import type { ConsumptionPeriod, ConsumptionTerms, Feature, License, PoolTerms } from "../domain/license.ts";
import { parseDate } from "./date.ts";

/*
 * Reads a license object from outside: strict about what decisions depend on, lenient about what is only carried.
 */

const Text = Type.String({ minLength: 1, maxLength: 255 });
const Count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
const Span = Type.Number({ minimum: 0, maximum: 1e9 });
const DateText = Type.String();
const FreeForm = Type.Record(Type.String(), Type.Unknown());

const Terms = {
  is_floating: Type.Boolean(),
  is_floating_cloud: Type.Boolean(),
  floating_users: Count,
  floating_timeout: Span,
  can_borrow: Type.Boolean(),
  max_borrow_time: Span,
};

const Consumption = {
  total_consumptions: Type.Integer({ minimum: -Number.MAX_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER }),
  max_overages: Count,
  allow_overages: Type.Boolean(),
  allow_unlimited_consumptions: Type.Boolean(),
  allow_negative_consumptions: Type.Boolean(),
  reset_consumption: Type.Boolean(),
  consumption_period: Type.String(),
};

const FileFeature = Type.Object({
  id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
  code: Text,
  ...Type.Partial(
    Type.Object({
      name: Type.String(),
      feature_type: Type.Enum(["activation", "consumption"]),
      expiry_date: DateText,
      metadata: FreeForm,
      ...Terms,
      ...Consumption,
      max_consumption: Count,
      max_consumptions: Count,
    }),
  ).properties,
});

const FileLicense = Type.Object({
  id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
  product_details: Type.Object({
    short_code: Text,
    ...Type.Partial(
      Type.Object({
        product_id: Type.Integer(),
        product_name: Type.String(),
        authorization_method: Type.Enum(["license-key", "user"]),
        metadata: FreeForm,
        prevent_vm: Type.Boolean(),
      }),
    ).properties,
  }),
  ...Type.Partial(
    Type.Object({
      license_type: Type.Enum(["perpetual", "time-limited", "subscription", "consumption"]),
      license_active: Type.Boolean(),
      license_enabled: Type.Boolean(),
      is_expired: Type.Boolean(),
      start_date: DateText,
      validity_period: DateText,
      maintenance_period: DateText,
      grace_period: Span,
      allow_grace_period: Type.Boolean(),
      prevent_vm: Type.Boolean(),
      is_trial: Type.Boolean(),
      max_activations: Count,
      times_activated: Count,
      transfer_count: Count,
      max_transfers: Count,
      allow_unlimited_activations: Type.Boolean(),
      license_key: Type.String(),
      order_store_id: Type.String(),
      metadata: FreeForm,
      custom_fields: Type.Array(Type.Unknown()),
      customer: FreeForm,
      product_features: Type.Array(FileFeature),
      ...Terms,
      ...Consumption,
      max_consumptions: Count,
    }),
  ).properties,
});
type FileLicense = Static<typeof FileLicense>;
type FileFeature = Static<typeof FileFeature>;

const validator = Compile(FileLicense);

/** The license an object describes, or the sentence that says which field is wrong. */
export function readLicense(source: unknown): License | { readonly problem: string } {
  const object = withoutNulls(source);
  if (!validator.Check(object)) {
    const first = validator.Errors(object)[0];
    return { problem: `${fieldName(first?.instancePath ?? "")} ${first?.message ?? "is not valid"}` };
  }
  const problem = findProblem(object);
  return problem === undefined ? toLicense(object) : { problem };
}

/** Null counts as left out, in the license, its product and its features. What vendors attach is left as it is. */
function withoutNulls(source: unknown): unknown {
  if (typeof source !== "object" || source === null || Array.isArray(source)) return source;
  const given = Object.entries(source).filter(([, value]) => value !== null);
  const nested = given.map(([name, value]) => {
    if (name === "product_details") return [name, withoutNulls(value)];
    if (name === "product_features" && Array.isArray(value)) return [name, value.map(withoutNulls)];
    return [name, value];
  });
  return Object.fromEntries(nested);
}

/** What the schema cannot say: dates, and codes and ids that are used once. */
function findProblem(object: FileLicense): string | undefined {
  const features = object.product_features ?? [];
  const dates: [string, string | undefined][] = [
    ["start_date", object.start_date],
    ["validity_period", object.validity_period],
    ["maintenance_period", object.maintenance_period],
    ...features.map(({ expiry_date }, at): [string, typeof expiry_date] => [
      `product_features.${at}.expiry_date`,
      expiry_date,
    ]),
  ];
  const unreadable = dates.find(([, text]) => text && parseDate(text) === undefined);
  if (unreadable !== undefined) return `${unreadable[0]} is not a date`;
  if (new Set(features.map(({ code }) => code)).size < features.length) return "product_features has a code twice";
  if (new Set(features.map(({ id }) => id)).size < features.length) return "product_features has an id twice";
  return undefined;
}

function toLicense(object: FileLicense): License {
  const product = object.product_details;
  const type = object.license_type ?? "perpetual";
  return {
    ...toTerms(object),
    id: object.id,
    product: {
      id: product.product_id ?? 0,
      name: product.product_name ?? product.short_code,
      code: product.short_code,
      authorizationMethod: product.authorization_method ?? "license-key",
      metadata: toFreeForm(product.metadata),
      preventVm: product.prevent_vm ?? false,
    },
    type,
    active: object.license_active ?? true,
    enabled: object.license_enabled ?? true,
    startsAt: toInstant(object.start_date),
    validUntil:
      object.is_expired === true ? (toInstant(object.validity_period) ?? 0) : toInstant(object.validity_period),
    gracePeriodMs: Math.round((object.grace_period ?? 0) * HOUR_MS),
    allowGracePeriod: object.allow_grace_period ?? false,
    consumption: type === "consumption" ? toConsumption(object, object.max_consumptions) : null,
    features: (object.product_features ?? []).map(toFeature),
    details: {
      key: object.license_key ?? null,
      maintenanceUntil: toInstant(object.maintenance_period),
      preventVm: object.prevent_vm ?? false,
      isTrial: object.is_trial ?? false,
      maxActivations: object.max_activations ?? 1,
      timesActivated: object.times_activated ?? 0,
      allowUnlimitedActivations: object.allow_unlimited_activations ?? false,
      transferCount: object.transfer_count ?? 0,
      maxTransfers: object.max_transfers ?? 0,
      orderStoreId: object.order_store_id ?? null,
      metadata: toFreeForm(object.metadata),
      customFields: (object.custom_fields ?? []) as License["details"]["customFields"],
      customer: toFreeForm(object.customer),
    },
  };
}

function toFeature(object: FileFeature): Feature {
  const type = object.feature_type ?? "activation";
  return {
    ...toTerms(object),
    id: object.id,
    code: object.code,
    name: object.name ?? object.code,
    type,
    expiresAt: toInstant(object.expiry_date),
    metadata: toFreeForm(object.metadata),
    consumption:
      type === "consumption" ? toConsumption(object, object.max_consumption ?? object.max_consumptions) : null,
  };
}

function toTerms(object: FileLicense | FileFeature): PoolTerms {
  return {
    floats: { onPremise: object.is_floating ?? false, cloud: object.is_floating_cloud ?? false },
    capacity: object.floating_users ?? 0,
    timeoutMs: Math.round((object.floating_timeout ?? 0) * MINUTE_MS),
    canBorrow: object.can_borrow ?? false,
    maxBorrowMs: Math.round((object.max_borrow_time ?? 0) * HOUR_MS),
  };
}

function toConsumption(object: FileLicense | FileFeature, max: number | undefined): ConsumptionTerms {
  const period = object.consumption_period?.toLowerCase();
  const resets = period === "yearly" ? "annually" : period;
  const isKnown = resets === "daily" || resets === "weekly" || resets === "monthly" || resets === "annually";
  return {
    max: max ?? 0,
    unlimited: object.allow_unlimited_consumptions ?? false,
    allowNegative: object.allow_negative_consumptions ?? false,
    allowOverages: object.allow_overages ?? false,
    maxOverages: object.max_overages ?? 0,
    resets: object.reset_consumption && isKnown ? (resets as ConsumptionPeriod) : null,
    initialTotal: object.total_consumptions ?? 0,
  };
}

function toInstant(text: string | undefined): Instant | null {
  return text ? (parseDate(text) ?? null) : null;
}

function toFreeForm(value: Record<string, unknown> | undefined): JsonObject {
  return (value ?? {}) as JsonObject;
}

/** `/product_features/0/code` reads better as `product_features.0.code`. */
function fieldName(path: string): string {
  return path === "" ? "the license" : path.slice(1).replaceAll("/", ".");
}
