import type { Change, ImportedFile, Scope, View } from "../../src/domain/decision.ts";
import { unchanged } from "../../src/domain/decision.ts";
import type { SeatEvent } from "../../src/domain/event.ts";
import type { License } from "../../src/domain/license.ts";
import { type Seat, type SeatDetails, seatOf } from "../../src/domain/seat.ts";
import type { Store } from "../../src/store/store.ts";
import { makeFile } from "./make-license.ts";

/*
 * What tests of stores do to them, without the rules of the domain.
 */

export function addLicense(store: Store, license: License, file: ImportedFile = makeFile()): Promise<void> {
  return change(store, { change: "put_license", license, file });
}

/** What a decision of that scope sees. */
export function look(store: Store, scope: Scope): Promise<View> {
  return store.transact(scope, unchanged);
}

export function change(store: Store, ...changes: Change[]): Promise<void> {
  return store.transact({ license: { licenseId: 1 } }, () => ({ outcome: undefined, changes, events: [] }));
}

export function record(store: Store, ...events: SeatEvent[]): Promise<void> {
  return store.transact({ license: { licenseId: 1 } }, () => ({ outcome: undefined, changes: [], events }));
}

export interface Taking {
  readonly licenseId?: number;
  readonly featureId?: number;
  readonly holder?: string;
  /** How long it lasts. */
  readonly ms?: number;
  readonly details?: SeatDetails;
}

/** Puts a holder in a seat, a new one or again, and tells of it in an event. */
export function take(store: Store, taking: Taking = {}): Promise<Seat> {
  const { licenseId = 1, featureId = 11, holder = "ann", ms = 1_000, details } = taking;
  return store.transact({ license: { licenseId }, holder }, ({ now, mine, nextSeatId }) => {
    const held = mine.find((seat) => seat.featureId === featureId);
    const seat = seatOf({
      licenseId,
      featureId,
      holder,
      id: held?.id ?? nextSeatId,
      takenAt: held?.takenAt ?? now,
      heardAt: now,
      beatEndsAt: now + ms,
      borrowedUntil: null,
      neededUntil: 0,
    });
    return {
      outcome: seat,
      changes: [{ change: "put_seat", seat, details }],
      events: [{ kind: held === undefined ? "seat_granted" : "seat_renewed", licenseId, featureId, holder }],
    };
  });
}

export function end(store: Store, seat: Seat): Promise<void> {
  return change(store, { change: "end_seat", seat });
}
