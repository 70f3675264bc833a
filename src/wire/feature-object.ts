import Type, { type Static } from "typebox";
import { type Counter, counterAt, overageLimit } from "../domain/counter.ts";
import { HOUR_MS, type Instant, MINUTE_MS } from "../domain/instant.ts";
import type { ConsumptionTerms, Feature } from "../domain/license.ts";
import type { Seat } from "../domain/seat.ts";
import { formatDate } from "./date.ts";
import { Nullable, WireDate } from "./fields.ts";

/** What a metered license or feature adds to its object, beside its maximum. */
export const ConsumptionFields = {
  total_consumptions: Type.Integer(),
  max_overages: Type.Integer(),
  allow_overages: Type.Boolean(),
  allow_unlimited_consumptions: Type.Boolean(),
  allow_negative_consumptions: Type.Boolean(),
  reset_consumption: Type.Boolean(),
  consumption_period: Nullable(Type.String()),
};

const optionalConsumption = Type.Partial(
  Type.Object({ max_consumption: Type.Integer(), ...ConsumptionFields }),
).properties;

/** A feature of a license, flat, as both APIs show it. */
export const FeatureObject = Type.Object(
  {
    id: Type.Integer(),
    license_id: Type.Integer(),
    code: Type.String(),
    name: Type.String(),
    feature_type: Type.Enum(["activation", "consumption"]),
    expiry_date: WireDate,
    metadata: Type.Record(Type.String(), Type.Unknown()),
    is_floating: Type.Boolean({ description: "offline floating: floats through a floating server" }),
    is_floating_cloud: Type.Boolean({ description: "floats through the License API" }),
    floating_users: Type.Integer({ description: "seats at once" }),
    floating_in_use_devices: Type.Integer({ description: "seats in use now" }),
    floating_timeout: Type.Number({ description: "minutes" }),
    floating_end_date: Type.Unsafe<string | null>({
      ...WireDate,
      description: "by when to register again, or the end of the borrow",
    }),
    can_borrow: Type.Boolean(),
    max_borrow_time: Type.Number({ description: "hours" }),
    is_borrowed: Type.Boolean(),
    borrowed_until: WireDate,
    ...optionalConsumption,
  },
  { $id: "FeatureObject" },
);
export type FeatureObject = Static<typeof FeatureObject>;

/** How a feature is used: what its object shows beside its terms. */
export interface FeatureUse {
  readonly now: Instant;
  readonly licenseId: number;
  readonly inUse: number;
  /** The seat of the holder that asks. */
  readonly seat?: Seat | undefined;
  readonly counter?: Counter | undefined;
}

export function featureToWire(feature: Feature, use: FeatureUse): FeatureObject {
  const { licenseId, seat } = use;
  const borrowedUntil = borrowEnd(seat, use.now);
  const consumption = feature.consumption;
  return {
    id: feature.id,
    license_id: licenseId,
    code: feature.code,
    name: feature.name,
    feature_type: feature.type,
    expiry_date: formatDate(feature.expiresAt),
    metadata: feature.metadata,
    is_floating: feature.floats.onPremise,
    is_floating_cloud: feature.floats.cloud,
    floating_users: feature.capacity,
    floating_in_use_devices: use.inUse,
    floating_timeout: feature.timeoutMs / MINUTE_MS,
    floating_end_date: seat === undefined ? null : formatDate(renewBy(seat, feature.timeoutMs)),
    can_borrow: feature.canBorrow,
    max_borrow_time: feature.maxBorrowMs / HOUR_MS,
    is_borrowed: borrowedUntil !== null,
    borrowed_until: formatDate(borrowedUntil),
    ...(consumption !== null && featureConsumptionToWire(consumption, counterOf(feature, consumption, use))),
  };
}

/** Until when a seat is borrowed; null where it is not, or not any more. */
export function borrowEnd(seat: Seat | undefined, now: Instant): Instant | null {
  const until = seat?.borrowedUntil ?? null;
  return until !== null && until > now ? until : null;
}

/** When a holder should have registered again: the timeout without the server's grace, or the borrow's end. [WIRE-7] */
export function renewBy(seat: Seat, timeoutMs: number): Instant {
  return Math.max(seat.heardAt + timeoutMs, seat.borrowedUntil ?? 0);
}

export function featureConsumptionToWire(terms: ConsumptionTerms, counter: Counter) {
  const { max_consumptions, ...rest } = consumptionToWire(terms, counter);
  return { max_consumption: max_consumptions, ...rest };
}

/** The consumption fields of a license; its overage is what requests have left of the vendor's. */
export function consumptionToWire(terms: ConsumptionTerms, counter: Counter) {
  const overage = overageLimit(terms, counter);
  return {
    max_consumptions: terms.max,
    total_consumptions: counter.total,
    max_overages: Number.isFinite(overage) ? overage : 0,
    allow_overages: overage > 0,
    allow_unlimited_consumptions: terms.unlimited,
    allow_negative_consumptions: terms.allowNegative,
    reset_consumption: terms.resets !== null,
    consumption_period: terms.resets,
  };
}

function counterOf(feature: Feature, terms: ConsumptionTerms, { licenseId, now, counter }: FeatureUse): Counter {
  return counterAt(counter, { licenseId, featureId: feature.id }, terms, now);
}
