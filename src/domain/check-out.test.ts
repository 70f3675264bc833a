import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Desk } from "../../test/support/desk.ts";
import { arbLicense, arbSteps, takeStep } from "../../test/support/desk-steps.ts";
import { makeFeature, makeLicense } from "../../test/support/make-license.ts";
import { START } from "../../test/support/test-clock.ts";
import { type CheckedOut, decideFeatureCheckOut } from "./check-out.ts";
import { LICENSE_POOL } from "./seat.ts";

/** A license that does not float itself, so that only its feature's pool matters. */
const onlyFeature = (terms: Parameters<typeof makeFeature>[0] = {}) =>
  new Desk(makeLicense({ floats: { onPremise: false, cloud: false }, features: [makeFeature(terms)] }));

test("[SEAT-2] a pool never grows past its capacity, whatever happens", () => {
  fc.assert(
    fc.property(arbLicense, arbSteps, (license, steps) => {
      const desk = new Desk(license);
      const count = () => new Map([LICENSE_POOL, 11, 12].map((pool) => [pool, desk.live(pool).length]));
      for (const step of steps) {
        const before = count();
        takeStep(desk, step);
        const capacities = new Map([[LICENSE_POOL, desk.license?.capacity ?? 0]]);
        for (const { id, capacity } of desk.license?.features ?? []) capacities.set(id, capacity);
        for (const [pool, seats] of count()) {
          // More than the capacity only where it was lowered under them; then none are added.
          assert.ok(seats <= Math.max(capacities.get(pool) ?? 0, before.get(pool) ?? 0), JSON.stringify(step));
        }
      }
    }),
    { numRuns: 500 },
  );
});

test("[SEAT-1] a holder never has two seats of one pool", () => {
  fc.assert(
    fc.property(arbLicense, arbSteps, (license, steps) => {
      const desk = new Desk(license);
      for (const step of steps) {
        takeStep(desk, step);
        const identities = desk.live().map(({ featureId, holder }) => `${featureId} ${holder}`);
        assert.equal(new Set(identities).size, identities.length, identities.join());
      }
    }),
    { numRuns: 500 },
  );
});

test("[SEAT-1] holders are compared exactly", () => {
  const lookalikes = ["ann", "Ann", "ann ", "änn", "a\u0308nn", "__proto__"];
  const desk = onlyFeature({ capacity: lookalikes.length });
  for (const holder of lookalikes) assert.equal((desk.use(holder, "render") as CheckedOut).checkedOut, "granted");
  assert.equal(desk.live(11).length, lookalikes.length);
});

test("[SEAT-3] a renewal keeps the seat, restarts its timer and is not counted again", () => {
  const desk = onlyFeature({ timeoutMs: 100 });
  const first = desk.use("ann", "render") as CheckedOut;
  desk.now += 60;
  const again = desk.use("ann", "render") as CheckedOut;
  assert.equal(again.checkedOut, "renewed");
  assert.equal(again.inUse, 1);
  assert.deepEqual(again.seat, { ...first.seat, heardAt: START + 60, beatEndsAt: START + 160, endsAt: START + 160 });
});

test("[SEAT-3] a renewal is granted in a full pool and in one whose capacity was lowered under it", () => {
  const desk = onlyFeature({ capacity: 2 });
  desk.use("ann", "render");
  desk.use("bob", "render");
  desk.license = makeLicense({ floats: { onPremise: false, cloud: false }, features: [makeFeature({ capacity: 1 })] });
  for (const holder of ["ann", "bob"]) {
    assert.equal((desk.use(holder, "render") as CheckedOut).checkedOut, "renewed");
  }
  assert.equal("refused" in desk.use("cy", "render"), true);
});

test("[SEAT-4] a grant counts itself", () => {
  const desk = onlyFeature({ capacity: 3 });
  assert.deepEqual(
    ["ann", "bob", "cy"].map((holder) => (desk.use(holder, "render") as CheckedOut).inUse),
    [1, 2, 3],
  );
});

test("[SEAT-5] a full pool answers when its first seat may end, and only the denial is recorded", () => {
  const desk = onlyFeature({ capacity: 2, timeoutMs: 100 });
  desk.use("ann", "render");
  desk.now += 30;
  desk.use("bob", "render");
  const wish = { channel: "onPremise", graceMs: 0, borrow: "none", holder: "cy" } as const;
  const decide = () =>
    desk.decide({ holder: "cy", feature: "render" }, (view) => decideFeatureCheckOut(view, "render", wish));
  const data = { full: "feature", inUse: 2, capacity: 2 };
  assert.deepEqual(decide(), {
    outcome: { refused: "floating_not_available", retryAfterMs: 70 },
    changes: [],
    events: [{ kind: "seat_denied", licenseId: 1, featureId: 11, holder: "cy", data }],
  });
  desk.now += 69;
  assert.deepEqual(decide().outcome, { refused: "floating_not_available", retryAfterMs: 1 });
  desk.now += 1;
  assert.equal((decide().outcome as CheckedOut).checkedOut, "granted");
});

test("[SEAT-5] a pool of no seats cannot say when one will be free", () => {
  assert.deepEqual(onlyFeature({ capacity: 0 }).use("ann", "render"), { refused: "floating_not_available" });
});

test("[TIME-1] a seat is held until the millisecond before its end, and free from then on", () => {
  const desk = onlyFeature({ capacity: 1, timeoutMs: 100 });
  desk.use("ann", "render");
  desk.now += 99;
  assert.equal("refused" in desk.use("bob", "render"), true);
  desk.now += 1;
  const granted = desk.use("bob", "render") as CheckedOut;
  assert.deepEqual([granted.checkedOut, granted.inUse], ["granted", 1]);
});

test("[TIME-3] a seat ends its timeout and the server's grace after it was last renewed", () => {
  const desk = onlyFeature({ timeoutMs: 1_234 });
  assert.equal((desk.use("ann", "render", { graceMs: 500 }) as CheckedOut).seat.endsAt, START + 1_734);
});

test("[TIME-3] a borrow that is over before the timeout does not end the seat", () => {
  const desk = onlyFeature({ timeoutMs: 1_000 });
  assert.equal((desk.use("ann", "render", { borrow: START + 10 }) as CheckedOut).seat.endsAt, START + 1_000);
  assert.equal((desk.use("bob", "render", { borrow: START + 1_010 }) as CheckedOut).seat.endsAt, START + 1_010);
});
