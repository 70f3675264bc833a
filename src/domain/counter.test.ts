import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { makeConsumption } from "../../test/support/make-license.ts";
import { counterAt, overageLimit, periodEnd, periodStart } from "./counter.ts";
import { DAY_MS } from "./instant.ts";
import type { ConsumptionPeriod } from "./license.ts";

const arbPeriod = fc.constantFrom<ConsumptionPeriod>("daily", "weekly", "monthly", "annually");
const arbNow = fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2100, 0, 1) });
const longest = { daily: 1, weekly: 7, monthly: 31, annually: 366 } as const;
const key = { licenseId: 1, featureId: 11 };

test("[CONS-5] a period starts at a UTC midnight that is not in the future, and not longer ago than it lasts", () => {
  fc.assert(
    fc.property(arbPeriod, arbNow, (period, now) => {
      const start = periodStart(period, now);
      assert.ok(start <= now);
      assert.ok(now - start < longest[period] * DAY_MS);
      assert.equal(start % DAY_MS, 0);
    }),
  );
});

test("[CONS-5] all instants of a period have the same start, and the one before it has another", () => {
  fc.assert(
    fc.property(arbPeriod, arbNow, fc.double({ min: 0, max: 1, noNaN: true }), (period, now, share) => {
      const start = periodStart(period, now);
      assert.equal(periodStart(period, start), start);
      assert.equal(periodStart(period, start + Math.floor((now - start) * share)), start);
      assert.ok(periodStart(period, start - 1) < start);
    }),
  );
});

test("[CONS-5] a period ends where the next one starts", () => {
  fc.assert(
    fc.property(arbPeriod, arbNow, (period, now) => {
      const end = periodEnd(period, now);
      assert.ok(end > now);
      assert.equal(periodStart(period, end), end);
      assert.equal(periodStart(period, end - 1), periodStart(period, now));
    }),
  );
});

test("[CONS-5] periods start at midnight, on Monday, on the first of the month and of the year", () => {
  fc.assert(
    fc.property(arbNow, (now) => {
      assert.equal(
        new Date(periodStart("daily", now)).toISOString(),
        `${new Date(now).toISOString().slice(0, 10)}T00:00:00.000Z`,
      );
      assert.equal(new Date(periodStart("weekly", now)).getUTCDay(), 1);
      assert.equal(new Date(periodStart("monthly", now)).getUTCDate(), 1);
      assert.match(new Date(periodStart("annually", now)).toISOString(), /-01-01T00:00:00\.000Z$/);
    }),
  );
});

test("[CONS-5] a Sunday belongs to the week of the Monday before, over a year's end as well", () => {
  assert.equal(periodStart("weekly", Date.UTC(2027, 0, 3, 23, 59, 59, 999)), Date.UTC(2026, 11, 28));
  assert.equal(periodStart("weekly", Date.UTC(2027, 0, 4)), Date.UTC(2027, 0, 4));
});

test("[CONS-5] a total starts again at 0 when its period has passed, and what was tightened stays", () => {
  const terms = makeConsumption({ resets: "daily", initialTotal: 9 });
  const today = Date.UTC(2026, 0, 15);
  const stored = { ...key, total: 42, periodStartedAt: today, overageLimit: 3 };
  assert.deepEqual(counterAt(stored, key, terms, today + DAY_MS - 1), stored);
  const tomorrow = today + DAY_MS;
  assert.deepEqual(counterAt(stored, key, terms, tomorrow), { ...stored, total: 0, periodStartedAt: tomorrow });
});

test("[CONS-5] a total without a period is never reset", () => {
  const stored = { ...key, total: 42, periodStartedAt: 0, overageLimit: null };
  assert.deepEqual(counterAt(stored, key, makeConsumption(), Date.UTC(2099, 0, 1)), stored);
});

test("[FILE-5] a counter that was never stored starts from the file, in the period of now", () => {
  const now = Date.UTC(2026, 0, 15, 10);
  const start = { ...key, total: 9, overageLimit: null };
  const monthly = makeConsumption({ resets: "monthly", initialTotal: 9 });
  assert.deepEqual(counterAt(undefined, key, monthly, now), { ...start, periodStartedAt: Date.UTC(2026, 0, 1) });
  const never = makeConsumption({ initialTotal: 9 });
  assert.deepEqual(counterAt(undefined, key, never, now), { ...start, periodStartedAt: 0 });
});

test("[CONS-2] the overage is 0 unless allowed, then the vendor's, where 0 is unlimited", () => {
  const counter = { ...key, total: 0, periodStartedAt: 0, overageLimit: null };
  assert.equal(overageLimit(makeConsumption({ maxOverages: 7 }), counter), 0);
  assert.equal(overageLimit(makeConsumption({ allowOverages: true, maxOverages: 7 }), counter), 7);
  assert.equal(overageLimit(makeConsumption({ allowOverages: true }), counter), Number.POSITIVE_INFINITY);
});

test("[CONS-4] a limit kept from requests lowers the vendor's overage and never raises it", () => {
  const counter = { ...key, total: 0, periodStartedAt: 0 };
  const terms = makeConsumption({ allowOverages: true, maxOverages: 7 });
  assert.equal(overageLimit(terms, { ...counter, overageLimit: 0 }), 0);
  assert.equal(overageLimit(terms, { ...counter, overageLimit: 5 }), 5);
  assert.equal(overageLimit(terms, { ...counter, overageLimit: 9 }), 7);
  assert.equal(overageLimit(makeConsumption({ maxOverages: 7 }), { ...counter, overageLimit: 9 }), 0);
});
