import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Desk } from "../../test/support/desk.ts";
import { makeConsumption, makeFeature, makeFile, makeLicense } from "../../test/support/make-license.ts";
import { START } from "../../test/support/test-clock.ts";
import { type Consumed, type Consumption, decideFeatureConsumption, decideLicenseConsumption } from "./consume.ts";
import { overageLimit } from "./counter.ts";
import { decideImport } from "./import-license.ts";
import { DAY_MS } from "./instant.ts";
import type { ConsumptionTerms } from "./license.ts";

/** A metered license with a metered feature, both of these terms, taken from a file. */
function metered(terms: Partial<ConsumptionTerms>): Desk {
  const consumption = makeConsumption(terms);
  const features = [makeFeature({ consumption }), makeFeature({ id: 12, code: "plain" })];
  const desk = new Desk(undefined);
  desk.decide({}, (view) => decideImport(view, makeLicense({ consumption, features }), makeFile()));
  return desk;
}
const addToLicense = (desk: Desk, wish: Consumption) =>
  desk.decide({}, (view) => decideLicenseConsumption(view, wish, "onPremise")).outcome;
const add = (desk: Desk, wish: Consumption, feature = "render") =>
  desk.decide({ feature }, (view) => decideFeatureConsumption(view, feature, wish, "onPremise")).outcome;
const total = (outcome: object) => ("refused" in outcome ? outcome.refused : (outcome as Consumed).counter.total);

const arbTerms = fc.record({
  max: fc.nat(20),
  unlimited: fc.boolean(),
  allowNegative: fc.boolean(),
  allowOverages: fc.boolean(),
  maxOverages: fc.nat(8),
  resets: fc.constantFrom(null, "daily" as const, "monthly" as const),
  initialTotal: fc.nat(20),
});
const arbAdditions = fc.array(
  fc.record({
    amount: fc.integer({ min: -10, max: 12 }),
    overageLimit: fc.option(fc.nat(9), { nil: undefined }),
    passMs: fc.constantFrom(0, 0, 0, DAY_MS / 2),
  }),
  { maxLength: 40, size: "max" },
);

test("[CONS-1] no addition brings a total past maximum and overage, no subtraction below 0", () => {
  fc.assert(
    fc.property(arbTerms, arbAdditions, (terms, additions) => {
      const desk = metered(terms);
      let before = Math.max(terms.initialTotal, 0);
      for (const { passMs, ...wish } of additions) {
        desk.now += passMs;
        const outcome = add(desk, wish);
        if ("refused" in outcome) continue;
        const after = outcome.counter.total;
        assert.ok(after >= 0);
        if (!terms.unlimited && wish.amount > 0) {
          assert.ok(after <= terms.max + overageLimit(terms, outcome.counter), `${before} + ${wish.amount} = ${after}`);
        }
        if (!terms.allowNegative) assert.ok(wish.amount >= 0);
        before = after;
      }
    }),
    { numRuns: 300 },
  );
});

test("[CONS-4] the overage that requests accept only ever gets smaller, and a refused request changes nothing", () => {
  fc.assert(
    fc.property(arbTerms, arbAdditions, (terms, additions) => {
      const desk = metered(terms);
      let accepted = Number.POSITIVE_INFINITY;
      for (const { passMs, ...wish } of additions) {
        desk.now += passMs;
        const before = desk.counters.get(11);
        const outcome = add(desk, wish);
        if ("refused" in outcome) assert.equal(desk.counters.get(11), before);
        else accepted = Math.min(accepted, wish.overageLimit ?? Number.POSITIVE_INFINITY);
        const kept = desk.counters.get(11)?.overageLimit ?? Number.POSITIVE_INFINITY;
        assert.equal(kept, accepted);
      }
    }),
    { numRuns: 300 },
  );
});

test("[CONS-1] additions count up to the last unit, on the license and on the feature by themselves", () => {
  const desk = metered({ max: 10 });
  assert.equal(total(add(desk, { amount: 7 })), 7);
  assert.equal(total(add(desk, { amount: 4 })), "feature_not_enough_consumptions");
  assert.equal(total(add(desk, { amount: 3 })), 10);
  assert.equal(total(add(desk, { amount: 1 })), "feature_not_enough_consumptions");
  assert.equal(total(addToLicense(desk, { amount: 10 })), 10);
  assert.equal(total(addToLicense(desk, { amount: 1 })), "license_not_enough_consumptions");
});

test("[CONS-1] what is not metered cannot be consumed", () => {
  const desk = new Desk(makeLicense({ features: [makeFeature({ code: "plain" })] }));
  assert.deepEqual(addToLicense(desk, { amount: 1 }), { refused: "license_not_consumption" });
  assert.deepEqual(add(desk, { amount: 1 }, "plain"), { refused: "unsupported_product_feature" });
});

test("[CONS-2] unlimited consumption beats all limits", () => {
  const desk = metered({ max: 0, unlimited: true });
  assert.equal(total(add(desk, { amount: 1_000, overageLimit: 0 })), 1_000);
});

test("[CONS-2] overages go to their limit, and without one they are unlimited", () => {
  const limited = metered({ max: 10, allowOverages: true, maxOverages: 5 });
  assert.equal(total(add(limited, { amount: 15 })), 15);
  assert.equal(total(add(limited, { amount: 1 })), "feature_not_enough_consumptions");
  assert.equal(total(add(metered({ max: 10, allowOverages: true }), { amount: 100_000 })), 100_000);
});

test("[CONS-2] even unlimited, a total stays a number that JSON can carry", () => {
  for (const desk of [metered({ unlimited: true }), metered({ allowOverages: true })]) {
    assert.equal(total(add(desk, { amount: Number.MAX_SAFE_INTEGER })), Number.MAX_SAFE_INTEGER);
    assert.equal(total(add(desk, { amount: 1 })), "feature_not_enough_consumptions");
    assert.equal(total(add(desk, { amount: Number.MAX_SAFE_INTEGER })), "feature_not_enough_consumptions");
  }
});

test("[CONS-3] giving back needs to be allowed, and ends at 0", () => {
  assert.equal(total(add(metered({ initialTotal: 5 }), { amount: -1 })), "negative_consumptions_not_allowed");
  const desk = metered({ initialTotal: 5, allowNegative: true });
  assert.equal(total(add(desk, { amount: -6 })), "negative_consumptions_not_allowed");
  assert.equal(total(add(desk, { amount: -5 })), 0);
});

test("[CONS-4] a request lowers the overage for itself and all later ones, and no request raises it", () => {
  const desk = metered({ max: 10, allowOverages: true, maxOverages: 5 });
  assert.equal(total(add(desk, { amount: 13, overageLimit: 2 })), "feature_not_enough_consumptions");
  assert.equal(total(add(desk, { amount: 13 })), 13, "the refused request lowered nothing");
  assert.equal(total(add(desk, { amount: 0, overageLimit: 0 })), 13);
  assert.equal(total(add(desk, { amount: 1, overageLimit: 5 })), "feature_not_enough_consumptions");
  assert.equal(total(add(metered({ max: 10 }), { amount: 11, overageLimit: 5 })), "feature_not_enough_consumptions");
});

test("[CONS-5] with a new period an addition starts from 0", () => {
  const desk = metered({ max: 10, resets: "daily", initialTotal: 8 });
  assert.equal(total(add(desk, { amount: 3 })), "feature_not_enough_consumptions");
  desk.now = Date.UTC(2026, 0, 16);
  assert.equal(total(add(desk, { amount: 3 })), 3);
});

test("[STORE-3] an addition leaves an event with its amount and total, granted or not", () => {
  const desk = metered({ max: 10 });
  const event = (amount: number) =>
    desk.decide({ feature: "render" }, (view) =>
      decideFeatureConsumption(view, "render", { amount, user: "ann" }, "onPremise"),
    ).events;
  const about = { licenseId: 1, featureId: 11, holder: "ann" };
  assert.deepEqual(event(7), [{ kind: "consumption_added", ...about, data: { amount: 7, total: 7 } }]);
  assert.deepEqual(event(4), [{ kind: "consumption_denied", ...about, data: { amount: 4, total: 7 } }]);
});

test("[CONS-6] an outcome with a key is kept for 7 days, granted or not, but refusals of the license are not", () => {
  const desk = metered({ max: 10 });
  const decide = (amount: number) =>
    desk.decide({}, (view) => decideLicenseConsumption(view, { amount, replyKey: "k" }, "onPremise"));
  for (const amount of [7, 4]) {
    const { outcome, changes } = decide(amount);
    const kept = changes.filter(({ change }) => change === "keep_reply");
    assert.deepEqual(kept, [
      { change: "keep_reply", licenseId: 1, key: "k", reply: outcome, until: START + 7 * DAY_MS },
    ]);
  }
  desk.license = makeLicense({ enabled: false });
  assert.deepEqual(decide(1).changes, []);
});

test("[CONS-6] a kept outcome is given again and nothing is added", () => {
  const desk = metered({ max: 10 });
  const view = { ...desk.view({}), keptReply: { refused: "license_not_enough_consumptions" } };
  const again = decideLicenseConsumption(view, { amount: 1, replyKey: "k" }, "onPremise");
  assert.deepEqual(again, { outcome: { refused: "license_not_enough_consumptions" }, changes: [], events: [] });
});
