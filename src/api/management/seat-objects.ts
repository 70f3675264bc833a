import type { Hold } from "../../domain/hold.ts";
import type { Channel, License, PoolTerms } from "../../domain/license.ts";
import { LICENSE_POOL, type PoolKey } from "../../domain/seat.ts";
import type { SeatRecord, Store } from "../../store/store.ts";
import type { FeatureCodes } from "./feature-codes.ts";
import type { ListSource } from "./list.ts";
import { isoTime } from "./names.ts";

/** A pool whose seats float here. */
export interface ShownPool extends PoolKey {
  readonly license: License;
  /** Null is the license's own pool. */
  readonly feature: string | null;
  readonly terms: PoolTerms;
  readonly inUse: number;
}

/** The pools that float on a channel, license by license. */
export async function findPools(store: Store, channel: Channel): Promise<readonly ShownPool[]> {
  const pools: ShownPool[] = [];
  for (const license of await store.licenses()) {
    const ofLicense = [
      { id: LICENSE_POOL, code: null, terms: license },
      ...license.features.map((feature) => ({ id: feature.id, code: feature.code, terms: feature })),
    ].filter(({ terms }) => terms.floats[channel]);
    const usage = ofLicense.length === 0 ? undefined : await store.usage(license.id);
    if (usage === undefined) continue;
    for (const { id, code, terms } of ofLicense) {
      const inUse = usage.inUse.get(id) ?? 0;
      pools.push({ licenseId: license.id, featureId: id, license, feature: code, terms, inUse });
    }
  }
  return pools;
}

/** @param channel of all of them */
export function poolList(items: readonly ShownPool[], channel: Channel): ListSource<ShownPool> {
  const id = ({ licenseId, featureId }: ShownPool) => `${licenseId}-${featureId}`;
  const shownChannel = channel === "cloud" ? "cloud" : "offline";
  const toWire = (pool: ShownPool) => ({
    id: id(pool),
    license: pool.licenseId,
    product: pool.license.product.code,
    feature: pool.feature,
    channel: shownChannel,
    seats: pool.terms.capacity,
    in_use: pool.inUse,
    timeout_seconds: pool.terms.timeoutMs / 1_000,
    can_borrow: pool.terms.canBorrow,
  });
  return {
    items,
    fields: {
      id,
      license: ({ licenseId }) => licenseId,
      product: ({ license }) => license.product.code,
      feature: ({ feature }) => feature,
      channel: () => shownChannel,
      seats: ({ terms }) => terms.capacity,
      in_use: ({ inUse }) => inUse,
      timeout_seconds: ({ terms }) => terms.timeoutMs / 1_000,
      can_borrow: ({ terms }) => terms.canBorrow,
    },
    toWire,
  };
}

export function seatToWire({ seat, details }: SeatRecord, codes: FeatureCodes) {
  return {
    id: seat.id,
    license: seat.licenseId,
    product: codes.productOf(seat.licenseId),
    feature: codes.codeOf(seat.licenseId, seat.featureId),
    holder: seat.holder,
    hostname: details.hostname ?? null,
    local_ip: details.localIp ?? null,
    info: details.info ?? null,
    taken_at: isoTime(seat.takenAt),
    heard_at: isoTime(seat.heardAt),
    ends_at: isoTime(seat.endsAt),
    borrowed_until: isoTime(seat.borrowedUntil),
  };
}

export function seatList(items: readonly SeatRecord[], codes: FeatureCodes): ListSource<SeatRecord> {
  return {
    items,
    fields: {
      id: ({ seat }) => seat.id,
      license: ({ seat }) => seat.licenseId,
      product: ({ seat }) => codes.productOf(seat.licenseId),
      feature: ({ seat }) => codes.codeOf(seat.licenseId, seat.featureId),
      holder: ({ seat }) => seat.holder,
      hostname: ({ details }) => details.hostname,
      local_ip: ({ details }) => details.localIp,
      info: ({ details }) => details.info,
      taken_at: ({ seat }) => seat.takenAt,
      heard_at: ({ seat }) => seat.heardAt,
      ends_at: ({ seat }) => seat.endsAt,
      borrowed_until: ({ seat }) => seat.borrowedUntil,
    },
    toWire: (record) => seatToWire(record, codes),
  };
}

export function holdToWire(hold: Hold, codes: FeatureCodes) {
  const { id, licenseId, holder, until, reason } = hold;
  return {
    id,
    license: licenseId,
    product: codes.productOf(hold.licenseId),
    feature: codes.codeOf(hold.licenseId, hold.featureId),
    holder,
    until: isoTime(until),
    reason,
  };
}

export function holdList(items: readonly Hold[], codes: FeatureCodes): ListSource<Hold> {
  return {
    items,
    fields: {
      id: ({ id }) => id,
      license: ({ licenseId }) => licenseId,
      product: (hold) => codes.productOf(hold.licenseId),
      feature: (hold) => codes.codeOf(hold.licenseId, hold.featureId),
      holder: ({ holder }) => holder,
      until: ({ until }) => until,
      reason: ({ reason }) => reason,
    },
    toWire: (hold) => holdToWire(hold, codes),
  };
}
