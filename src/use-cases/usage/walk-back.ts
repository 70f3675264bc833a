import type { Instant } from "../../domain/instant.ts";
import { type LicenseNow, LicenseWalk, type SeatStep } from "../../domain/license-walk.ts";
import { isOnDemand } from "../../domain/seat.ts";
import type { SpanSink } from "../../domain/span-walk.ts";
import type { EventRecord, SeatsAsTold, Store } from "../../store/store.ts";
import { eventPages } from "../event-pages.ts";

const STEPS: Readonly<Record<string, SeatStep["step"]>> = {
  seat_granted: "taken",
  seat_released: "ended",
  seat_expired: "ended",
  seat_denied: "denied",
};

/** The events that tell of seats. */
export const STEP_KINDS = Object.keys(STEPS);

export interface Walking {
  readonly told: SeatsAsTold;
  /** How far back. */
  readonly until: Instant;
  /** Left out: every license that there are events of. */
  readonly licenseIds?: readonly number[] | undefined;
  /** A holder of feature seats has a license seat too. [SEAT-6] */
  readonly needsLicenseSeats: boolean;
  readonly sink: SpanSink;
  /** Is waited for after each page of events. */
  readonly onPage?: (events: number) => void | Promise<void>;
}

/** Tells usage backwards, from what is in use to `until`. @returns what each license had in use when it began */
export async function walkBack(store: Store, walking: Walking): Promise<(licenseId: number) => LicenseWalk["inUse"]> {
  const { told, until, licenseIds, needsLicenseSeats, sink, onPage } = walking;
  const { now, lastEventId } = told;
  const asked = told.seats.filter((seat) => !isOnDemand(seat));
  const seatsOf = Map.groupBy(asked, ({ licenseId }) => licenseId);
  const walks = new Map<number, LicenseWalk>();
  const walkOf = (licenseId: number) => {
    let walk = walks.get(licenseId);
    if (walk === undefined) {
      const license: LicenseNow = { licenseId, now, seats: seatsOf.get(licenseId) ?? [], needsLicenseSeats };
      walk = new LicenseWalk(license, sink);
      walks.set(licenseId, walk);
    }
    return walk;
  };
  // Those that have run out are told of later than what happened since.
  for (const { licenseId, endsAt } of asked) if (endsAt <= now) walkOf(licenseId);
  const filter = { kinds: STEP_KINDS, licenseIds, since: until, isNewestFirst: true };
  for await (const events of eventPages(store, filter, lastEventId + 1)) {
    for (const event of events) {
      const step = stepOf(event);
      if (step !== undefined) walkOf(event.licenseId).back(step, event.at);
    }
    await onPage?.(events.length);
  }
  for (const walk of walks.values()) walk.finish(until);
  return (licenseId) => walkOf(licenseId).inUse;
}

/** What an event says of a seat; undefined where it is about none. */
export function stepOf({ kind, at, featureId, holder, data }: EventRecord): SeatStep | undefined {
  const step = STEPS[kind];
  if (step === undefined || holder === null) return undefined;
  const { endedAt = at, full } = (data === null ? {} : JSON.parse(data)) as Partial<{
    endedAt: number;
    full: "license" | "feature";
  }>;
  return { at: endedAt, step, featureId, holder, full };
}
