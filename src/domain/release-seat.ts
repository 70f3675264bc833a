import { changed, decideCreation, removal } from "./change-record.ts";
import type { Change, Decision, View } from "./decision.ts";
import type { SeatEvent } from "./event.ts";
import type { Hold } from "./hold.ts";
import type { JsonObject } from "./json.ts";
import type { Channel } from "./license.ts";
import { endSeats } from "./release.ts";
import { LICENSE_POOL, type Seat } from "./seat.ts";

/** How an admin releases seats. */
export interface SeatReleaseWish {
  /** Where the seats float: on a floating server a license seat takes its holder's feature seats with it. [REL-2] */
  readonly channel: Channel;
  readonly reason: string | null;
  /** For how long their holders may not have them again, in milliseconds; 0 is not at all. */
  readonly holdMs: number;
}

export interface SeatsReleased {
  /** Ids of the seats that ended, those that ended with them included; of no seat twice. */
  readonly released: readonly number[];
  /** Ids that no live seat has. */
  readonly missing: readonly number[];
  readonly holds: readonly Hold[];
}

/**
 * Gives seats of one license back for their holders, and holds them from these for a while. No license state stops it.
 * The view shows every seat, and every hold where any is asked for. [REL-1] [REL-2] [REL-5] [HOLD-1]
 *
 * @param ids of seats; those that have ended meanwhile are told apart
 */
export function decideSeatRelease(
  view: View,
  ids: readonly number[],
  { channel, reason, holdMs }: SeatReleaseWish,
): Decision<SeatsReleased> {
  const wanted = new Set(ids);
  const chosen = view.seats.filter(({ id }) => wanted.has(id));
  const found = new Set(chosen.map(({ id }) => id));
  const ended = endSeats(view, withDependents(chosen, view.seats, channel), view.seats);
  const held = holdMs > 0 ? holdSeats(view, chosen, holdMs, reason) : undefined;
  const told: JsonObject = { by: "admin", ...(reason !== null && { reason }) };
  return {
    outcome: {
      released: ended.changes.flatMap((change) => (change.change === "end_seat" ? [change.seat.id] : [])),
      missing: [...wanted].filter((id) => !found.has(id)),
      holds: held?.holds ?? [],
    },
    changes: [...ended.changes, ...(held?.changes ?? [])],
    events: [...ended.events.map((event) => ({ ...event, data: told })), ...(held?.events ?? [])],
  };
}

/** On a floating server feature seats need the license seat of their holder. */
function withDependents(chosen: readonly Seat[], all: readonly Seat[], channel: Channel): readonly Seat[] {
  if (channel === "cloud") return chosen;
  const holders = new Set(chosen.filter(({ featureId }) => featureId === LICENSE_POOL).map(({ holder }) => holder));
  if (holders.size === 0) return chosen;
  const ids = new Set(chosen.map(({ id }) => id));
  return all.filter(({ id, holder }) => ids.has(id) || holders.has(holder));
}

/** One hold for each seat, in the place of an earlier one on the same holder; those that have ended are tidied away. */
function holdSeats(view: View, seats: readonly Seat[], holdMs: number, reason: string | null) {
  const earlier = view.records.every("hold");
  const holds: Hold[] = [];
  const changes: Change[] = [];
  const events: SeatEvent[] = [];
  for (const hold of earlier) if (hold.until <= view.now) changes.push(...removal("hold", hold).changes);
  let id = view.nextIds.hold;
  for (const { licenseId, featureId, holder } of seats) {
    const parts = { licenseId, featureId, holder, until: view.now + holdMs, reason };
    const before = earlier.find((hold) => hold.until > view.now && isSame(hold, parts));
    const decision =
      before === undefined
        ? decideCreation({ ...view, nextIds: { ...view.nextIds, hold: id++ } }, "hold", undefined, (newId) => ({
            id: newId,
            ...parts,
          }))
        : changed("hold", before, { ...before, until: parts.until, reason });
    changes.push(...decision.changes);
    events.push(...decision.events.map((event) => ({ ...event, licenseId, featureId, holder })));
    holds.push(decision.outcome as Hold);
  }
  return { holds, changes, events };
}

function isSame(a: Omit<Hold, "id">, b: Omit<Hold, "id">): boolean {
  return a.licenseId === b.licenseId && a.featureId === b.featureId && a.holder === b.holder;
}
