import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { takeOutage } from "../../test/support/desk-steps.ts";
import { makeConsumption, makeFeature } from "../../test/support/make-license.ts";
import { START } from "../../test/support/test-clock.ts";
import { makeCloudLicense, VendorDesk } from "../../test/support/vendor-desk.ts";
import type { Checked } from "./check-out.ts";
import { SEEN_EVERY_MS } from "./device.ts";
import { HOUR_MS } from "./instant.ts";
import type { License } from "./license.ts";
import { LICENSE_POOL } from "./seat.ts";

const CLOUD = { onPremise: false, cloud: true };
const STILL = { onPremise: false, cloud: false };
const OFFLINE = { onPremise: true, cloud: false };

/** Some devices on a license; its own seats last 100 ms, those of its features 200 and 300 ms. */
function startDesk(changes: Partial<License> = {}, devices: readonly string[] = ["a", "b", "c"]): VendorDesk {
  const desk = new VendorDesk(
    makeCloudLicense({
      capacity: 2,
      timeoutMs: 100,
      features: [
        makeFeature({ floats: CLOUD, id: 11, code: "render", capacity: 2, timeoutMs: 200 }),
        makeFeature({ floats: CLOUD, id: 12, code: "export", capacity: 2, timeoutMs: 300 }),
        makeFeature({ floats: STILL, id: 13, code: "viewer" }),
        makeFeature({ floats: OFFLINE, id: 14, code: "offline" }),
      ],
      ...changes,
    }),
  );
  for (const device of devices) desk.activate(device);
  return desk;
}

const told = ({ outcome }: { outcome: object }) =>
  "refused" in outcome ? outcome.refused : (outcome as Checked).checkedOut;

test("[SEAT-8] checking a feature that floats in the cloud takes the device's seat, and renews it", () => {
  const desk = startDesk();
  const first = desk.checkFeature("a", "render");
  assert.deepEqual([told(first), (first.outcome as Checked).inUse], ["granted", 1]);
  desk.now += 150;
  const again = desk.checkFeature("a", "render", { graceMs: 7 });
  assert.deepEqual([told(again), (again.outcome as Checked).inUse], ["renewed", 1]);
  assert.deepEqual(
    desk.live().map(({ holder, featureId, takenAt, endsAt }) => [holder, featureId, takenAt, endsAt]),
    [["a", 11, START, START + 357]],
  );
});

test("[SEAT-8] what does not float in the cloud costs no seat", () => {
  const desk = startDesk({ floats: STILL });
  for (const code of ["viewer", "offline"]) assert.equal(told(desk.checkFeature("a", code)), "checked");
  const checked = desk.checkLicense("a");
  assert.deepEqual([told(checked), (checked.outcome as Checked).seat, checked.events], ["checked", undefined, []]);
  assert.deepEqual(desk.live(), []);
  assert.equal(told(desk.releaseCloudFeature("a", "offline")), "feature_not_floating");
  assert.equal(told(desk.releaseCloudLicense("a")), "license_not_floating");
});

test("[SEAT-8] a feature seat takes no license seat, and a full license refuses no feature", () => {
  const desk = startDesk();
  for (const device of ["a", "b"]) assert.equal(told(desk.checkLicense(device)), "granted");
  assert.equal(told(desk.checkFeature("c", "render")), "granted");
  assert.equal(told(desk.checkLicense("c")), "floating_not_available");
  assert.deepEqual(
    desk.live().map(({ holder, featureId }) => [holder, featureId]),
    [
      ["a", LICENSE_POOL],
      ["b", LICENSE_POOL],
      ["c", 11],
    ],
  );
});

test("[SEAT-8] a license past its validity gives no seat, and one that does not float is still shown", () => {
  const floating = startDesk();
  floating.checkFeature("a", "render");
  floating.checkLicense("a");
  floating.license = floating.license && { ...floating.license, validUntil: START };
  assert.equal(told(floating.checkLicense("a")), "license_expired");
  assert.equal(told(floating.checkFeature("a", "render")), "license_expired");
  assert.equal(told(floating.checkFeature("a", "viewer")), "license_expired");
  // [LIC-5] Giving back works.
  assert.deepEqual(floating.releaseCloudFeature("a", "render").outcome, { released: 1 });
  assert.deepEqual(floating.releaseCloudLicense("a").outcome, { released: 1 });
  const still = startDesk({ floats: STILL });
  still.license = still.license && { ...still.license, validUntil: START };
  assert.equal(told(still.checkLicense("a")), "checked");
});

test("[SEAT-8] a metered feature that does not float shows its counter", () => {
  const consumption = makeConsumption();
  const desk = startDesk({ features: [makeFeature({ floats: STILL, type: "consumption", consumption })] });
  const counter = { licenseId: 1, featureId: 11, total: 7, periodStartedAt: 0, overageLimit: null };
  desk.counters.set(11, counter);
  assert.deepEqual((desk.checkFeature("a", "render").outcome as Checked).counter, counter);
});

test("[SEAT-8] a check that tells something new of its device writes it down, and any other does not", () => {
  const desk = startDesk({ floats: STILL });
  const changes = (info?: object) =>
    desk.checkFeature("a", "viewer", { deviceInfo: { ...info } }).changes.map(({ change }) => change);
  assert.deepEqual([changes(), changes({ ip: "1" }), changes({ ip: "1" })], [[], ["put_device"], []]);
  assert.deepEqual(desk.row("a")?.info, { ip: "1" });
  desk.now += SEEN_EVERY_MS;
  assert.deepEqual([changes(), changes()], [["put_device"], []]);
});

test("[REL-5] releasing a license seat ends only that seat, and releasing none is no error and changes nothing", () => {
  const desk = startDesk();
  desk.checkLicense("a", { borrow: "longest" });
  desk.checkFeature("a", "render");
  desk.checkLicense("b");
  assert.deepEqual(desk.releaseCloudLicense("a").outcome, { released: 1 });
  assert.deepEqual(
    desk.live().map(({ holder, featureId }) => [holder, featureId]),
    [
      ["a", 11],
      ["b", LICENSE_POOL],
    ],
  );
  assert.deepEqual(desk.releaseCloudLicense("a"), { outcome: { released: 0 }, changes: [], events: [] });
});

test("[REL-1] releasing a cloud feature seat ends it and its borrow, and leaves the license seat alone", () => {
  const desk = startDesk();
  desk.checkLicense("a");
  desk.checkFeature("a", "render", { borrow: "longest" });
  assert.deepEqual(desk.releaseCloudFeature("a", "render").outcome, { released: 1 });
  assert.deepEqual(
    desk.live().map(({ featureId }) => featureId),
    [LICENSE_POOL],
  );
  assert.equal(told(desk.releaseCloudFeature("a", "render")), "floating_feature_device_not_in_use");
});

type Step = { readonly device: string; readonly act: string; readonly ms: number };
const arbStep: fc.Arbitrary<Step> = fc.record({
  device: fc.constantFrom("a", "b", "c"),
  act: fc.constantFrom("render", "export", "license", "borrow", "release", "off", "bar", "admit", "outage"),
  ms: fc.nat(60),
});

test("[SEAT-8] whatever devices do, no cloud seat is prolonged by another, over outages too", () => {
  fc.assert(
    fc.property(fc.array(arbStep, { minLength: 5, maxLength: 60, size: "max" }), (steps) => {
      const desk = startDesk({ capacity: 3 });
      for (const { device, act, ms } of steps) {
        desk.now += ms;
        const before = desk.live(LICENSE_POOL);
        if (act === "render" || act === "export") desk.checkFeature(device, act);
        else if (act === "license") desk.checkLicense(device);
        else if (act === "borrow") desk.checkFeature(device, "render", { borrow: desk.now + 5 * ms });
        else if (act === "release") desk.releaseCloudFeature(device, "render");
        else if (act === "off") desk.deactivate(device);
        else if (act === "bar") desk.bar(device);
        else if (act === "admit") desk.admit(device);
        else takeOutage(desk, ms);
        if (desk.row(device)?.active === false) desk.activate(device);
        for (const seat of desk.live()) {
          assert.equal(seat.neededUntil, 0, act);
          assert.equal(seat.endsAt, Math.max(seat.beatEndsAt, seat.borrowedUntil ?? 0), act);
        }
        if (["render", "export", "borrow", "release"].includes(act)) {
          assert.deepEqual(desk.live(LICENSE_POOL), before, act);
        }
      }
    }),
    { numRuns: 300 },
  );
});

test("[TIME-5] after an outage each cloud seat gets the time back by itself", () => {
  const desk = startDesk();
  desk.checkLicense("a");
  desk.checkFeature("a", "export", { borrow: START + HOUR_MS });
  desk.now += 10;
  takeOutage(desk, 50);
  assert.deepEqual(
    desk.live().map(({ featureId, endsAt, neededUntil }) => [featureId, endsAt, neededUntil]),
    [
      [LICENSE_POOL, START + 150, 0],
      [12, START + HOUR_MS, 0],
    ],
  );
});
