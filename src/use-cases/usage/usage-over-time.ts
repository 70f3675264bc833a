import { setImmediate as turn } from "node:timers/promises";
import type { Instant } from "../../domain/instant.ts";
import type { License } from "../../domain/license.ts";
import { LICENSE_POOL } from "../../domain/seat.ts";
import {
  type BucketName,
  bucketsOf,
  keptLength,
  type PoolUsage,
  poolUsage,
  type Tile,
  type TimeRange,
  tilesOf,
  wholeSpans,
} from "../../domain/usage-series.ts";
import { keptSince, type UsagePosition, type UsageSpan } from "../../domain/usage-span.ts";
import type { SeatsAsTold, Store } from "../../store/store.ts";
import { walkBack } from "./walk-back.ts";

/** Pools after which others have their turn. */
const POOLS_PER_TURN = 20;

/** What usage is counted from: spans up to the position, events after it. */
export interface UsageNow {
  readonly position: UsagePosition | undefined;
  readonly told: SeatsAsTold;
}

export interface UsageQuestion {
  readonly licenses: readonly License[];
  /** Begins before it ends, which is not in the future. */
  readonly range: TimeRange;
  readonly bucket: BucketName;
  /** In buckets, or in one sum. */
  readonly hasSeries: boolean;
  /** As on a floating server: a holder of feature seats has a license seat, too. [SEAT-6] */
  readonly needsLicenseSeats: boolean;
}

export interface UsageOverTime {
  /** What was asked for, with the spans whole that it begins and ends in. */
  readonly range: TimeRange;
  /** Of each license, by feature id: the pools in which there was a seat or a denial. */
  readonly pools: ReadonlyMap<number, ReadonlyMap<number, PoolUsage>>;
}

/** @param licenseId left out: of every license */
export async function usageNow(store: Store, licenseId: number | undefined): Promise<UsageNow> {
  // In this order: what is rolled up has happened before what is told.
  const position = await store.usagePosition();
  return { position, told: await store.seatsAsTold(licenseId) };
}

/** Usage of licenses over time. [USAGE-1] [USAGE-3] */
export async function usageOverTime(store: Store, now: UsageNow, question: UsageQuestion): Promise<UsageOverTime> {
  const answer = await answerFrom(store, now, question);
  const { position } = now;
  const later = await store.usagePosition();
  if (position === undefined || later?.builtAt === position.builtAt) return answer;
  // Spans were dropped meanwhile, to be made anew.
  return answerFrom(store, { ...now, position: undefined }, question);
}

async function answerFrom(store: Store, { position, told }: UsageNow, question: UsageQuestion): Promise<UsageOverTime> {
  const { licenses, bucket, hasSeries, needsLicenseSeats } = question;
  const range = wholeSpans(question.range, told.now);
  const buckets = hasSeries ? bucketsOf(range, bucket) : [range];
  // Hours that are not kept any more are counted from events.
  const isKept = !hasSeries || bucket !== "hour" || keptLength(range.from, told.now) !== "day";
  const rolledUntil = isKept && position !== undefined ? position.until : Number.NEGATIVE_INFINITY;
  const seam = Math.max(rolledUntil, range.from);
  const tiles = tilesOf(buckets, seam, told.now);
  const spans = new Spans();
  const [only] = licenses.length === 1 ? licenses : [];
  const sink = {
    // From the seam on, minutes lead to the next hour; where there is none, those of long ago are not looked at.
    since: {
      minute: seam === rolledUntil ? seam : Math.max(seam, keptSince(told.now, "minute")),
      hour: seam,
      day: seam,
    },
    take: (span: UsageSpan) => spans.add(span),
  };
  const licenseIds = only && [only.id];
  const inUse = await walkBack(store, { told, until: seam, licenseIds, needsLicenseSeats, sink });
  for (const run of runsOf(tiles, seam)) {
    for (const span of await store.usageSpans({ ...run, licenseId: only?.id })) spans.add(span);
  }
  const pools = new Map<number, ReadonlyMap<number, PoolUsage>>();
  for (const [place, license] of licenses.entries()) {
    pools.set(license.id, poolsOf(license, buckets, tiles, spans, inUse(license.id), needsLicenseSeats));
    if (place % POOLS_PER_TURN === POOLS_PER_TURN - 1) await turn();
  }
  return { range, pools };
}

function poolsOf(
  { id, floats }: License,
  buckets: readonly TimeRange[],
  tiles: readonly Tile[],
  spans: Spans,
  inUse: ReadonlyMap<number, number>,
  needsLicenseSeats: boolean,
): ReadonlyMap<number, PoolUsage> {
  const found = new Map<number, PoolUsage>();
  for (const featureId of new Set([...inUse.keys(), ...spans.featuresOf(id)])) {
    // Holders of its features need no seats of a license that does not float itself.
    if (featureId === LICENSE_POOL && needsLicenseSeats && !floats.onPremise) continue;
    const find = (tile: Tile) => spans.find(id, featureId, tile);
    const usage = poolUsage(buckets, tiles, find, inUse.get(featureId) ?? 0);
    if (usage.max > 0 || usage.denials > 0) found.set(featureId, usage);
  }
  return found;
}

/** Tiles that are rolled up: adjoining ones of a length in one. */
function runsOf(tiles: readonly Tile[], seam: Instant): readonly Pick<Tile, "length" | "from" | "to">[] {
  const runs: Pick<Tile, "length" | "from" | "to">[] = [];
  for (const { length, from, to } of tiles) {
    if (from >= seam) continue;
    const last = runs.at(-1);
    if (last?.length === length && last.from === to) runs[runs.length - 1] = { ...last, from };
    else runs.push({ length, from, to });
  }
  return runs;
}

/** Spans by pool, length and start. */
class Spans {
  readonly #licenses = new Map<number, Map<number, Map<string, UsageSpan>>>();

  add(span: UsageSpan): void {
    const { licenseId, featureId, length, start } = span;
    let license = this.#licenses.get(licenseId);
    if (license === undefined) {
      license = new Map();
      this.#licenses.set(licenseId, license);
    }
    let pool = license.get(featureId);
    if (pool === undefined) {
      pool = new Map();
      license.set(featureId, pool);
    }
    pool.set(`${length} ${start}`, span);
  }

  find(licenseId: number, featureId: number, { length, from }: Tile): UsageSpan | undefined {
    return this.#licenses.get(licenseId)?.get(featureId)?.get(`${length} ${from}`);
  }

  featuresOf(licenseId: number): Iterable<number> {
    return this.#licenses.get(licenseId)?.keys() ?? [];
  }
}
