import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type LicenseNow, LicenseWalk, type SeatStep } from "./license-walk.ts";
import { bucketsOf, type PoolUsage, poolUsage, type TimeRange, tilesOf, wholeSpans } from "./usage-series.ts";
import type { UsageSpan } from "./usage-span.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MONDAY = Date.UTC(2026, 0, 12);

const close = (a: number, b: number, about: string) => assert.ok(Math.abs(a - b) < 1e-6, `${about}: ${a} is not ${b}`);

/** A step, and when it was told. */
type Told = readonly [step: SeatStep, toldAt: number];

/** The usage of all pools that had steps, told newest first. */
function usageOf(buckets: readonly TimeRange[], license: Omit<LicenseNow, "licenseId">, told: readonly Told[]) {
  const { from } = buckets[0] as TimeRange;
  const spans: UsageSpan[] = [];
  const sink = { since: { minute: from, hour: from, day: from }, take: (span: UsageSpan) => void spans.push(span) };
  const walk = new LicenseWalk({ licenseId: 1, ...license }, sink);
  for (const [step, toldAt] of told) walk.back(step, toldAt);
  walk.finish(from);
  const tiles = tilesOf(buckets, from, license.now);
  const pools = Map.groupBy(spans, ({ featureId }) => featureId);
  return new Map<number, PoolUsage>(
    [...pools].map(([featureId, of]) => {
      const find = ({ length, from: start }: (typeof tiles)[number]) =>
        of.find((span) => span.length === length && span.start === start);
      return [featureId, poolUsage(buckets, tiles, find, walk.inUse.get(featureId) ?? 0)];
    }),
  );
}

test("[USAGE-1] buckets are those of UTC, weeks begin on Monday, and the ends are cut", () => {
  const range = { from: MONDAY + DAY + 1, to: MONDAY + 9 * DAY };
  assert.deepEqual(bucketsOf(range, "week"), [
    { from: range.from, to: MONDAY + 7 * DAY },
    { from: MONDAY + 7 * DAY, to: range.to },
  ]);
  assert.equal(bucketsOf({ from: MONDAY, to: MONDAY + 3 * DAY }, "day").length, 3);
  assert.equal(bucketsOf({ from: MONDAY - 1, to: MONDAY + 1 }, "hour").length, 2);
});

test("[USAGE-1] a seat that ran out counts until it did, not until it was told of", () => {
  const spans = bucketsOf({ from: MONDAY, to: MONDAY + 2 * HOUR }, "hour");
  const seat = { featureId: 11, holder: "ann" };
  const before: Told[] = [
    [{ ...seat, holder: "bob", step: "denied", at: MONDAY + HOUR / 4, full: "license" }, MONDAY + HOUR / 4],
    [{ ...seat, step: "taken", at: MONDAY }, MONDAY],
  ];
  const license = { now: MONDAY + 3 * HOUR, needsLicenseSeats: true };
  const ended: Told = [{ ...seat, step: "ended", at: MONDAY + HOUR / 2 }, MONDAY + 2.5 * HOUR];
  const pools = usageOf(spans, { ...license, seats: [] }, [ended, ...before]);
  const untold = [{ ...seat, endsAt: MONDAY + HOUR / 2 }];
  assert.deepEqual(usageOf(spans, { ...license, seats: untold }, before), pools, "not told of at all yet");
  assert.deepEqual([...pools.keys()].sort(), [0, 11]);
  assert.deepEqual(pools.get(11)?.histogram, [
    { seats: 0, share: 0.75 },
    { seats: 1, share: 0.25 },
  ]);
  const series = pools.get(0)?.series.map(({ max, mean, denials }) => ({ max, mean, denials }));
  assert.deepEqual(series, [
    { max: 1, mean: 0.5, denials: 1 },
    { max: 0, mean: 0, denials: 0 },
  ]);
});

/** A seat in whole minutes: from, to, and how much later its end is told; `told` 0 is a release. */
const visits = fc.array(
  fc.record({
    featureId: fc.constantFrom(0, 11, 12),
    holder: fc.constantFrom("a", "b", "c", "d"),
    from: fc.integer({ min: 0, max: 600 }),
    lasts: fc.integer({ min: 1, max: 300 }),
    told: fc.constantFrom(0, 0, 1, 7, 60),
  }),
  { maxLength: 25 },
);

test("[USAGE-1] walking back finds what counting minute by minute finds; max ≥ mean; shares and means add up", () => {
  fc.assert(
    fc.property(visits, fc.integer({ min: 0, max: 200 }), fc.boolean(), (given, start, needsLicenseSeats) => {
      const now = 1_000;
      const minute = (at: number) => MONDAY + at * 60_000;
      // One holder has one seat in a pool at a time, also in what is told.
      const seats: typeof given = [];
      for (const seat of given) {
        const end = seat.from + seat.lasts + seat.told;
        const isApart = (other: typeof seat) =>
          other.holder !== seat.holder ||
          other.featureId !== seat.featureId ||
          other.from > end ||
          seat.from > other.from + other.lasts + other.told;
        if (seats.every(isApart)) seats.push(seat);
      }
      const told = seats
        .flatMap(({ featureId, holder, from, lasts, told: later }) => [
          { toldAt: from, order: 1, step: { at: minute(from), step: "taken", featureId, holder } as SeatStep },
          {
            toldAt: from + lasts + later,
            order: 0,
            step: { at: minute(from + lasts), step: "ended", featureId, holder } as SeatStep,
          },
        ])
        .sort((a, b) => b.toldAt - a.toldAt || b.order - a.order);
      const spans = bucketsOf({ from: minute(start), to: minute(900) }, "hour");
      const steps = told
        .filter(({ toldAt }) => toldAt >= start)
        .map(({ toldAt, step }): Told => [step, minute(toldAt)]);
      const pools = usageOf(spans, { now: minute(now), seats: [], needsLicenseSeats }, steps);
      for (const featureId of [0, 11, 12]) {
        const levelAt = (at: number) => {
          const live = seats.filter(({ from, lasts }) => from <= at && at < from + lasts);
          const isIn = (id: number) => id === featureId || (featureId === 0 && needsLicenseSeats);
          return new Set(live.filter((seat) => isIn(seat.featureId)).map(({ holder }) => holder)).size;
        };
        const pool = pools.get(featureId);
        const levels = Array.from({ length: 900 - start }, (_, index) => levelAt(start + index));
        const max = Math.max(...levels);
        assert.equal(pool?.max ?? 0, max, `max of ${featureId}`);
        close(pool?.mean ?? 0, levels.reduce((a, b) => a + b, 0) / levels.length, `mean of ${featureId}`);
        if (pool === undefined) continue;
        close(
          pool.histogram.reduce((sum, { share }) => sum + share, 0),
          1,
          "shares",
        );
        close(
          pool.histogram.reduce((sum, { seats: level, share }) => sum + level * share, 0),
          pool.mean,
          "histogram",
        );
        for (const span of pool.series) {
          assert.ok(span.max >= span.mean - 1e-9 && span.mean >= 0);
          const inSpan = levels.filter(
            (_, index) => minute(start + index) >= span.from && minute(start + index) < span.to,
          );
          assert.equal(span.max, Math.max(...inSpan));
        }
      }
    }),
    { numRuns: 300 },
  );
});

test("[USAGE-3] a range is put together of the fewest spans, none of them across a bucket or the seam", () => {
  const now = MONDAY + 2 * DAY + HOUR + 30_500;
  const range = { from: MONDAY - 59 * 60_000, to: MONDAY + DAY + 2 * HOUR };
  const seam = MONDAY + DAY + HOUR + 60_000;
  const tiles = tilesOf([range], seam, now).toReversed();
  const names = tiles.map(({ length, bucket }) => `${length} ${bucket}`);
  const runs = names.filter((name, place) => name !== names[place - 1]);
  const later = ["hour undefined", "minute undefined"];
  assert.deepEqual(runs, ["minute 0", "day 0", "hour 0", "minute 0", ...later]);
  assert.deepEqual([tiles[0]?.from, tiles.at(-1)?.to], [range.from, now]);
  for (const [place, { from, to }] of tiles.entries()) {
    assert.ok(from < to && !(from < seam && seam < to));
    if (place > 0) assert.equal(from, tiles[place - 1]?.to);
  }
});

test("[USAGE-3] a range is widened to minutes, before 48 hours ago to hours, before 90 days ago to days", () => {
  const now = MONDAY + 100 * DAY + 12_345;
  const widened = (from: number, to: number) => {
    const whole = wholeSpans({ from, to }, now);
    return [whole.from - from, whole.to - to];
  };
  assert.deepEqual(widened(now - HOUR, now), [-12_345, 0]);
  assert.deepEqual(widened(now - 2 * HOUR, now - HOUR), [-12_345, 60_000 - 12_345]);
  assert.deepEqual(widened(now - 50 * HOUR, now - 49 * HOUR), [-12_345, HOUR - 12_345]);
  assert.deepEqual(widened(MONDAY + 5, MONDAY + 6), [-5, DAY - 6]);
  assert.deepEqual(widened(MONDAY + DAY, MONDAY + 2 * DAY), [0, 0]);
});
