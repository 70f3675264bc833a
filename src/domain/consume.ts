import { admitFeature, admitLicense } from "./admission.ts";
import { type Counter, counterAt, overageLimit } from "./counter.ts";
import type { Change, Decision, View } from "./decision.ts";
import { unchanged } from "./decision.ts";
import type { SeatEvent } from "./event.ts";
import { DAY_MS, type Instant } from "./instant.ts";
import type { Json } from "./json.ts";
import type { Channel, ConsumptionTerms, Feature, License } from "./license.ts";
import { isRefusal, type Refusal, refuse } from "./outcome.ts";
import { LICENSE_POOL } from "./seat.ts";

/** How long a reply is kept under its idempotency key. [CONS-6] */
export const REPLY_KEPT_MS = 7 * DAY_MS;

export interface Consumption {
  /** Whole units; negative gives back. */
  readonly amount: number;
  /** Overage this request accepts, for itself and those that follow; undefined leaves the vendor's. [CONS-4] */
  readonly overageLimit?: number | undefined;
  readonly user?: string | undefined;
  /** Under which the outcome is kept and given again. */
  readonly replyKey?: string | undefined;
}

/** The counter after the change. Plain data, so that it can be kept and given again. */
export interface Consumed {
  readonly licenseId: number;
  readonly terms: ConsumptionTerms;
  readonly counter: Counter;
  /** The feature it was, with the live seats of its pool; null for the license itself. */
  readonly feature: Feature | null;
  readonly inUse: number;
  readonly at: Instant;
}

type ConsumeOutcome = Consumed | Refusal;

/** Adds to the license's own counter. [CONS-1] */
export function decideLicenseConsumption(view: View, wish: Consumption, channel: Channel): Decision<ConsumeOutcome> {
  const license = admitLicense(view, channel);
  return isRefusal(license) ? unchanged(license) : addToLicense(view, license, wish);
}

/** Adds to a feature's counter. [CONS-1] */
export function decideFeatureConsumption(
  view: View,
  code: string,
  wish: Consumption,
  channel: Channel,
): Decision<ConsumeOutcome> {
  const license = admitLicense(view, channel);
  if (isRefusal(license)) return unchanged(license);
  const feature = admitFeature(view, license, code);
  return isRefusal(feature) ? unchanged(feature) : addToFeature(view, license, feature, wish);
}

/** Adds to the counter of a license that is admitted. */
export function addToLicense(view: View, license: License, wish: Consumption): Decision<ConsumeOutcome> {
  if (license.consumption === null) return unchanged(refuse("license_not_consumption"));
  return add(view, license.id, null, license.consumption, wish);
}

/** Adds to the counter of a feature that is admitted. */
export function addToFeature(
  view: View,
  license: License,
  feature: Feature,
  wish: Consumption,
): Decision<ConsumeOutcome> {
  if (feature.consumption === null) return unchanged(refuse("unsupported_product_feature"));
  return add(view, license.id, feature, feature.consumption, wish);
}

function add(
  view: View,
  licenseId: number,
  feature: Feature | null,
  terms: ConsumptionTerms,
  wish: Consumption,
): Decision<ConsumeOutcome> {
  if (view.keptReply !== undefined) return unchanged(view.keptReply as unknown as ConsumeOutcome);
  const featureId = feature?.id ?? LICENSE_POOL;
  const current = counterAt(view.counters.get(featureId), { licenseId, featureId }, terms, view.now);
  const counter = tighten({ ...current, total: current.total + wish.amount }, wish.overageLimit);
  const refusal = refuseAmount(terms, counter, wish.amount, feature);
  const kind = refusal === undefined ? "consumption_added" : "consumption_denied";
  const event: SeatEvent = {
    kind,
    licenseId,
    featureId,
    ...(wish.user !== undefined && { holder: wish.user }),
    data: { amount: wish.amount, total: refusal === undefined ? counter.total : current.total },
  };
  const outcome: ConsumeOutcome = refusal ?? {
    licenseId,
    terms,
    counter,
    feature,
    inUse: view.featurePool.inUse,
    at: view.now,
  };
  const changes: Change[] = refusal === undefined ? [{ change: "put_counter", counter }] : [];
  if (wish.replyKey !== undefined) {
    const reply = outcome as unknown as Json;
    changes.push({ change: "keep_reply", licenseId, key: wish.replyKey, reply, until: view.now + REPLY_KEPT_MS });
  }
  return { outcome, changes, events: [event] };
}

/** A request may lower the overage for itself and later ones, never raise it. */
function tighten(counter: Counter, limit: number | undefined): Counter {
  if (limit === undefined) return counter;
  return { ...counter, overageLimit: Math.min(limit, counter.overageLimit ?? limit) };
}

function refuseAmount(
  terms: ConsumptionTerms,
  counter: Counter,
  amount: number,
  feature: Feature | null,
): Refusal | undefined {
  if (amount < 0) {
    // A total below zero would give more than was sold. [CONS-3]
    return terms.allowNegative && counter.total >= 0 ? undefined : refuse("negative_consumptions_not_allowed");
  }
  const limit = terms.unlimited ? Number.MAX_SAFE_INTEGER : terms.max + overageLimit(terms, counter);
  const isWithin = amount === 0 || counter.total <= Math.min(limit, Number.MAX_SAFE_INTEGER);
  if (isWithin) return undefined;
  return refuse(feature === null ? "license_not_enough_consumptions" : "feature_not_enough_consumptions");
}
