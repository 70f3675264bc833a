import type { Seat } from "../../src/domain/seat.ts";
import { seatOf } from "../../src/domain/seat.ts";
import type { Store } from "../../src/store/store.ts";

/** How many seats there are. */
export const TEN = 10;

/** Takes one of ten seats of a feature of a license; undefined where none is free. */
export function takeOneOfTen(store: Store, holder: string, licenseId = 1): Promise<Seat | undefined> {
  const scope = { license: { licenseId }, feature: "render", holder };
  return store.transact<Seat | undefined>(scope, ({ featurePool, mine, now, nextSeatId }) => {
    if (mine.length > 0 || featurePool.inUse >= TEN) return { outcome: undefined, changes: [], events: [] };
    const times = { takenAt: now, heardAt: now, beatEndsAt: now + 3_600_000, borrowedUntil: null, neededUntil: 0 };
    const seat = seatOf({ licenseId, featureId: 11, holder, id: nextSeatId, ...times });
    const event = { kind: "seat_granted", licenseId, featureId: 11, holder } as const;
    return { outcome: seat, changes: [{ change: "put_seat", seat }], events: [event] };
  });
}

export function giveBack(store: Store, seat: Seat): Promise<void> {
  const { licenseId, featureId, holder } = seat;
  return store.transact({ license: { licenseId }, holder }, () => ({
    outcome: undefined,
    changes: [{ change: "end_seat", seat }],
    events: [{ kind: "seat_released", licenseId, featureId, holder }],
  }));
}

/** The most seats that were out at once by what events tell, which are numbered under the license's lock. */
export async function mostAtOnce(store: Store, licenseId = 1): Promise<number> {
  let out = 0;
  let most = 0;
  const filter = { licenseIds: [licenseId], kinds: ["seat_granted", "seat_released", "seat_expired"] };
  for (const { kind } of await store.events(0, 1_000_000, filter)) {
    out += kind === "seat_granted" ? 1 : -1;
    most = Math.max(most, out);
  }
  return most;
}
