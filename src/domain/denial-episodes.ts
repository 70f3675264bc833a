import type { Instant } from "./instant.ts";

/** Denials of one holder that follow each other faster than this are one episode: a client that tries again. [USAGE-2] */
export const EPISODE_GAP_MS = 5 * 60_000;

/** What happened to one who wanted a seat. */
export interface SeatAnswer {
  readonly id: number;
  readonly at: Instant;
  readonly answer: "denied" | "granted";
  readonly licenseId: number;
  readonly featureId: number;
  readonly holder: string;
  /** Which pool had no seat left, on a denial. */
  readonly full?: "license" | "feature";
}

/** Somebody wanted a seat in vain, once or again and again. */
export interface DenialEpisode {
  /** Of the first denial's event. */
  readonly id: number;
  readonly licenseId: number;
  readonly featureId: number;
  readonly holder: string;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  readonly tries: number;
  /** Which pool was full, at the first try. */
  readonly full: "license" | "feature";
  /** When the same holder got that seat, before the next episode; null where that has not happened. */
  readonly servedAt: Instant | null;
}

/** Folds answers into episodes, which end by a seat or by a pause. [USAGE-2] @param answers oldest first */
export class DenialEpisodes {
  readonly #episodes: DenialEpisode[] = [];
  /** Where the latest episode of each (license, feature, holder) is, while it is not served. */
  readonly #latest = new Map<string, number>();

  add({ id, at, answer, licenseId, featureId, holder, full = "feature" }: SeatAnswer): void {
    const key = `${licenseId} ${featureId} ${holder}`;
    const place = this.#latest.get(key);
    const latest = place === undefined ? undefined : this.#episodes[place];
    if (answer === "granted") {
      if (place === undefined || latest === undefined) return;
      this.#episodes[place] = { ...latest, servedAt: at };
      this.#latest.delete(key);
    } else if (place !== undefined && latest !== undefined && at - latest.lastAt <= EPISODE_GAP_MS) {
      this.#episodes[place] = { ...latest, lastAt: at, tries: latest.tries + 1 };
    } else {
      this.#latest.set(key, this.#episodes.length);
      const base = { id, licenseId, featureId, holder, full };
      this.#episodes.push({ ...base, firstAt: at, lastAt: at, tries: 1, servedAt: null });
    }
  }

  /** In the order of their beginning. */
  get episodes(): readonly DenialEpisode[] {
    return this.#episodes;
  }
}

/** How many holders were denied at once, at most, while a denial went on. @param all of its pool, itself among them */
export function deniedAtOnce({ firstAt, lastAt }: DenialEpisode, all: readonly DenialEpisode[]): number {
  const turns = all
    .filter((each) => each.firstAt <= lastAt && each.lastAt >= firstAt)
    .flatMap(({ holder, ...each }) => [
      { at: Math.max(firstAt, each.firstAt), change: 1, holder },
      { at: each.lastAt, change: -1, holder },
    ])
    // Who comes when another goes was there at the same time.
    .sort((a, b) => a.at - b.at || b.change - a.change);
  const denied = new Map<string, number>();
  let most = 0;
  for (const { change, holder } of turns) {
    const count = (denied.get(holder) ?? 0) + change;
    if (count > 0) denied.set(holder, count);
    else denied.delete(holder);
    most = Math.max(most, denied.size);
  }
  return most;
}
