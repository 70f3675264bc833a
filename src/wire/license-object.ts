import Type, { type Static } from "typebox";
import { counterAt } from "../domain/counter.ts";
import { HOUR_MS, type Instant, MINUTE_MS } from "../domain/instant.ts";
import type { JsonObject } from "../domain/json.ts";
import { isLicenseExpired, type License } from "../domain/license.ts";
import { LICENSE_POOL, type Seat } from "../domain/seat.ts";
import type { Usage } from "../domain/usage.ts";
import { formatDate } from "./date.ts";
import { borrowEnd, ConsumptionFields, consumptionToWire, FeatureObject, featureToWire } from "./feature-object.ts";
import { Nullable, WireDate } from "./fields.ts";

const FreeForm = Type.Record(Type.String(), Type.Unknown());

/** What a metered license adds to its object. */
export const LicenseConsumptionFields = { max_consumptions: Type.Integer(), ...ConsumptionFields };

/** A license with its features, as both APIs and license files show it. */
export const LicenseObject = Type.Object(
  {
    id: Type.Integer(),
    license_type: Type.Enum(["perpetual", "time-limited", "subscription", "consumption"]),
    is_floating: Type.Boolean({ description: "floats through a floating server" }),
    is_floating_cloud: Type.Boolean({ description: "floats through the License API" }),
    floating_timeout: Type.Number({ description: "minutes" }),
    floating_users: Type.Integer(),
    floating_in_use_devices: Type.Integer(),
    is_borrowed: Type.Boolean(),
    borrowed_until: WireDate,
    can_borrow: Type.Boolean(),
    max_borrow_time: Type.Number({ description: "hours" }),
    validity_period: WireDate,
    maintenance_period: WireDate,
    start_date: WireDate,
    grace_period: Type.Number({ description: "hours" }),
    allow_grace_period: Type.Boolean(),
    prevent_vm: Type.Boolean(),
    is_trial: Type.Boolean(),
    max_activations: Type.Integer(),
    times_activated: Type.Integer(),
    transfer_count: Type.Integer(),
    max_transfers: Type.Integer(),
    allow_unlimited_activations: Type.Boolean(),
    metadata: FreeForm,
    custom_fields: Type.Array(Type.Unknown()),
    customer: FreeForm,
    license_key: Type.Optional(
      Type.Unsafe<string | null>({ type: ["string", "null"], description: "null unless the caller is an admin" }),
    ),
    user: Type.Optional(Type.Null({ description: "in place of `license_key` on user-based licenses" })),
    order_store_id: Nullable(Type.String()),
    license_active: Type.Boolean(),
    license_enabled: Type.Boolean(),
    is_expired: Type.Boolean(),
    product_features: Type.Array(FeatureObject),
    product_details: Type.Object({
      product_id: Type.Integer(),
      product_name: Type.String(),
      short_code: Type.String(),
      authorization_method: Type.Enum(["license-key", "user"]),
      metadata: FreeForm,
      prevent_vm: Type.Boolean(),
    }),
    ...Type.Partial(Type.Object(LicenseConsumptionFields)).properties,
  },
  { $id: "LicenseObject" },
);
export type LicenseObject = Static<typeof LicenseObject>;

/** Who looks: what depends on it in a license object. */
export interface LicenseAudience {
  /** Whether the license key and the customer's data are shown. */
  readonly isAdmin: boolean;
  /** The license seat of the holder that asks. */
  readonly seat?: Seat | undefined;
}

export function licenseToWire(license: License, usage: Usage, { isAdmin, seat }: LicenseAudience): LicenseObject {
  const { details, product, consumption } = license;
  const { now } = usage;
  const borrowedUntil = borrowEnd(seat, now);
  return {
    id: license.id,
    license_type: license.type,
    is_floating: license.floats.onPremise,
    is_floating_cloud: license.floats.cloud,
    floating_timeout: license.timeoutMs / MINUTE_MS,
    floating_users: license.capacity,
    floating_in_use_devices: usage.inUse.get(LICENSE_POOL) ?? 0,
    is_borrowed: borrowedUntil !== null,
    borrowed_until: formatDate(borrowedUntil),
    can_borrow: license.canBorrow,
    max_borrow_time: license.maxBorrowMs / HOUR_MS,
    validity_period: formatDate(license.validUntil),
    maintenance_period: formatDate(details.maintenanceUntil),
    start_date: formatDate(license.startsAt),
    grace_period: license.gracePeriodMs / HOUR_MS,
    allow_grace_period: license.allowGracePeriod,
    prevent_vm: details.preventVm,
    is_trial: details.isTrial,
    max_activations: details.maxActivations,
    times_activated: details.timesActivated,
    transfer_count: details.transferCount,
    max_transfers: details.maxTransfers,
    allow_unlimited_activations: details.allowUnlimitedActivations,
    metadata: details.metadata,
    custom_fields: [...details.customFields],
    customer: isAdmin ? details.customer : blank(details.customer),
    ...(product.authorizationMethod === "user" ? { user: null } : { license_key: isAdmin ? details.key : null }),
    order_store_id: details.orderStoreId,
    license_active: license.active,
    license_enabled: license.enabled,
    is_expired: isLicenseExpired(license, now),
    product_features: featuresToWire(license, usage),
    product_details: {
      product_id: product.id,
      product_name: product.name,
      short_code: product.code,
      authorization_method: product.authorizationMethod,
      metadata: product.metadata,
      prevent_vm: product.preventVm,
    },
    ...(consumption !== null &&
      consumptionToWire(
        consumption,
        counterAt(
          usage.counters.get(LICENSE_POOL),
          { licenseId: license.id, featureId: LICENSE_POOL },
          consumption,
          now,
        ),
      )),
  };
}

function featuresToWire(license: License, { now, inUse, counters }: Usage): FeatureObject[] {
  return license.features.map((feature) =>
    featureToWire(feature, {
      now,
      licenseId: license.id,
      inUse: inUse.get(feature.id) ?? 0,
      counter: counters.get(feature.id),
    }),
  );
}

/** The customer's fields with nothing in them. */
function blank(customer: JsonObject): JsonObject {
  return Object.fromEntries(Object.keys(customer).map((name) => [name, ""]));
}

/** The usage of a license before anyone has used it. */
export function noUsage(now: Instant): Usage {
  return { now, inUse: new Map(), counters: new Map() };
}
