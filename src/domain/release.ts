import { admitFeature, admitRelease } from "./admission.ts";
import type { Change, Decision, View } from "./decision.ts";
import { unchanged } from "./decision.ts";
import { type SeatEvent, seatEvents } from "./event.ts";
import { type Channel, findFeature } from "./license.ts";
import { findLicenseSeat, licenseSeatFor } from "./license-seat.ts";
import { isRefusal, type Refusal, refuse } from "./outcome.ts";
import { isLive, LICENSE_POOL, type Seat } from "./seat.ts";

export interface Released {
  /** How many seats ended. */
  readonly released: number;
}

/** Gives a feature seat back, borrow and all, and the license seat with it where nothing else needs it. [REL-1] */
export function decideFeatureRelease(view: View, code: string, channel: Channel): Decision<Released | Refusal> {
  const license = admitRelease(view, channel);
  if (isRefusal(license)) return unchanged(license);
  const feature = admitFeature(view, license, code);
  if (isRefusal(feature)) return unchanged(feature);
  if (!feature.floats[channel]) return unchanged(refuse("feature_not_floating"));
  const held = view.mine.filter((seat) => seat.featureId === feature.id);
  if (held.length === 0) return unchanged(refuse("floating_feature_device_not_in_use"));
  return endSeats(view, held, view.mine);
}

/**
 * Gives a license seat back, and on a floating server with it every feature seat of its holder, which need it. [REL-2]
 * A device that has none gives nothing back, and that is no error. [REL-5]
 */
export function decideLicenseRelease(view: View, channel: Channel): Decision<Released | Refusal> {
  const license = admitRelease(view, channel);
  if (isRefusal(license)) return unchanged(license);
  if (!license.floats[channel]) return unchanged(refuse("license_not_floating"));
  const held = findLicenseSeat(view.mine);
  if (channel === "cloud") return held === undefined ? unchanged({ released: 0 }) : endSeats(view, [held], view.mine);
  return held === undefined ? unchanged(refuse("device_not_found")) : endSeats(view, view.mine, view.mine);
}

/**
 * Gives back the feature seats of every holder: of one feature, or of all. [REL-3]
 * Looks at no license state: an administrator's release always works.
 */
export function decideReleaseAllFeatures(view: View, code: string | undefined): Decision<Released> {
  const isChosen = featureFilter(view, code);
  const ending = view.seats.filter((seat) => seat.featureId !== LICENSE_POOL && isChosen(seat));
  return endSeats(view, ending, view.seats);
}

/**
 * Gives back every license seat and the feature seats of those who held one; with a feature,
 * only of the holders of that feature. [REL-4]
 */
export function decideReleaseAllLicenseSeats(view: View, code: string | undefined): Decision<Released> {
  const isChosen = featureFilter(view, code);
  const registered = holdersOf(view.seats.filter((seat) => seat.featureId === LICENSE_POOL));
  const chosen = holdersOf(view.seats.filter((seat) => registered.has(seat.holder) && isChosen(seat)));
  return endSeats(
    view,
    view.seats.filter((seat) => chosen.has(seat.holder)),
    view.seats,
  );
}

function featureFilter({ license }: View, code: string | undefined): (seat: Seat) => boolean {
  if (code === undefined) return () => true;
  const feature = license && findFeature(license, code);
  return (seat) => seat.featureId === feature?.id;
}

function holdersOf(seats: readonly Seat[]): Set<string> {
  return new Set(seats.map((seat) => seat.holder));
}

/** Ends the seats of `ending`, which are among `all`, and what they alone kept alive. */
export function endSeats({ now }: View, ending: readonly Seat[], all: readonly Seat[]): Decision<Released> {
  const ended = new Set(ending);
  const changes: Change[] = [];
  for (const [licenseSeat, remaining] of affectedLicenseSeats(ended, all)) {
    const kept = licenseSeatFor(licenseSeat, remaining);
    if (!isLive(kept, now)) ended.add(licenseSeat);
    else if (kept.endsAt !== licenseSeat.endsAt || kept.neededUntil !== licenseSeat.neededUntil) {
      changes.push({ change: "put_seat", seat: kept });
    }
  }
  const events: SeatEvent[] = [];
  for (const seat of ended) {
    changes.push({ change: "end_seat", seat });
    events.push(...seatEvents("seat_released", seat));
  }
  return { outcome: { released: ended.size }, changes, events };
}

/** License seats that stay although a feature seat of their holder ends, each with the feature seats left. */
function affectedLicenseSeats(ended: ReadonlySet<Seat>, all: readonly Seat[]): Map<Seat, Seat[]> {
  const affected = new Map<Seat, Seat[]>();
  if (all.length === ended.size) return affected;
  const holders = new Set<string>();
  for (const seat of ended) holders.add(seat.holder);
  const byHolder = new Map<string, Seat[]>();
  for (const seat of all) {
    if (seat.featureId === LICENSE_POOL) {
      if (!ended.has(seat) && holders.has(seat.holder)) affected.set(seat, []);
    } else if (!ended.has(seat)) {
      const seats = byHolder.get(seat.holder);
      if (seats === undefined) byHolder.set(seat.holder, [seat]);
      else seats.push(seat);
    }
  }
  for (const licenseSeat of affected.keys()) affected.set(licenseSeat, byHolder.get(licenseSeat.holder) ?? []);
  return affected;
}
