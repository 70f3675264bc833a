import { DAY_MS, HOUR_MS, type Instant } from "./instant.ts";
import {
  KEPT_MS,
  SPAN_LENGTHS,
  SPAN_MS,
  type SpanLength,
  spanStart,
  type UsageSpan,
  UsageTally,
} from "./usage-span.ts";

/*
 * Usage of a time range in steps, put together from spans.
 */

export const BUCKETS = ["hour", "day", "week"] as const;
export type BucketName = (typeof BUCKETS)[number];

const LENGTH: Readonly<Record<BucketName, number>> = { hour: HOUR_MS, day: DAY_MS, week: 7 * DAY_MS };
/** A Monday. Hours, days and weeks are those of UTC. */
const FIRST_MONDAY = Date.UTC(1970, 0, 5);

/** Part of a time range. */
export interface TimeRange {
  readonly from: Instant;
  readonly to: Instant;
}

export interface BucketUsage extends TimeRange {
  readonly max: number;
  /** By time. */
  readonly mean: number;
  readonly denials: number;
}

/** The share of time during which that many seats were in use; shares sum up to 1. */
export interface SeatShare {
  readonly seats: number;
  readonly share: number;
}

export interface PoolUsage {
  readonly max: number;
  readonly mean: number;
  readonly denials: number;
  readonly series: readonly BucketUsage[];
  readonly histogram: readonly SeatShare[];
}

/** How many buckets a range touches. */
export function countBuckets({ from, to }: TimeRange, bucket: BucketName): number {
  return Math.ceil((to - startOf(from, bucket)) / LENGTH[bucket]);
}

/** A range by hours, days, or weeks from Monday on; the first and the last may be cut. */
export function bucketsOf({ from, to }: TimeRange, bucket: BucketName): readonly TimeRange[] {
  const buckets: TimeRange[] = [];
  for (let start = startOf(from, bucket); start < to; start += LENGTH[bucket]) {
    buckets.push({ from: Math.max(from, start), to: Math.min(to, start + LENGTH[bucket]) });
  }
  return buckets;
}

function startOf(at: Instant, bucket: BucketName): Instant {
  return FIRST_MONDAY + Math.floor((at - FIRST_MONDAY) / LENGTH[bucket]) * LENGTH[bucket];
}

/** The least range around one that begins and ends where spans do, of the length that is kept for so long. [USAGE-3] */
export function wholeSpans({ from, to }: TimeRange, now: Instant): TimeRange {
  const [first, last] = [keptLength(from, now), keptLength(to, now)];
  const end = spanStart(to, last) === to ? to : spanStart(to, last) + SPAN_MS[last];
  return { from: spanStart(from, first), to: Math.min(end, now) };
}

/** The shortest spans that are kept of a time. */
export function keptLength(at: Instant, now: Instant): SpanLength {
  return SPAN_LENGTHS.find((length) => at >= now - KEPT_MS[length]) ?? "day";
}

/** A stretch of time that one span tells of, and the bucket it counts in: none after the last one. */
export interface Tile extends TimeRange {
  readonly length: SpanLength;
  readonly bucket: number | undefined;
}

/**
 * The fewest spans that cover buckets, and the time from then until now, which tells what they end with; newest first.
 *
 * @param buckets adjoining, oldest first, beginning and ending where spans do
 * @param seam a moment that no span goes across: spans before it come from somewhere else than those after it
 */
export function tilesOf(buckets: readonly TimeRange[], seam: Instant, now: Instant): readonly Tile[] {
  const tiles: Tile[] = [];
  const end = buckets.at(-1)?.to ?? now;
  for (const [bucket, { from, to }] of [...buckets, { from: end, to: now }].entries()) {
    for (let at = from; at < to; at = (tiles.at(-1) as Tile).to) {
      const isWhole = (length: SpanLength) => {
        const until = at + SPAN_MS[length];
        return spanStart(at, length) === at && until <= to && (until <= seam || at >= seam);
      };
      const length = SPAN_LENGTHS.findLast(isWhole) ?? "minute";
      const until = Math.min(to, spanStart(at, length) + SPAN_MS[length]);
      tiles.push({ length, from: at, to: until, bucket: bucket < buckets.length ? bucket : undefined });
    }
  }
  return tiles.reverse();
}

/**
 * The usage of one pool. [USAGE-1]
 *
 * @param tiles of `tilesOf` the buckets
 * @param find the pool's span in the place of a tile; undefined where nothing happened then
 * @param inUse seats in use now
 */
export function poolUsage(
  buckets: readonly TimeRange[],
  tiles: readonly Tile[],
  find: (tile: Tile) => UsageSpan | undefined,
  inUse: number,
): PoolUsage {
  const tallies = buckets.map(() => new UsageTally());
  let seats = inUse;
  for (const tile of tiles) {
    const span = find(tile);
    const tally = tile.bucket === undefined ? undefined : tallies[tile.bucket];
    if (span === undefined) tally?.add(seats, tile.to - tile.from);
    else tally?.addSpan(span);
    seats = span?.opening ?? seats;
  }
  const all = new UsageTally();
  for (const tally of tallies) all.addSpan(tally);
  const series = buckets.map((bucket, place) => {
    const { max, seatMs, denials } = tallies[place] as UsageTally;
    return { ...bucket, max, mean: seatMs / (bucket.to - bucket.from), denials };
  });
  return {
    max: all.max,
    mean: all.ms === 0 ? 0 : all.seatMs / all.ms,
    denials: all.denials,
    series,
    histogram: all.levels.map(([level, ms]) => ({ seats: level, share: ms / all.ms })),
  };
}
