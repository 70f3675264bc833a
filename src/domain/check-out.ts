import { admitCaller, admitFeature, admitLicense } from "./admission.ts";
import { type BorrowWish, grantBorrow } from "./borrow.ts";
import type { Counter } from "./counter.ts";
import type { Change, Decision, PoolView, View } from "./decision.ts";
import { unchanged } from "./decision.ts";
import { type Device, seenDevice } from "./device.ts";
import { expiryEvents, type SeatEvent, seatEvents } from "./event.ts";
import { heldUntil } from "./hold.ts";
import type { JsonObject } from "./json.ts";
import type { Channel, Feature, License, PoolTerms } from "./license.ts";
import { findLicenseSeat, neededUntil } from "./license-seat.ts";
import { isRefusal, type Refusal, refuse, refuseFull } from "./outcome.ts";
import { isOnDemand, LICENSE_POOL, type Seat, type SeatDetails, seatOf } from "./seat.ts";

/** A wish to take, or go on holding, a seat. */
export interface CheckOut {
  readonly channel: Channel;
  readonly holder: string;
  /** Added to every timeout, because clients beat exactly at it. */
  readonly graceMs: number;
  readonly borrow: BorrowWish;
  /** Whether a borrow date replaces an earlier one; otherwise the later of the two holds. [BORROW-3] */
  readonly movesBorrow?: boolean;
  readonly details?: SeatDetails;
  /** What the device that asks says of itself. */
  readonly deviceInfo?: JsonObject;
}

export interface CheckedOut {
  readonly checkedOut: "granted" | "renewed";
  readonly license: License;
  /** The feature whose seat it is; null for a seat of the license itself. */
  readonly feature: Feature | null;
  readonly seat: Seat;
  /** The device in it, at the vendor. */
  readonly device: Device | undefined;
  /** Live seats of the pool, this one included. */
  readonly inUse: number;
  /** What is used up of a metered feature. */
  readonly counter: Counter | undefined;
}

/** A license or feature was found good; where it floats, with the seat that was taken or renewed. */
export type Checked =
  | CheckedOut
  | (Omit<CheckedOut, "checkedOut" | "seat"> & { checkedOut: "checked"; seat: undefined });

/** Takes or renews a seat of a feature, and with it the license seat that it needs. [SEAT-1] to [SEAT-6] */
export function decideFeatureCheckOut(view: View, code: string, wish: CheckOut): Decision<CheckedOut | Refusal> {
  const { now, mine } = view;
  const license = admitLicense(view, wish.channel);
  if (isRefusal(license)) return unchanged(license);
  const feature = admitFeature(view, license, code);
  if (isRefusal(feature)) return unchanged(feature);
  if (!feature.floats[wish.channel]) return unchanged(refuse("feature_not_floating"));
  const borrowedUntil = grantBorrow(feature, wish.borrow, now);
  if (isRefusalOrNull(borrowedUntil)) return unchanged(borrowedUntil);

  const needsLicenseSeat = wish.channel === "onPremise" && license.floats.onPremise;
  const licenseSeat = needsLicenseSeat ? findLicenseSeat(mine) : undefined;
  const held = mine.find((seat) => seat.featureId === feature.id);
  const licenseHold = needsLicenseSeat && licenseSeat === undefined ? heldUntil(view.holds, LICENSE_POOL) : undefined;
  const hold = held === undefined ? heldUntil(view.holds, feature.id) : undefined;
  if (licenseHold !== undefined || hold !== undefined) {
    return heldBack(view, license, feature.id, Math.max(licenseHold ?? 0, hold ?? 0), wish.holder);
  }
  if (needsLicenseSeat && licenseSeat === undefined && isFull(view.licensePool, license)) {
    return denied(view, license, feature.id, "license", license.capacity, wish.holder);
  }
  if (held === undefined && isFull(view.featurePool, feature)) {
    return denied(view, license, feature.id, "feature", feature.capacity, wish.holder);
  }

  const key = { licenseId: license.id, featureId: feature.id };
  const seat = occupy(view.nextSeatId, held, key, feature, borrowedUntil, view, wish);
  const changes: Change[] = [{ change: "put_seat", seat, details: wish.details }, ...deviceChanges(view, wish)];
  const lapsed: SeatEvent[] = [];
  if (needsLicenseSeat) {
    const others = mine.filter((other) => other !== held);
    const needed = Math.max(seat.endsAt, neededUntil(others));
    const kept = keepLicenseSeat(view, license, licenseSeat, needed, wish);
    if (licenseSeat !== undefined && isOnDemand(kept)) lapsed.push(...lapseEvents(licenseSeat));
    changes.push({ change: "put_seat", seat: kept, details: licenseSeat === undefined ? wish.details : undefined });
  }
  const inUse = view.featurePool.inUse + (held === undefined ? 1 : 0);
  return {
    outcome: {
      checkedOut: held === undefined ? "granted" : "renewed",
      license,
      feature,
      seat,
      device: view.device,
      inUse,
      counter: view.counters.get(feature.id),
    },
    changes,
    events: [...lapsed, ...seatEvents(held === undefined ? "seat_granted" : "seat_renewed", seat)],
  };
}

/** Takes or renews a seat of the license itself. [SEAT-7] */
export function decideLicenseCheckOut(view: View, wish: CheckOut): Decision<CheckedOut | Refusal> {
  const license = admitLicense(view, wish.channel);
  if (isRefusal(license)) return unchanged(license);
  if (!license.floats[wish.channel]) return unchanged(refuse("license_not_floating"));
  const borrowedUntil = grantBorrow(license, wish.borrow, view.now);
  if (isRefusalOrNull(borrowedUntil)) return unchanged(borrowedUntil);

  const held = findLicenseSeat(view.mine);
  const hold = held === undefined ? heldUntil(view.holds, LICENSE_POOL) : undefined;
  if (hold !== undefined) return heldBack(view, license, LICENSE_POOL, hold, wish.holder);
  if (held === undefined && isFull(view.licensePool, license)) {
    return denied(view, license, LICENSE_POOL, "license", license.capacity, wish.holder);
  }
  const key = { licenseId: license.id, featureId: LICENSE_POOL };
  const occupied = occupy(view.nextSeatId, held, key, license, borrowedUntil, view, wish);
  const seat = wish.channel === "onPremise" ? seatOf({ ...occupied, neededUntil: neededUntil(view.mine) }) : occupied;
  const inUse = view.licensePool.inUse + (held === undefined ? 1 : 0);
  return {
    outcome: {
      checkedOut: held === undefined ? "granted" : "renewed",
      license,
      feature: null,
      seat,
      device: view.device,
      inUse,
      counter: undefined,
    },
    changes: [{ change: "put_seat", seat, details: wish.details }, ...deviceChanges(view, wish)],
    events: seatEvents(held === undefined || isOnDemand(held) ? "seat_granted" : "seat_renewed", seat),
  };
}

/** A device asks whether it may use a feature; one that floats costs it a seat. [SEAT-8] */
export function decideFeatureCheck(view: View, code: string, wish: CheckOut): Decision<Checked | Refusal> {
  const license = admitLicense(view, wish.channel);
  if (isRefusal(license)) return unchanged(license);
  const feature = admitFeature(view, license, code);
  if (isRefusal(feature)) return unchanged(feature);
  if (feature.floats[wish.channel]) return decideFeatureCheckOut(view, code, wish);
  const counter = view.counters.get(feature.id);
  return {
    outcome: { checkedOut: "checked", license, feature, seat: undefined, device: view.device, inUse: 0, counter },
    changes: deviceChanges(view, wish),
    events: [],
  };
}

/** A device asks after its license; one that floats costs it a seat, and gives none past its validity. [SEAT-8] */
export function decideLicenseCheck(view: View, wish: CheckOut): Decision<Checked | Refusal> {
  const license = admitCaller(view, wish.channel);
  if (isRefusal(license)) return unchanged(license);
  if (license.floats[wish.channel]) return decideLicenseCheckOut(view, wish);
  return {
    outcome: {
      checkedOut: "checked",
      license,
      feature: null,
      seat: undefined,
      device: view.device,
      inUse: view.licensePool.inUse,
      counter: undefined,
    },
    changes: deviceChanges(view, wish),
    events: [],
  };
}

function deviceChanges({ device, now }: View, { deviceInfo = {} }: CheckOut): Change[] {
  const seen = device && seenDevice(device, deviceInfo, now);
  return seen === undefined || seen === device ? [] : [{ change: "put_device", device: seen }];
}

function isRefusalOrNull(value: number | null | Refusal): value is Refusal {
  return value !== null && typeof value === "object";
}

function isFull(pool: PoolView, terms: PoolTerms): boolean {
  return pool.inUse >= terms.capacity;
}

/** The holder's seat after a check-out: a new one, or the held one with its timer restarted. */
function occupy(
  newId: number,
  held: Seat | undefined,
  key: { licenseId: number; featureId: number },
  terms: PoolTerms,
  borrowedUntil: number | null,
  { now }: View,
  wish: CheckOut,
): Seat {
  const earlier = held?.borrowedUntil ?? null;
  const keepsEarlier = earlier !== null && earlier > now && !(wish.movesBorrow && borrowedUntil !== null);
  return seatOf({
    licenseId: key.licenseId,
    featureId: key.featureId,
    holder: wish.holder,
    id: held?.id ?? newId,
    takenAt: held?.takenAt ?? now,
    heardAt: now,
    beatEndsAt: now + terms.timeoutMs + wish.graceMs,
    borrowedUntil: keepsEarlier ? Math.max(earlier, borrowedUntil ?? 0) : borrowedUntil,
    neededUntil: held?.neededUntil ?? 0,
  });
}

/** The license seat under a feature seat: taken on demand, or kept; one that was asked for is renewed as well. */
function keepLicenseSeat(view: View, license: License, held: Seat | undefined, needed: number, wish: CheckOut): Seat {
  const { now } = view;
  const wasAskedFor = held !== undefined && Math.max(held.beatEndsAt, held.borrowedUntil ?? 0) > now;
  return seatOf({
    licenseId: license.id,
    featureId: LICENSE_POOL,
    holder: wish.holder,
    id: held?.id ?? view.nextSeatId + 1,
    takenAt: held?.takenAt ?? now,
    heardAt: now,
    beatEndsAt: wasAskedFor ? now + license.timeoutMs + wish.graceMs : 0,
    borrowedUntil: wasAskedFor ? held.borrowedUntil : null,
    neededUntil: needed,
  });
}

/** A license seat that was asked for has run out, and goes on as one on demand: its end is told as any other. [STORE-3] */
function lapseEvents(held: Seat): readonly SeatEvent[] {
  return isOnDemand(held) ? [] : expiryEvents(seatOf({ ...held, neededUntil: 0 }));
}

function denied(
  view: View,
  license: License,
  featureId: number,
  full: "license" | "feature",
  capacity: number,
  holder: string,
): Decision<Refusal> {
  const pool = full === "license" ? view.licensePool : view.featurePool;
  const data = { full, inUse: pool.inUse, capacity };
  return {
    outcome: refuseFull(view.now, pool.firstEndsAt),
    changes: [],
    events: [{ kind: "seat_denied", licenseId: license.id, featureId, holder, data }],
  };
}

/** There may be seats, but not for this holder yet. [HOLD-1] */
function heldBack(
  { now, licensePool, featurePool }: View,
  license: License,
  featureId: number,
  until: number,
  holder: string,
): Decision<Refusal> {
  const { inUse } = featureId === LICENSE_POOL ? licensePool : featurePool;
  return {
    outcome: refuseFull(now, until),
    changes: [],
    events: [{ kind: "seat_denied", licenseId: license.id, featureId, holder, data: { heldUntil: until, inUse } }],
  };
}
