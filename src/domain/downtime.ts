import type { Instant } from "./instant.ts";
import type { License } from "./license.ts";
import { isLive, LICENSE_POOL, type Seat, seatOf } from "./seat.ts";

/**
 * A license's seats after an outage: those that were live when the server stopped get back the time it was
 * down, at most one timeout each, because their holders could not renew them. A borrow's date stays. [TIME-5]
 *
 * @param stoppedAt when the server was last alive
 * @returns the seats that changed
 */
export function extendSeats(
  license: License,
  seats: readonly Seat[],
  stoppedAt: Instant,
  now: Instant,
): readonly Seat[] {
  const timeouts = new Map<number, number>([[LICENSE_POOL, license.timeoutMs]]);
  for (const feature of license.features) timeouts.set(feature.id, feature.timeoutMs);
  const extended = new Map<Seat, Seat>();
  const needs = new Map<string, Instant>();
  for (const seat of seats) {
    if (!isLive(seat, stoppedAt)) continue;
    const extension = Math.min(Math.max(0, now - stoppedAt), timeouts.get(seat.featureId) ?? 0);
    const after = extend(seat, extension, stoppedAt, now);
    extended.set(seat, after);
    if (seat.featureId !== LICENSE_POOL) needs.set(seat.holder, Math.max(needs.get(seat.holder) ?? 0, after.endsAt));
  }
  const changed: Seat[] = [];
  for (const [before, after] of extended) {
    const needed = Math.max(after.neededUntil, needs.get(after.holder) ?? 0);
    const isNeeded = after.featureId === LICENSE_POOL && after.neededUntil > 0;
    const final = isNeeded ? seatOf({ ...after, neededUntil: needed }) : after;
    const isSame = final.beatEndsAt === before.beatEndsAt && final.neededUntil === before.neededUntil;
    if (!isSame) changed.push(final);
  }
  return changed;
}

function extend(seat: Seat, extensionMs: number, stoppedAt: Instant, now: Instant): Seat {
  const borrowedUntil = seat.borrowedUntil ?? 0;
  if (seat.beatEndsAt > stoppedAt) return seatOf({ ...seat, beatEndsAt: seat.beatEndsAt + extensionMs });
  // A seat that hung on its borrow alone, and lost it meanwhile, could not be renewed in time either.
  const lostItsBorrow = borrowedUntil > stoppedAt && borrowedUntil <= now;
  return lostItsBorrow ? seatOf({ ...seat, beatEndsAt: borrowedUntil + extensionMs }) : seat;
}
