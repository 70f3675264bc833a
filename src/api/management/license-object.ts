import { counterAt } from "../../domain/counter.ts";
import type { JsonObject } from "../../domain/json.ts";
import type { ConsumptionTerms, License } from "../../domain/license.ts";
import { LICENSE_POOL, type PoolKey } from "../../domain/seat.ts";
import type { Usage } from "../../domain/usage.ts";
import { isoTime } from "./names.ts";
import { termsToWire, toFlatWire } from "./terms.ts";

/** A license of either side. @param usage what is used of it; left out where only its terms are told */
export function licenseToWire(license: License, usage?: Usage): JsonObject {
  const { details, product, features, issued } = license;
  return {
    id: license.id,
    product: product.code,
    key: details.key,
    is_active: license.active,
    is_enabled: license.enabled,
    type: license.type,
    ...termsToWire(license),
    starts_at: isoTime(license.startsAt),
    valid_until: isoTime(license.validUntil),
    maintenance_until: isoTime(details.maintenanceUntil),
    allow_grace_period: license.allowGracePeriod,
    grace_period_seconds: license.gracePeriodMs / 1_000,
    prevent_vm: details.preventVm,
    is_trial: details.isTrial,
    max_activations: details.maxActivations,
    allow_unlimited_activations: details.allowUnlimitedActivations,
    max_transfers: details.maxTransfers,
    times_activated: details.timesActivated,
    transfer_count: details.transferCount,
    ...used(usage, { licenseId: license.id, featureId: LICENSE_POOL }, license.consumption),
    features: features.map((feature) => ({
      ...toFlatWire(feature),
      ...used(usage, { licenseId: license.id, featureId: feature.id }, feature.consumption),
    })),
    // What a vendor alone knows is in no file.
    valid_duration_seconds: secondsOf(issued?.validDurationMs),
    max_users: issued?.maxUsers ?? 0,
    is_air_gapped: issued?.isAirGapped ?? false,
    users: (issued?.users ?? []).map(({ userId, maxActivations, allowUnlimitedActivations }) => ({
      user_id: userId,
      max_activations: maxActivations,
      allow_unlimited_activations: allowUnlimitedActivations,
    })),
    customer_id: issued?.customerId ?? null,
    customer: details.customer,
    order_id: issued?.orderId ?? null,
    order_store_id: details.orderStoreId,
    policy_id: issued?.policyId ?? null,
    bundle: issued?.bundleCode ?? null,
    metadata: details.metadata,
    custom_fields: details.customFields,
    issued_at: isoTime(issued?.at),
  };
}

function used(usage: Usage | undefined, key: PoolKey, consumption: ConsumptionTerms | null): JsonObject {
  if (usage === undefined) return {};
  const stored = usage.counters.get(key.featureId);
  return {
    in_use: usage.inUse.get(key.featureId) ?? 0,
    // As it stands now: a total of a period that has passed counts no more. [CONS-5]
    ...(consumption !== null &&
      stored !== undefined && { consumed: Math.max(0, counterAt(stored, key, consumption, usage.now).total) }),
  };
}

function secondsOf(ms: number | null | undefined): number | null {
  return ms === null || ms === undefined ? null : ms / 1_000;
}
