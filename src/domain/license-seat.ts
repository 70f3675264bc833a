import type { Instant } from "./instant.ts";
import { LICENSE_POOL, type Seat, seatOf } from "./seat.ts";

/** The license seat among a holder's seats. */
export function findLicenseSeat(mine: readonly Seat[]): Seat | undefined {
  return mine.find((seat) => seat.featureId === LICENSE_POOL);
}

/** Until when a holder's feature seats need a license seat; 0 where there are none. [SEAT-6] */
export function neededUntil(mine: readonly Seat[]): Instant {
  let latest = 0;
  for (const seat of mine) if (seat.featureId !== LICENSE_POOL && seat.endsAt > latest) latest = seat.endsAt;
  return latest;
}

/**
 * The license seat once the holder's feature seats are those in `remaining`. It may have ended by that. One that no
 * feature seat has needed stays as it is: at the vendor, features need none.
 */
export function licenseSeatFor(licenseSeat: Seat, remaining: readonly Seat[]): Seat {
  if (licenseSeat.neededUntil === 0) return licenseSeat;
  return seatOf({ ...licenseSeat, neededUntil: neededUntil(remaining) });
}
