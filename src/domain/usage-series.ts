import type { Instant } from "./instant.ts";
import { LICENSE_POOL } from "./seat.ts";

/*
 * How many seats were in use, found by walking back from what is in use now: the events since then are all it takes.
 */

export const BUCKETS = ["hour", "day", "week"] as const;
export type BucketName = (typeof BUCKETS)[number];

const LENGTH: Readonly<Record<BucketName, number>> = { hour: 3_600_000, day: 86_400_000, week: 7 * 86_400_000 };
/** A Monday. Hours, days and weeks are those of UTC. */
const FIRST_MONDAY = Date.UTC(1970, 0, 5);

/** Part of a time range. */
export interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

export interface UsageSpan extends Span {
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
  readonly series: readonly UsageSpan[];
  readonly histogram: readonly SeatShare[];
}

/** How many buckets a range touches. */
export function countBuckets({ from, to }: Span, bucket: BucketName): number {
  return Math.ceil((to - startOf(from, bucket)) / LENGTH[bucket]);
}

/** A range by hours, days, or weeks from Monday on; the first and the last may be cut. */
export function bucketsOf({ from, to }: Span, bucket: BucketName): readonly Span[] {
  const spans: Span[] = [];
  for (let start = startOf(from, bucket); start < to; start += LENGTH[bucket]) {
    spans.push({ from: Math.max(from, start), to: Math.min(to, start + LENGTH[bucket]) });
  }
  return spans;
}

function startOf(at: Instant, bucket: BucketName): Instant {
  return FIRST_MONDAY + Math.floor((at - FIRST_MONDAY) / LENGTH[bucket]) * LENGTH[bucket];
}

/** The usage of one pool over time, told backwards. [USAGE-1] */
export class UsageSeries {
  readonly #spans: readonly Span[];
  readonly #areas: number[];
  readonly #maxima: number[];
  readonly #denials: number[];
  readonly #timeByLevel = new Map<number, number>();
  #level: number;
  #at: Instant;
  #bucket: number;

  /** @param spans adjoining, oldest first @param now not before their end @param level seats in use now */
  constructor(spans: readonly Span[], now: Instant, level: number) {
    this.#spans = spans;
    this.#areas = spans.map(() => 0);
    this.#maxima = spans.map(() => 0);
    this.#denials = spans.map(() => 0);
    this.#at = now;
    this.#level = level;
    this.#bucket = spans.length - 1;
  }

  get level(): number {
    return this.#level;
  }

  /** The seats in use became what they were then, by so many. @param at not after that of the step before */
  step(at: Instant, change: number): void {
    this.#backTo(at);
    this.#level -= change;
  }

  deny(at: Instant): void {
    const place = this.#spans.findLastIndex(({ from, to }) => at >= from && at < to);
    if (place >= 0) this.#denials[place] = (this.#denials[place] ?? 0) + 1;
  }

  /** After the last step. */
  finish(): PoolUsage {
    this.#backTo(this.#spans[0]?.from ?? 0);
    const series = this.#spans.map((span, place) => {
      const max = this.#maxima[place] ?? 0;
      const mean = (this.#areas[place] ?? 0) / (span.to - span.from);
      return { ...span, max, mean, denials: this.#denials[place] ?? 0 };
    });
    const time = series.reduce((sum, { from, to }) => sum + to - from, 0);
    const levels = [...this.#timeByLevel].sort(([a], [b]) => a - b);
    return {
      max: Math.max(0, ...this.#maxima),
      mean: time === 0 ? 0 : this.#areas.reduce((sum, area) => sum + area, 0) / time,
      denials: this.#denials.reduce((sum, count) => sum + count, 0),
      series,
      histogram: levels.map(([seats, ms]) => ({ seats, share: ms / time })),
    };
  }

  /** The level was as it is from `at` on. */
  #backTo(at: Instant): void {
    for (let end = this.#at; end > at && this.#bucket >= 0; ) {
      const span = this.#spans[this.#bucket] as Span;
      const upper = Math.min(end, span.to);
      const lower = Math.max(at, span.from);
      if (upper > lower) this.#add(upper - lower);
      if (at >= span.from) break;
      end = span.from;
      this.#bucket -= 1;
    }
    this.#at = Math.min(this.#at, at);
  }

  #add(ms: number): void {
    const level = Math.max(0, this.#level);
    this.#areas[this.#bucket] = (this.#areas[this.#bucket] ?? 0) + level * ms;
    this.#maxima[this.#bucket] = Math.max(this.#maxima[this.#bucket] ?? 0, level);
    this.#timeByLevel.set(level, (this.#timeByLevel.get(level) ?? 0) + ms);
  }
}

/** What an event says of the seats of a license. */
export interface SeatStep {
  /** When it was so: an expiry is told of later than it happened. */
  readonly at: Instant;
  readonly step: "taken" | "ended" | "denied";
  readonly featureId: number;
  readonly holder: string;
  /** Which pool was full, on a denial. */
  readonly full?: "license" | "feature" | undefined;
}

/** What is in use of a license now. */
export interface LicenseNow {
  readonly now: Instant;
  /** Live seats that events tell of, without license seats taken on demand. */
  readonly seats: readonly { readonly featureId: number; readonly holder: string }[];
  /** A holder of feature seats has a license seat too. [SEAT-6] */
  readonly needsLicenseSeats: boolean;
}

/** The usage of all pools of one license, told backwards. [USAGE-1] */
export class LicenseUsage {
  readonly #pools = new Map<number, UsageSeries>();
  /** Seats that hold a license seat, by holder. */
  readonly #holders = new Map<string, number>();
  readonly #touched = new Set<number>();
  readonly #spans: readonly Span[];
  readonly #now: LicenseNow;
  /** Ends that happened before what was told last, soonest last. */
  readonly #waiting: SeatStep[] = [];

  constructor(spans: readonly Span[], now: LicenseNow) {
    this.#spans = spans;
    this.#now = now;
    const inUse = new Map<number, number>();
    for (const { featureId, holder } of now.seats) {
      if (this.#holdsLicenseSeat(featureId)) this.#holders.set(holder, (this.#holders.get(holder) ?? 0) + 1);
      inUse.set(featureId, (inUse.get(featureId) ?? 0) + 1);
    }
    inUse.set(LICENSE_POOL, this.#holders.size);
    for (const [featureId, level] of inUse) this.#pools.set(featureId, new UsageSeries(spans, now.now, level));
  }

  /** The step before the one told last, as it was told. @param toldAt when: not after that of the one told last */
  back(step: SeatStep, toldAt: Instant): void {
    this.#settle(toldAt);
    if (step.at >= toldAt) {
      this.#apply({ ...step, at: toldAt });
      return;
    }
    const place = this.#waiting.findLastIndex(({ at }) => at > step.at);
    this.#waiting.splice(place + 1, 0, step);
  }

  /** Of each pool in which there was a seat or a denial, by feature id. After the last step. */
  finish(): ReadonlyMap<number, PoolUsage> {
    this.#settle(this.#spans[0]?.from ?? 0);
    const results = [...this.#pools].map(([featureId, pool]) => [featureId, pool.finish()] as const);
    return new Map(results.filter(([featureId, { max }]) => max > 0 || this.#touched.has(featureId)));
  }

  /** Applies what happened after a time and was told of later still. */
  #settle(until: Instant): void {
    for (let first = this.#waiting[0]; first !== undefined && first.at >= until; first = this.#waiting[0]) {
      this.#waiting.shift();
      this.#apply(first);
    }
  }

  #apply({ at, step, featureId, holder, full }: SeatStep): void {
    if (step === "denied") {
      const pool = full === "license" ? LICENSE_POOL : featureId;
      this.#touched.add(pool);
      this.#pool(pool).deny(at);
      return;
    }
    const change = step === "taken" ? 1 : -1;
    if (featureId !== LICENSE_POOL) this.#pool(featureId).step(at, change);
    if (!this.#holdsLicenseSeat(featureId)) return;
    const before = this.#holders.get(holder) ?? 0;
    const after = before - change;
    if (after > 0) this.#holders.set(holder, after);
    else this.#holders.delete(holder);
    if (before > 0 && after <= 0) this.#pool(LICENSE_POOL).step(at, 1);
    if (before <= 0 && after > 0) this.#pool(LICENSE_POOL).step(at, -1);
  }

  #holdsLicenseSeat(featureId: number): boolean {
    return featureId === LICENSE_POOL || this.#now.needsLicenseSeats;
  }

  #pool(featureId: number): UsageSeries {
    const known = this.#pools.get(featureId) ?? new UsageSeries(this.#spans, this.#now.now, 0);
    this.#pools.set(featureId, known);
    return known;
  }
}
