import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from "./instant.ts";
import type { PoolKey } from "./seat.ts";

/*
 * Usage rolled up: what happened in one pool in one minute, hour or day of UTC.
 */

export const SPAN_LENGTHS = ["minute", "hour", "day"] as const;
export type SpanLength = (typeof SPAN_LENGTHS)[number];

export const SPAN_MS: Readonly<Record<SpanLength, number>> = { minute: MINUTE_MS, hour: HOUR_MS, day: DAY_MS };

/** For how long spans are kept at least; days are for ever. [USAGE-3] */
export const KEPT_MS: Readonly<Record<SpanLength, number>> = {
  minute: 48 * HOUR_MS,
  hour: 90 * DAY_MS,
  day: Number.POSITIVE_INFINITY,
};

/** For how long so many seats were in use. */
export type TimeAtLevel = readonly [seats: number, ms: number];

/**
 * There is one only where something happened: a seat was taken or ended, or somebody was denied. In between, as many
 * seats were in use as the spans beside it say. So their number is bounded by that of events, too.
 */
export interface UsageSpan extends PoolKey {
  readonly length: SpanLength;
  readonly start: Instant;
  /** Seats in use just before it, and at its end. */
  readonly opening: number;
  readonly closing: number;
  readonly max: number;
  /** Seats in use, summed up over its milliseconds. */
  readonly seatMs: number;
  readonly denials: number;
  /** Fewest seats first. */
  readonly levels: readonly TimeAtLevel[];
}

/** Up to which moment everything is rolled up. */
export interface UsagePosition {
  /** The start of a minute: what happened before it is in spans, as far as they have ended. */
  readonly until: Instant;
  /** When spans were last made from the first event on. */
  readonly builtAt: Instant;
}

/** The start of the span that a moment is in. */
export function spanStart(at: Instant, length: SpanLength): Instant {
  return Math.floor(at / SPAN_MS[length]) * SPAN_MS[length];
}

/** What is rolled up until a moment has no spans left that began before this. A span more is kept than is promised. */
export function keptSince(until: Instant, length: SpanLength): Instant {
  if (length === "day") return Number.NEGATIVE_INFINITY;
  const longer = length === "minute" ? "hour" : "day";
  return spanStart(until - KEPT_MS[length], longer) - SPAN_MS[longer];
}

/**
 * The level that stands for a number of seats in histograms: from 128 on, levels are so far apart that there are 64 of
 * them up to the double. That bounds a span, whatever the size of its pool. [USAGE-5]
 */
export function levelOf(seats: number): number {
  const bits = Math.max(0, 25 - Math.clz32(seats));
  return (seats >> bits) << bits;
}

/** Sums up usage. The order in which it is told does not matter. */
export class UsageTally {
  max = 0;
  seatMs = 0;
  denials = 0;
  ms = 0;
  readonly #time = new Map<number, number>();

  /** So many seats were in use for so long. */
  add(seats: number, ms: number): void {
    if (ms <= 0) return;
    this.max = Math.max(this.max, seats);
    this.seatMs += seats * ms;
    this.#addTime(levelOf(seats), ms);
  }

  addSpan({ max, seatMs, denials, levels }: Pick<UsageSpan, "max" | "seatMs" | "denials" | "levels">): void {
    this.max = Math.max(this.max, max);
    this.seatMs += seatMs;
    this.denials += denials;
    for (const [level, ms] of levels) this.#addTime(level, ms);
  }

  get levels(): readonly TimeAtLevel[] {
    return [...this.#time].sort(([a], [b]) => a - b);
  }

  #addTime(level: number, ms: number): void {
    this.ms += ms;
    this.#time.set(level, (this.#time.get(level) ?? 0) + ms);
  }
}

/** A span made of the shorter ones in it. @param parts of one pool, oldest first, at least one */
export function mergeSpans(length: SpanLength, parts: readonly UsageSpan[]): UsageSpan {
  const [first, last] = [parts[0], parts.at(-1)];
  if (first === undefined || last === undefined) throw new Error("a span of nothing");
  const start = spanStart(first.start, length);
  const tally = new UsageTally();
  let [at, seats] = [start, first.opening];
  for (const part of parts) {
    tally.add(seats, part.start - at);
    tally.addSpan(part);
    at = part.start + SPAN_MS[part.length];
    seats = part.closing;
  }
  tally.add(seats, start + SPAN_MS[length] - at);
  const { licenseId, featureId } = first;
  return spanOf({ licenseId, featureId }, length, start, tally, first.opening, last.closing);
}

export function spanOf(
  { licenseId, featureId }: PoolKey,
  length: SpanLength,
  start: Instant,
  { max, seatMs, denials, levels }: UsageTally,
  opening: number,
  closing: number,
): UsageSpan {
  return { licenseId, featureId, length, start, opening, closing, max, seatMs, denials, levels };
}
