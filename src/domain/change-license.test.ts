import assert from "node:assert/strict";
import { test } from "node:test";
import { makeConsumption, makeIssuedDetails } from "../../test/support/make-license.ts";
import { makeRecord } from "../../test/support/make-record.ts";
import { START } from "../../test/support/test-clock.ts";
import { makeCloudLicense, VendorDesk } from "../../test/support/vendor-desk.ts";
import {
  decideChange,
  decideDeletion,
  decideDisabling,
  decideEnabling,
  decideReset,
  type LicensePatch,
} from "./change-license.ts";
import type { Decide, Decision } from "./decision.ts";
import type { License } from "./license.ts";
import type { VendorProduct } from "./product.ts";

const product: VendorProduct = makeRecord("product", 1, "cad");

/** Two devices: hw-1 in the license's own pool and both features', hw-2 in one. */
function busyDesk(overrides: Partial<License> = {}): VendorDesk {
  const desk = new VendorDesk(makeCloudLicense(overrides));
  for (const hardwareId of ["hw-1", "hw-2"]) desk.activate(hardwareId);
  desk.checkLicense("hw-1");
  for (const feature of ["render", "export"]) desk.checkFeature("hw-1", feature);
  desk.checkFeature("hw-2", "render");
  assert.equal(desk.seats.length, 4);
  return desk;
}

const holders = (desk: VendorDesk) => desk.live().map(({ holder, featureId }) => `${holder} ${featureId}`);
const kinds = ({ events }: Decision<unknown>) => events.map(({ kind }) => kind);
const change =
  (patch: LicensePatch): Decide<unknown> =>
  (view) =>
    decideChange(view, product, patch);
const released = (count: number) => Array<string>(count).fill("seat_released");

test("[LIC-7] a disabled license keeps all it has but its seats, and is refused", () => {
  const desk = busyDesk();
  const { license: before, devices } = desk;
  const decision = desk.decide({}, decideDisabling);
  assert.deepEqual(desk.license, { ...before, enabled: false });
  assert.deepEqual([desk.seats, desk.devices], [[], devices]);
  assert.deepEqual(kinds(decision), ["license_disabled", ...released(4)]);
  assert.deepEqual(desk.checkFeature("hw-1", "render").outcome, { refused: "license_not_enabled" });
  desk.decide({}, decideEnabling);
  assert.deepEqual(desk.license, before);
  assert.ok(!("refused" in desk.checkFeature("hw-1", "render").outcome));
});

test("[LIC-7] [REC-2] what is so already is no change and leaves no event", () => {
  const desk = busyDesk();
  assert.deepEqual(desk.decide({}, decideEnabling), { outcome: desk.license, changes: [], events: [] });
  desk.decide({}, decideDisabling);
  assert.deepEqual(desk.decide({}, decideDisabling), { outcome: desk.license, changes: [], events: [] });
});

test("[LIC-8] a reset license is as if it had never been activated; bars stay", () => {
  const issued = makeIssuedDetails({ validDurationMs: 5_000 });
  const desk = busyDesk({ issued });
  const fresh = makeCloudLicense({ issued });
  desk.deactivate("hw-2");
  desk.activate("hw-3");
  desk.bar("hw-1");
  assert.deepEqual([desk.license?.validUntil, desk.license?.details.transferCount], [START + 5_000, 1]);
  const total = { licenseId: 1, featureId: 11, total: 7, periodStartedAt: 0, overageLimit: null };
  desk.counters.set(11, total);
  const decision = desk.decide({}, decideReset);
  assert.deepEqual(desk.license, fresh);
  assert.deepEqual(desk.seats, []);
  assert.deepEqual(
    desk.devices.map(({ active, blacklisted }) => [active, blacklisted]),
    [
      [false, true],
      [false, false],
      [false, false],
    ],
  );
  assert.ok(decision.changes.some((each) => each.change === "remove_counter" && each.featureId === 11));
  assert.equal((desk.activate("hw-1").outcome as { refused?: string }).refused, "blacklisted");
  desk.now += 60_000;
  desk.activate("hw-2");
  assert.equal(desk.license?.validUntil, START + 65_000);
  desk.deactivate("hw-2");
  desk.activate("hw-3");
  assert.equal(desk.license?.details.transferCount, 1, "hw-3 was here before the reset, and does not come back");
});

test("[LIC-8] a reset leaves an end of validity that was said", () => {
  const desk = busyDesk({ validUntil: START + 9_000 });
  desk.decide({}, decideReset);
  assert.equal(desk.license?.validUntil, START + 9_000);
});

test("[LIC-9] deleting ends every seat and removes the license, in one decision", () => {
  const desk = busyDesk();
  const { changes, events } = desk.decide({}, decideDeletion);
  assert.deepEqual(desk.seats, []);
  assert.deepEqual(changes.at(-1), { change: "remove_license", licenseId: 1 });
  assert.deepEqual(
    events.map(({ kind }) => kind),
    [...released(4), "license_deleted"],
  );
  assert.ok(!JSON.stringify(events).includes("KEY-1"), "a license key is in an event");
});

test("[LIC-9] of a license that is not there nothing is changed", () => {
  const decides = [decideDisabling, decideEnabling, decideReset, decideDeletion, change({})];
  for (const decide of decides) {
    const gone = { outcome: { refused: "does_not_exist", about: "license" }, changes: [], events: [] };
    const desk = new VendorDesk();
    desk.license = undefined;
    assert.deepEqual(desk.decide({}, decide as Decide<unknown>), gone);
  }
});

test("[SEAT-2] seats over a lowered capacity stay; those of a feature that goes or floats no more end", () => {
  const desk = busyDesk();
  desk.decide({}, change({ terms: { capacity: 0 }, features: [{ code: "render", capacity: 0 }, { code: "export" }] }));
  assert.equal(desk.live().length, 4);
  const onPremise = { onPremise: true, cloud: false };
  desk.decide({}, change({ features: [{ code: "render", floats: onPremise }, { code: "export" }] }));
  assert.deepEqual(holders(desk), ["hw-1 0", "hw-1 12"]);
  desk.decide({}, change({ features: [{ code: "render" }] }));
  assert.deepEqual(holders(desk), ["hw-1 0"]);
  desk.decide({}, change({ terms: { floats: { onPremise: false, cloud: false } } }));
  assert.deepEqual(holders(desk), []);
});

test("[LIC-6] what is not given of a license or of its features stays", () => {
  const desk = busyDesk();
  const before = desk.license as License;
  desk.decide({}, change({ features: [{ code: "render", capacity: 5 }, { code: "export" }] }));
  const [render, ...others] = before.features;
  assert.deepEqual(desk.license, { ...before, features: [{ ...render, capacity: 5 }, ...others] });
  desk.decide({}, change({ terms: { maintenanceUntil: START }, metadata: { a: 1 } }));
  const { details, issued } = desk.license as License;
  assert.deepEqual(details, { ...before.details, maintenanceUntil: START, metadata: { a: 1 } });
  assert.deepEqual(issued, { ...before.issued, enableMaintenancePeriod: true });
});

test("[LIC-6] an end of validity that is given takes the place of a duration, for a reset as well", () => {
  const desk = busyDesk({ issued: makeIssuedDetails({ validDurationMs: 5_000 }) });
  desk.decide({}, change({ terms: { validUntil: START + 90_000 } }));
  assert.deepEqual([desk.license?.validUntil, desk.license?.issued?.validDurationMs], [START + 90_000, null]);
  desk.decide({}, decideReset);
  assert.equal(desk.license?.validUntil, START + 90_000);
});

test("[LIC-6] a change that cannot be changes nothing", () => {
  const cases: readonly LicensePatch[] = [
    { terms: { capacity: -1 } },
    { terms: { timeoutMs: 0 } },
    { terms: { type: "consumption" } },
    { terms: { consumption: makeConsumption() } },
    { features: [{ code: "none" }] },
    { features: [{ code: "render", timeoutMs: 0 }] },
    { users: [{ userId: 1, maxActivations: 1, allowUnlimitedActivations: false }] },
  ];
  for (const patch of cases) {
    const { outcome, changes, events } = busyDesk().decide({}, change(patch));
    assert.ok("refused" in (outcome as object), JSON.stringify(patch));
    assert.deepEqual([changes, events], [[], []]);
  }
});

test("[REC-2] the event of a change tells the fields that differ, and no others", () => {
  const desk = busyDesk();
  const { events } = desk.decide({}, change({ terms: { maxTransfers: 3, capacity: desk.license?.capacity ?? 0 } }));
  assert.deepEqual(events, [
    {
      kind: "license_changed",
      licenseId: 1,
      featureId: 0,
      data: { before: { maxTransfers: 0 }, after: { maxTransfers: 3 } },
    },
  ]);
});
