import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Desk } from "../../test/support/desk.ts";
import { arbLicense, arbSteps, takeOutage, takeStep } from "../../test/support/desk-steps.ts";
import { makeDevice, makeFeature, makeLicense } from "../../test/support/make-license.ts";
import { START } from "../../test/support/test-clock.ts";
import { type CheckedOut, decideFeatureCheckOut, decideLicenseCheckOut } from "./check-out.ts";
import { isOnDemand, LICENSE_POOL } from "./seat.ts";

/** A floating license whose own seats last 100 ms, with two features of 200 and 300 ms. */
const desk = (capacity = 10) =>
  new Desk(
    makeLicense({
      capacity,
      timeoutMs: 100,
      features: [
        makeFeature({ id: 11, code: "render", timeoutMs: 200 }),
        makeFeature({ id: 12, code: "export", timeoutMs: 300 }),
      ],
    }),
  );

test("[SEAT-6] a feature seat always has a license seat that lasts as long, and one on demand no longer", () => {
  fc.assert(
    fc.property(arbLicense, arbSteps, (license, steps) => {
      const all = new Desk({ ...license, floats: { onPremise: true, cloud: false } });
      for (const step of steps) {
        takeStep(all, step);
        for (const holder of new Set(all.live().map((seat) => seat.holder))) {
          const ends = all.live().filter((seat) => seat.holder === holder && seat.featureId !== LICENSE_POOL);
          const needed = Math.max(0, ...ends.map((seat) => seat.endsAt));
          const licenseSeat = all.licenseSeat(holder);
          assert.ok(licenseSeat !== undefined && licenseSeat.endsAt >= needed, `${holder}: ${JSON.stringify(step)}`);
          if (isOnDemand(licenseSeat)) assert.equal(licenseSeat.endsAt, needed);
        }
      }
    }),
    { numRuns: 1_000 },
  );
});

test("[SEAT-6] a license seat taken on demand lasts as long as the longest feature seat", () => {
  const at = desk();
  at.use("ann", "export");
  assert.equal(at.licenseSeat("ann")?.endsAt, START + 300);
  at.now += 50;
  at.use("ann", "render");
  assert.equal(at.licenseSeat("ann")?.endsAt, START + 300);
  at.use("ann", "render", { borrow: START + 5_000 });
  assert.equal(at.licenseSeat("ann")?.endsAt, START + 5_000);
});

test("[SEAT-6] without a free license seat no feature seat is given, though the feature has some", () => {
  const at = desk(1);
  at.use("ann", "render");
  at.now += 40;
  assert.deepEqual(at.use("bob", "render"), { refused: "floating_not_available", retryAfterMs: 160 });
  assert.deepEqual(
    at.live().map((seat) => seat.holder),
    ["ann", "ann"],
  );
});

test("[SEAT-6] a full feature takes no license seat", () => {
  const at = desk();
  for (const holder of ["ann", "bob", "cy"]) at.use(holder, "render");
  assert.equal(at.licenseSeat("cy"), undefined);
});

test("[STORE-8] the two seats of one check-out have two ids", () => {
  const at = desk();
  at.use("ann", "render");
  const seats = at.live().map(({ featureId, id }) => ({ featureId, id }));
  assert.deepEqual(seats, [
    { featureId: 11, id: 1 },
    { featureId: LICENSE_POOL, id: 2 },
  ]);
});

test("[SEAT-6] on a license that does not float, and in the cloud, a feature seat stands alone", () => {
  const still = new Desk(makeLicense({ floats: { onPremise: false, cloud: false } }));
  still.use("ann", "render");
  assert.equal(still.live(LICENSE_POOL).length, 0);
  const cloud = { floats: { onPremise: false, cloud: true } };
  const both = new Desk(makeLicense({ ...cloud, features: [makeFeature(cloud)] }));
  both.device = makeDevice({ hardwareId: "device" });
  assert.equal((both.use("device", "render", { channel: "cloud" }) as CheckedOut).checkedOut, "granted");
  assert.equal(both.live(LICENSE_POOL).length, 0);
});

test("[SEAT-6] renewing a feature seat renews a license seat that was asked for", () => {
  const at = desk();
  at.register("ann");
  at.use("ann", "render");
  at.now += 90;
  at.use("ann", "render", { graceMs: 7 });
  at.release("ann", "render");
  assert.equal(at.licenseSeat("ann")?.endsAt, START + 90 + 100 + 7);
});

test("[SEAT-7] a license seat that was asked for stays when the last feature seat goes, until its timeout", () => {
  const at = desk();
  at.register("ann");
  at.use("ann", "render");
  at.release("ann", "render");
  assert.equal(at.licenseSeat("ann")?.endsAt, START + 100);
  at.now += 100;
  assert.equal(at.licenseSeat("ann"), undefined);
});

test("[SEAT-7] asking for an on-demand seat makes it one that was asked for", () => {
  const at = desk();
  at.use("ann", "render");
  const onDemand = at.licenseSeat("ann");
  assert.equal((at.register("ann") as CheckedOut).checkedOut, "renewed");
  at.release("ann", "render");
  assert.equal(at.licenseSeat("ann")?.id, onDemand?.id);
});

test("[STORE-3] a license seat has events from when it is asked for, and an on-demand one has none", () => {
  const at = desk();
  const wish = { channel: "onPremise", graceMs: 0, borrow: "none", holder: "ann" } as const;
  const use = () =>
    at.decide({ holder: "ann", feature: "render" }, (view) => decideFeatureCheckOut(view, "render", wish));
  const register = () => at.decide({ holder: "ann" }, (view) => decideLicenseCheckOut(view, wish));
  const told = [use(), use(), register(), register(), use()].map(({ events }) =>
    events.map(({ kind, featureId, holder }) => `${kind} ${featureId} ${holder}`),
  );
  assert.deepEqual(told, [
    ["seat_granted 11 ann"],
    ["seat_renewed 11 ann"],
    ["seat_granted 0 ann"],
    ["seat_renewed 0 ann"],
    ["seat_renewed 11 ann"],
  ]);
});

test("[SEAT-7] a license seat that was asked for, and timed out, is one on demand while feature seats need it", () => {
  const at = desk();
  at.register("ann");
  at.use("ann", "render");
  at.now += 150;
  assert.equal(at.licenseSeat("ann")?.endsAt, START + 200);
  at.use("ann", "render");
  assert.equal(at.licenseSeat("ann")?.endsAt, START + 350);
  at.release("ann", "render");
  assert.deepEqual(at.live(), []);
});

test("[STORE-3] a license seat that was asked for ends in events when it becomes one on demand, as of its timeout", () => {
  const at = desk();
  at.register("ann");
  at.use("ann", "render");
  at.now += 150;
  const wish = { channel: "onPremise", graceMs: 0, borrow: "none", holder: "ann" } as const;
  const use = () =>
    at.decide({ holder: "ann", feature: "render" }, (view) => decideFeatureCheckOut(view, "render", wish)).events;
  const about = { licenseId: 1, holder: "ann" };
  const renewed = { kind: "seat_renewed", ...about, featureId: 11 };
  assert.deepEqual(use(), [
    { kind: "seat_expired", ...about, featureId: LICENSE_POOL, data: { endedAt: START + 100 } },
    renewed,
  ]);
  assert.deepEqual(use(), [renewed], "it is told once");
});

test("[SEAT-7] a license that does not float gives no seats of its own", () => {
  const still = new Desk(makeLicense({ floats: { onPremise: false, cloud: true } }));
  assert.deepEqual(still.register("ann"), { refused: "license_not_floating" });
  assert.deepEqual(still.unregister("ann"), { refused: "license_not_floating" });
});

test("[SEAT-6] after an outage a borrowed license seat still lasts as long as its user's feature seats", () => {
  const at = desk();
  at.register("ann", { borrow: START + 10_000 });
  at.now += 100;
  at.use("ann", "export");
  at.now += 150;
  takeOutage(at, 100);
  const featureEnd = at.live(12)[0]?.endsAt;
  assert.equal(featureEnd, START + 100 + 300 + 100);
  at.register("ann", { borrow: at.now + 1, movesBorrow: true });
  assert.ok((at.licenseSeat("ann")?.endsAt ?? 0) >= featureEnd);
});
