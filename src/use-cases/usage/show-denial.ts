import { type DenialEpisode, deniedAtOnce, EPISODE_GAP_MS } from "../../domain/denial-episodes.ts";
import { HoldersBack } from "../../domain/holders-back.ts";
import { LICENSE_POOL, type PoolKey } from "../../domain/seat.ts";
import type { EventRecord, Store } from "../../store/store.ts";
import { eventPages } from "../event-pages.ts";
import { denialData, findDenials } from "./find-denials.ts";
import { STEP_KINDS, stepOf } from "./walk-back.ts";

export interface DenialInDetail {
  readonly episode: DenialEpisode;
  /** Seats of the pool then. */
  readonly capacity: number | null;
  /** How many would have been enough for everyone denied at the same time; null where the pool was not full. */
  readonly wouldHaveNeeded: number | null;
  /** Who had the pool's seats at the first try, in the order of their names. */
  readonly holders: readonly string[];
}

/**
 * A denial, and what it was like in the pool at its first try. [USAGE-6]
 *
 * @param id of the first event of it
 * @param needsLicenseSeats a holder of feature seats has a license seat, too [SEAT-6]
 * @returns undefined where no denial begins with that event
 */
export async function showDenial(
  store: Store,
  id: number,
  needsLicenseSeats: boolean,
): Promise<DenialInDetail | undefined> {
  const [event] = await store.events(id - 1, 1);
  if (event?.id !== id || event.kind !== "seat_denied" || event.holder === null) return undefined;
  const { at, licenseId, featureId, holder } = event;
  const since = at - EPISODE_GAP_MS;
  const own = await findDenials(store, { licenseIds: [licenseId], featureIds: [featureId], holders: [holder], since });
  const episode = own.find((each) => each.id === id);
  if (episode === undefined) return undefined;
  const { full, inUse = null, capacity = inUse } = denialData(event);
  const pool = { licenseId, featureId: full === "license" ? LICENSE_POOL : featureId };
  const others = full === undefined ? [] : await denialsOf(store, pool, since, episode.lastAt + EPISODE_GAP_MS);
  return {
    episode,
    capacity,
    wouldHaveNeeded: full === undefined || capacity === null ? null : capacity + deniedAtOnce(episode, others),
    holders: await holdersAt(store, event, pool, needsLicenseSeats),
  };
}

/** Denials because a pool was full, in a time that each of them had a try in if it was going on. */
async function denialsOf(store: Store, pool: PoolKey, since: number, until: number) {
  const { licenseId, featureId } = pool;
  const found = await findDenials(store, { licenseIds: [licenseId], since, until }, ({ full }) => full !== undefined);
  return found.filter((each) => (each.full === "license" ? LICENSE_POOL : each.featureId) === featureId);
}

/** Walks back from who is in the seats now. */
async function holdersAt(
  store: Store,
  { id, at }: EventRecord,
  { licenseId, featureId }: PoolKey,
  needsLicenseSeats: boolean,
) {
  const told = await store.seatsAsTold(licenseId);
  const back = new HoldersBack(told.seats, at);
  const filter = { kinds: STEP_KINDS, licenseIds: [licenseId], since: at, isNewestFirst: true };
  for await (const events of eventPages(store, filter, told.lastEventId + 1)) {
    for (const event of events) {
      const step = event.id > id ? stepOf(event) : undefined;
      if (step !== undefined) back.back(step, event.at);
    }
  }
  return back.holders(needsLicenseSeats && featureId === LICENSE_POOL ? undefined : featureId);
}
