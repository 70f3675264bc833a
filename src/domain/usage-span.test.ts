import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { SpanWalk } from "./span-walk.ts";
import { levelOf, mergeSpans, SPAN_MS, type SpanLength, type UsageSpan, UsageTally } from "./usage-span.ts";

const DAY = SPAN_MS.day;

test("[USAGE-5] up to 128 seats each number is a level, and from there on they are within 1.6 % of it", () => {
  for (let seats = 0; seats < 128; seats += 1) assert.equal(levelOf(seats), seats);
  fc.assert(
    fc.property(fc.integer({ min: 128, max: 2 ** 31 - 1 }), (seats) => {
      const level = levelOf(seats);
      assert.ok(level <= seats && (seats - level) / seats < 0.016, `${level} of ${seats}`);
      assert.equal(levelOf(level), level);
    }),
  );
  const levels = new Set(Array.from({ length: 100_000 }, (_, seats) => levelOf(seats)));
  assert.ok(levels.size < 1_000, `${levels.size}`);
});

test("[USAGE-5] most and mean are exact, whatever the levels", () => {
  const tally = new UsageTally();
  tally.add(1_001, 10);
  tally.add(1_003, 30);
  assert.deepEqual([tally.max, tally.seatMs], [1_003, 10 * 1_001 + 30 * 1_003]);
  assert.deepEqual(tally.levels, [[1_000, 40]]);
});

/** Some milliseconds of two days, and what happened then. */
const history = fc.array(
  fc.record({
    at: fc.oneof(
      fc.integer({ min: 0, max: 2 * DAY - 1 }),
      fc.integer({ min: 0, max: 200 }).map((at) => at * 60_000),
    ),
    does: fc.constantFrom("take", "take", "end", "deny"),
  }),
  { maxLength: 60 },
);

test("[USAGE-4] hours made of minutes, and days of these, are those made from events", () => {
  fc.assert(
    fc.property(history, (events) => {
      const told = events.toSorted((a, b) => a.at - b.at);
      let inUse = 0;
      const steps: { at: number; change: number }[] = [];
      for (const { at, does } of told) {
        const change = does === "take" ? 1 : does === "end" && inUse > 0 ? -1 : 0;
        inUse += change;
        steps.push({ at, change });
      }
      const made: UsageSpan[] = [];
      const since = { minute: 0, hour: 0, day: 0 };
      const walk = new SpanWalk({ licenseId: 1, featureId: 2 }, inUse, 2 * DAY, {
        since,
        take: (span) => void made.push(span),
      });
      for (const { at, change } of steps.toReversed()) {
        if (change === 0) walk.deny(at);
        else walk.step(at, change);
      }
      walk.finish();
      const of = (length: SpanLength) =>
        made.filter((span) => span.length === length).sort((a, b) => a.start - b.start);
      const merged = (length: SpanLength, parts: SpanLength) =>
        [...Map.groupBy(of(parts), ({ start }) => Math.floor(start / SPAN_MS[length])).values()].map((each) =>
          mergeSpans(length, each),
        );
      assert.deepEqual(merged("hour", "minute"), of("hour"));
      assert.deepEqual(merged("day", "hour"), of("day"));
      const denials = steps.filter(({ change }) => change === 0).length;
      for (const length of ["minute", "hour", "day"] as const) {
        assert.equal(
          of(length).reduce((sum, span) => sum + span.denials, 0),
          denials,
        );
        for (const span of of(length)) {
          assert.equal(
            span.levels.reduce((sum, [, ms]) => sum + ms, 0),
            SPAN_MS[length],
          );
        }
      }
    }),
  );
});
