import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Desk } from "../../test/support/desk.ts";
import { arbLicense, arbSteps, takeOutage, takeStep } from "../../test/support/desk-steps.ts";
import { makeFeature, makeLicense } from "../../test/support/make-license.ts";
import { START } from "../../test/support/test-clock.ts";
import { extendSeats } from "./downtime.ts";
import { LICENSE_POOL } from "./seat.ts";

/** A license seat lasts 100 ms, a feature seat 200. */
const desk = () => new Desk(makeLicense({ timeoutMs: 100, features: [makeFeature({ timeoutMs: 200 })] }));
const end = (at: Desk, featureId: number) => at.live(featureId)[0]?.endsAt;

test("[TIME-5] a seat gets back the time the server was down", () => {
  const at = desk();
  at.register("ann");
  at.now += 60;
  takeOutage(at, 70);
  assert.equal(end(at, LICENSE_POOL), START + 100 + 70);
});

test("[TIME-5] at most one timeout of its own is given back", () => {
  const at = desk();
  at.register("ann");
  at.use("ann", "render");
  takeOutage(at, 150);
  at.release("ann", "render");
  assert.equal(end(at, LICENSE_POOL), START + 200);
  const long = desk();
  long.register("ann");
  takeOutage(long, 201);
  assert.deepEqual(long.live(), []);
});

test("[TIME-5] a seat that had run out when the server stopped stays so", () => {
  const at = desk();
  at.register("ann");
  at.now += 100;
  takeOutage(at, 50);
  assert.deepEqual(at.live(), []);
});

test("[TIME-5] a borrow's date stays, and the timer under it is extended", () => {
  const at = desk();
  at.use("ann", "render", { borrow: START + 1_000 });
  takeOutage(at, 150);
  const [seat] = at.live(11);
  assert.deepEqual([seat?.borrowedUntil, seat?.beatEndsAt, seat?.endsAt], [START + 1_000, START + 350, START + 1_000]);
});

test("[TIME-5] a borrow that outlasts the outage gains nothing from it", () => {
  const at = desk();
  at.use("ann", "render", { borrow: START + 1_000 });
  at.now += 300;
  takeOutage(at, 150);
  assert.equal(end(at, 11), START + 1_000);
});

test("[TIME-5] a seat whose borrow ended while the server was down could not be renewed, so it goes on", () => {
  const at = desk();
  at.use("ann", "render", { borrow: START + 320 });
  at.now += 300;
  takeOutage(at, 50);
  const [seat] = at.live(11);
  assert.deepEqual([seat?.borrowedUntil, seat?.endsAt], [START + 320, START + 370]);
});

test("[TIME-5] an on-demand license seat is extended as far as the feature seats that need it", () => {
  const at = desk();
  at.use("ann", "render");
  takeOutage(at, 150);
  assert.deepEqual([end(at, 11), end(at, LICENSE_POOL)], [START + 350, START + 350]);
});

test("[TIME-5] whatever the seats: none ends earlier, none gains more than the outage or its timeout, no borrow moves", () => {
  fc.assert(
    fc.property(arbLicense, arbSteps, fc.nat(40), (license, steps, ms) => {
      const at = new Desk(license);
      for (const step of steps) takeStep(at, step);
      const stoppedAt = at.now;
      const known = at.license;
      assert.ok(known !== undefined);
      const timeouts = new Map(known.features.map(({ id, timeoutMs }) => [id, timeoutMs]));
      timeouts.set(LICENSE_POOL, Math.max(known.timeoutMs, ...timeouts.values()));
      for (const after of extendSeats(known, at.seats, stoppedAt, stoppedAt + ms)) {
        const before = at.seats.find(({ id }) => id === after.id);
        assert.ok(before !== undefined && before.endsAt > stoppedAt, "a seat came back from the dead");
        assert.equal(after.borrowedUntil, before.borrowedUntil);
        assert.ok(after.endsAt >= before.endsAt);
        assert.ok(after.endsAt - before.endsAt <= Math.min(ms, timeouts.get(after.featureId) ?? 0));
      }
    }),
    { numRuns: 500 },
  );
});

test("[TIME-5] an outage of no time changes nothing, nor does a clock that went back", () => {
  fc.assert(
    fc.property(arbLicense, arbSteps, fc.nat(5), (license, steps, back) => {
      const at = new Desk(license);
      for (const step of steps) takeStep(at, step);
      assert.deepEqual(extendSeats(license, at.seats, at.now, at.now - back), []);
    }),
  );
});

test("[TIME-5] a license seat that feature seats needed once, and need no more, is not changed for that", () => {
  const at = desk();
  at.register("ann");
  at.use("ann", "render");
  at.now += 150;
  at.register("ann");
  at.now += 50;
  // The feature seat has run out, and is ended by the next decision.
  at.register("bob");
  assert.deepEqual(extendSeats(makeLicense(), at.seats, at.now, at.now), []);
});

test("[TIME-5] a feature seat that had run out when the server stopped needs no license seat any more", () => {
  const at = desk();
  at.use("ann", "render");
  const runOut = at.live(11);
  at.now += 300;
  at.register("ann");
  assert.deepEqual(extendSeats(makeLicense(), [...runOut, ...at.seats], at.now, at.now), []);
});
