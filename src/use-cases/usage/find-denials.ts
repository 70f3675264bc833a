import { type DenialEpisode, DenialEpisodes } from "../../domain/denial-episodes.ts";
import type { EventFilter, EventRecord, Store } from "../../store/store.ts";
import { eventPages } from "../event-pages.ts";

/** What the event of a denial tells of the pool. */
export interface DenialData {
  /** Which pool was full. Left out where there may have been seats, but not for this holder yet. [HOLD-1] */
  readonly full?: "license" | "feature";
  readonly inUse?: number;
  readonly capacity?: number;
}

/** Denials of those events that fit a filter. [USAGE-2] @param isCounted which refusals are looked at */
export async function findDenials(
  store: Pick<Store, "events">,
  filter: Omit<EventFilter, "kinds">,
  isCounted: (data: DenialData) => boolean = () => true,
): Promise<readonly DenialEpisode[]> {
  const found = new DenialEpisodes();
  for await (const events of eventPages(store, { ...filter, kinds: ["seat_denied", "seat_granted"] })) {
    for (const event of events) {
      const { id, at, licenseId, featureId, holder } = event;
      if (holder === null) continue;
      const data = denialData(event);
      const answer = event.kind === "seat_denied" ? "denied" : "granted";
      if (answer === "denied" && !isCounted(data)) continue;
      const { full } = data;
      found.add({ id, at, answer, licenseId, featureId, holder, ...(full !== undefined && { full }) });
    }
  }
  return found.episodes;
}

export function denialData({ data }: EventRecord): DenialData {
  return data === null ? {} : JSON.parse(data);
}
