import assert from "node:assert/strict";
import { test } from "node:test";
import { makeConsumption, makeDevice, makeIssuedDetails } from "../../test/support/make-license.ts";
import { START } from "../../test/support/test-clock.ts";
import { makeCloudLicense, VendorDesk } from "../../test/support/vendor-desk.ts";
import type { Activated } from "./activation.ts";
import { type Activation, decideActivation } from "./activation.ts";
import type { View } from "./decision.ts";
import { HOUR_MS } from "./instant.ts";
import type { License, LicenseDetails } from "./license.ts";
import type { VendorProduct } from "./product.ts";

const details = (changes: Partial<LicenseDetails>) => ({ details: { ...makeCloudLicense().details, ...changes } });
const bounded = (maxActivations: number, changes: Partial<LicenseDetails> = {}) =>
  makeCloudLicense(details({ maxActivations, allowUnlimitedActivations: false, ...changes }));
const counts = (desk: VendorDesk) => [desk.license?.details.timesActivated, desk.license?.details.transferCount];
const refusal = (decision: { outcome: object }) => ("refused" in decision.outcome ? decision.outcome.refused : "none");

/** Everything a decision about an activation is made from. */
interface Case {
  readonly view: View;
  readonly product: VendorProduct | undefined;
  readonly wish: Activation;
}

/** What can be wrong with an activation by a new device, in the order in which it is looked for. */
const faults: readonly { readonly code: string; spoil(all: Case): Case }[] = [
  { code: "unknown_product", spoil: (all) => ({ ...all, product: undefined }) },
  { code: "license_not_found", spoil: (all) => ({ ...all, view: { ...all.view, license: undefined } }) },
  { code: "license_not_enabled", spoil: ofLicense((license) => ({ ...license, enabled: false })) },
  { code: "license_expired", spoil: ofLicense((license) => ({ ...license, validUntil: START })) },
  {
    code: "blacklisted",
    spoil: (all) => ({ ...all, view: { ...all.view, device: makeDevice({ active: false, blacklisted: true }) } }),
  },
  {
    code: "license_activated_max_times",
    spoil: ofDetails({ allowUnlimitedActivations: false, maxActivations: 2, timesActivated: 2 }),
  },
  {
    code: "license_transferred_max_times",
    spoil: (all) =>
      ofDetails({ maxTransfers: 1, transferCount: 1 })(
        ofLicense((license) => ({ ...license, issued: makeIssuedDetails({ ...license.issued, vacancies: 1 }) }))(all),
      ),
  },
  {
    code: "licenseUserActivatedMaxTimes",
    spoil: (all) => {
      const users = [{ userId: 5, maxActivations: 1, allowUnlimitedActivations: false }];
      const withUser = ofLicense((license) => ({
        ...license,
        issued: makeIssuedDetails({ ...license.issued, users }),
      }));
      const devices = [makeDevice({ id: 9, hardwareId: "other", userId: 5 })];
      const spoiled = withUser(all);
      return { ...spoiled, view: { ...spoiled.view, userId: 5, devices } };
    },
  },
  { code: "archived_product", spoil: ofProduct({ state: "archived" }) },
  {
    code: "vm_not_allowed",
    spoil: (all) => ofDetails({ preventVm: true })({ ...all, wish: { ...all.wish, isVm: true } }),
  },
  { code: "license_not_started", spoil: ofLicense((license) => ({ ...license, startsAt: START + 1 })) },
];

function ofLicense(change: (license: License) => License): (all: Case) => Case {
  return (all) => {
    const { license } = all.view;
    return license === undefined ? all : { ...all, view: { ...all.view, license: change(license) } };
  };
}

function ofDetails(changes: Partial<LicenseDetails>): (all: Case) => Case {
  return ofLicense((license) => ({ ...license, details: { ...license.details, ...changes } }));
}

function ofProduct(changes: Partial<VendorProduct>): (all: Case) => Case {
  return (all) => ({ ...all, product: all.product && { ...all.product, ...changes } });
}

test("[DEV-1] of several things wrong with an activation, the first in order answers", () => {
  const desk = new VendorDesk();
  const good: Case = {
    view: desk.view({ device: "hw-1" }),
    product: desk.product,
    wish: { hardwareId: "hw-1", info: {}, isVm: false, variables: {} },
  };
  for (let chosen = 0; chosen < 2 ** faults.length; chosen += 1) {
    const wrong = faults.filter((_, at) => (chosen >> at) % 2 === 1);
    const { view, product, wish } = wrong.reduceRight((all, { spoil }) => spoil(all), good);
    const decision = decideActivation(view, product, wish);
    assert.equal(refusal(decision), wrong[0]?.code ?? "none", wrong.map(({ code }) => code).join());
    if (wrong.length > 0) assert.deepEqual([decision.changes, decision.events], [[], []]);
  }
});

test("[DEV-1] a disabled product activates nothing, and an archived one is told apart", () => {
  const desk = new VendorDesk();
  for (const state of ["disabled", "archived"] as const) {
    desk.product = desk.product && { ...desk.product, state };
    assert.equal(refusal(desk.activate("hw-1")), `${state}_product`);
  }
});

test("[DEV-1] virtual machines are barred by the product or by the license", () => {
  const desk = new VendorDesk();
  desk.product = desk.product && { ...desk.product, preventVm: true };
  assert.equal(refusal(desk.activate("hw-1", { isVm: true })), "vm_not_allowed");
  assert.equal(refusal(desk.activate("hw-1")), "none");
});

test("[DEV-1] a license that came from a file is none that a device can activate", () => {
  const { issued: _, ...imported } = makeCloudLicense();
  assert.equal(refusal(new VendorDesk(imported).activate("hw-1")), "license_not_found");
});

test("[DEV-1] an active device stays active whatever has changed since, and is counted once", () => {
  const desk = new VendorDesk(bounded(1));
  desk.activate("hw-1", { info: { hostname: "a", ip: "1" }, variables: { x: "1" } });
  const first = desk.row("hw-1");
  desk.product = desk.product && { ...desk.product, state: "archived", preventVm: true };
  desk.license = desk.license && { ...desk.license, startsAt: START + HOUR_MS };
  desk.now += 5;
  const again = desk.activate("hw-1", { isVm: true, info: { hostname: "b" }, variables: { x: "2", y: "3" } });
  assert.deepEqual(counts(desk), [1, 0]);
  assert.deepEqual(again.events, []);
  const kept = desk.row("hw-1");
  assert.deepEqual([kept?.id, kept?.activatedAt, kept?.seenAt], [first?.id, START, START + 5]);
  assert.deepEqual(kept?.info, { hostname: "b", ip: "1" });
  assert.deepEqual(
    kept?.variables.map(({ id, name, value }) => [id, name, value]),
    [
      [1, "x", "2"],
      [2, "y", "3"],
    ],
  );
  assert.deepEqual((again.outcome as Activated).device, kept);
});

test("[DEV-1] an active device is refused by what is wrong with its license all the same", () => {
  for (const [code, change] of [
    ["license_not_enabled", { enabled: false }],
    ["license_expired", { validUntil: START }],
  ] as const) {
    const desk = new VendorDesk();
    desk.activate("hw-1");
    desk.license = desk.license && { ...desk.license, ...change };
    assert.equal(refusal(desk.activate("hw-1")), code);
  }
  const desk = new VendorDesk();
  desk.activate("hw-1");
  desk.bar("hw-1");
  assert.equal(refusal(desk.activate("hw-1")), "blacklisted");
});

test("[DEV-2] the first activation makes a license active and starts a validity that is given as a duration", () => {
  const issued = makeIssuedDetails({ validDurationMs: HOUR_MS });
  const desk = new VendorDesk(makeCloudLicense({ issued }));
  desk.now += 5;
  const { outcome } = desk.activate("hw-1");
  assert.deepEqual([desk.license?.active, desk.license?.validUntil], [true, START + 5 + HOUR_MS]);
  assert.deepEqual((outcome as Activated).license, desk.license);
  desk.now += 5;
  desk.activate("hw-2");
  desk.deactivate("hw-1");
  desk.activate("hw-1");
  assert.equal(desk.license?.validUntil, START + 5 + HOUR_MS);
});

test("[DEV-2] a validity that is a date, or none, stays so", () => {
  for (const validUntil of [START + 9, null]) {
    const desk = new VendorDesk(makeCloudLicense({ validUntil }));
    desk.activate("hw-1");
    assert.equal(desk.license?.validUntil, validUntil);
  }
  const both = new VendorDesk(
    makeCloudLicense({ validUntil: START + 9, issued: makeIssuedDetails({ validDurationMs: HOUR_MS }) }),
  );
  both.activate("hw-1");
  assert.equal(both.license?.validUntil, START + 9);
});

test("[DEV-3] activations are counted and bounded, and a deactivation makes room", () => {
  const desk = new VendorDesk(bounded(2));
  assert.deepEqual(
    ["a", "b", "c"].map((hw) => refusal(desk.activate(hw))),
    ["none", "none", "license_activated_max_times"],
  );
  assert.deepEqual(counts(desk), [2, 0]);
  desk.deactivate("a");
  assert.deepEqual(counts(desk), [1, 0]);
  assert.equal(refusal(desk.activate("c")), "none");
  assert.deepEqual(counts(desk), [2, 1]);
  assert.equal(refusal(desk.activate("a")), "license_activated_max_times");
});

test("[DEV-3] without a bound any number of devices is active", () => {
  const desk = new VendorDesk(makeCloudLicense(details({ maxActivations: 1, allowUnlimitedActivations: true })));
  for (const hw of ["a", "b", "c"]) assert.equal(refusal(desk.activate(hw)), "none");
  assert.deepEqual(counts(desk), [3, 0]);
});

test("[DEV-3] a device that comes back is no transfer, another in its place is one, and one beside it is none", () => {
  const desk = new VendorDesk();
  desk.activate("a");
  desk.activate("b");
  assert.deepEqual(counts(desk), [2, 0]);
  desk.deactivate("a");
  desk.activate("a");
  assert.deepEqual(counts(desk), [2, 0]);
  desk.deactivate("a");
  desk.activate("c");
  assert.deepEqual(counts(desk), [2, 1]);
  // The place is taken: the next one is new beside them.
  desk.activate("d");
  assert.deepEqual(counts(desk), [3, 1]);
  desk.deactivate("b");
  desk.deactivate("c");
  desk.activate("e");
  desk.activate("f");
  desk.activate("g");
  assert.deepEqual(counts(desk), [4, 3]);
});

test("[DEV-3] a device that was barred before it ever came is a transfer like any other", () => {
  const desk = new VendorDesk();
  desk.activate("a");
  desk.bar("b");
  desk.admit("b");
  desk.deactivate("a");
  desk.activate("b");
  assert.deepEqual(counts(desk), [1, 1]);
  desk.deactivate("b");
  desk.activate("b");
  assert.deepEqual(counts(desk), [1, 1]);
});

test("[DEV-3] transfers are bounded, but not by 0, and coming back is always possible", () => {
  const desk = new VendorDesk(bounded(1, { maxTransfers: 1 }));
  desk.activate("a");
  desk.deactivate("a");
  assert.equal(refusal(desk.activate("b")), "none");
  desk.deactivate("b");
  assert.equal(refusal(desk.activate("c")), "license_transferred_max_times");
  assert.equal(refusal(desk.activate("a")), "none");
  assert.deepEqual(counts(desk), [1, 1]);
  const free = new VendorDesk(bounded(1, { maxTransfers: 0, transferCount: 99 }));
  free.activate("a");
  free.deactivate("a");
  assert.equal(refusal(free.activate("b")), "none");
  assert.deepEqual(counts(free), [1, 100]);
});

test("[DEV-1] a user's activations are bounded by the user's own number, on active devices alone", () => {
  const users = [
    { userId: 1, maxActivations: 1, allowUnlimitedActivations: false },
    { userId: 2, maxActivations: 0, allowUnlimitedActivations: true },
  ];
  const desk = new VendorDesk(makeCloudLicense({ issued: makeIssuedDetails({ users }) }));
  assert.equal(refusal(desk.activate("a", { userId: 1 })), "none");
  assert.equal(desk.row("a")?.userId, 1);
  assert.equal(refusal(desk.activate("a", { userId: 1 })), "none");
  assert.equal(refusal(desk.activate("b", { userId: 1 })), "licenseUserActivatedMaxTimes");
  for (const hw of ["c", "d", "e"]) assert.equal(refusal(desk.activate(hw, { userId: 2 })), "none");
  desk.deactivate("a");
  assert.equal(refusal(desk.activate("b", { userId: 1 })), "none");
});

test("[DEV-4] a deactivation takes 1 off and ends every seat of the device in its own changes, borrowed ones too", () => {
  const desk = new VendorDesk();
  for (const hw of ["a", "b"]) {
    desk.activate(hw);
    desk.checkFeature(hw, "render", { borrow: "longest" });
    desk.checkFeature(hw, "export");
    desk.checkLicense(hw);
  }
  assert.equal(desk.live().length, 6);
  const decision = desk.deactivate("a");
  assert.deepEqual(decision.outcome, { released: 3 });
  assert.deepEqual(decision.changes.map(({ change }) => change).sort(), [
    "end_seat",
    "end_seat",
    "end_seat",
    "put_device",
    "put_license",
  ]);
  assert.deepEqual(
    decision.events.map(({ kind, featureId, holder }) => [kind, featureId, holder]),
    [["device_deactivated", 0, "a"], ...[11, 12, 0].map((featureId) => ["seat_released", featureId, "a"])],
  );
  assert.deepEqual(new Set(desk.live().map(({ holder }) => holder)), new Set(["b"]));
  assert.deepEqual([counts(desk), desk.row("a")?.active], [[1, 0], false]);
  assert.equal(refusal(desk.deactivate("a")), "device_not_found");
  assert.deepEqual(counts(desk), [1, 0]);
});

test("[DEV-4] a license that lost its last device stays active, and an expired one can be deactivated", () => {
  const desk = new VendorDesk();
  desk.activate("a");
  desk.license = desk.license && { ...desk.license, validUntil: START };
  assert.equal(refusal(desk.deactivate("a")), "none");
  assert.equal(desk.license?.active, true);
});

test("[DEV-4] consumption sent with a deactivation is added first, and where it is refused nothing changes", () => {
  const desk = new VendorDesk(makeCloudLicense({ consumption: makeConsumption({ max: 10 }) }));
  desk.activate("a");
  desk.checkFeature("a", "render");
  const before = [desk.license, desk.devices, desk.live(), new Map(desk.counters)];
  const refused = desk.deactivate("a", 11);
  assert.equal(refusal(refused), "license_not_enough_consumptions");
  assert.deepEqual(
    refused.events.map(({ kind }) => kind),
    ["consumption_denied"],
  );
  assert.deepEqual([desk.license, desk.devices, desk.live(), new Map(desk.counters)], before);
  const done = desk.deactivate("a", 10);
  assert.deepEqual(
    done.events.map(({ kind }) => kind),
    ["consumption_added", "device_deactivated", "seat_released"],
  );
  assert.deepEqual([desk.counters.get(0)?.total, desk.row("a")?.active, desk.live()], [10, false, []]);
  const unmetered = new VendorDesk();
  unmetered.activate("a");
  assert.equal(refusal(unmetered.deactivate("a", 1)), "license_not_consumption");
  assert.equal(unmetered.row("a")?.active, true);
});

test("[DEV-5] a bar ends the seats of its device in its own changes, leaves its row active, and is told at every call", () => {
  const desk = new VendorDesk();
  for (const hw of ["a", "b"]) {
    desk.activate(hw);
    desk.checkFeature(hw, "render", { borrow: "longest" });
    desk.checkLicense(hw);
  }
  const decision = desk.bar("a");
  assert.deepEqual(decision.changes.map(({ change }) => change).sort(), ["end_seat", "end_seat", "put_device"]);
  assert.deepEqual(
    decision.events.map(({ kind }) => kind),
    ["device_blacklisted", "seat_released", "seat_released"],
  );
  assert.deepEqual(new Set(desk.live().map(({ holder }) => holder)), new Set(["b"]));
  assert.deepEqual([desk.row("a")?.active, counts(desk)], [true, [2, 0]]);
  for (const asked of [
    desk.activate("a"),
    desk.deactivate("a"),
    desk.checkFeature("a", "render"),
    desk.checkFeature("a", "unknown"),
    desk.checkLicense("a"),
    desk.releaseCloudFeature("a", "render"),
    desk.releaseCloudLicense("a"),
    desk.setVariables("a", { x: "1" }),
  ]) {
    assert.deepEqual(asked.outcome, { refused: "blacklisted" });
    assert.deepEqual(asked.changes, []);
  }
});

test("[DEV-5] a bar holds on an inactive device too, and on one that was never seen", () => {
  const desk = new VendorDesk();
  desk.activate("other");
  desk.activate("off");
  desk.deactivate("off");
  desk.bar("off");
  desk.bar("new");
  for (const hw of ["off", "new"]) {
    assert.deepEqual([desk.row(hw)?.active, desk.row(hw)?.blacklisted], [false, true]);
    for (const asked of [desk.activate(hw), desk.checkLicense(hw), desk.deactivate(hw)]) {
      assert.deepEqual(asked.outcome, { refused: "blacklisted" });
    }
  }
  assert.equal(desk.devices.length, 3);
  assert.deepEqual(counts(desk), [1, 0]);
});

test("[DEV-5] a bar that is taken off leaves the device as it was before", () => {
  const desk = new VendorDesk();
  desk.activate("a");
  const before = desk.row("a");
  desk.bar("a");
  assert.deepEqual(desk.bar("a").changes, []);
  desk.admit("a");
  assert.deepEqual(desk.row("a"), before);
  assert.deepEqual(desk.admit("a").changes, []);
  assert.equal(refusal(desk.checkFeature("a", "render")), "none");
  assert.equal(refusal(desk.admit("unknown")), "device_not_found");
});

test("[DEV-5] a bar is for one license, and needs one", () => {
  const desk = new VendorDesk(undefined);
  desk.license = undefined;
  assert.equal(refusal(desk.bar("a")), "license_not_found");
});

test("[DEV-6] variables are set by name on an active device, and the rest stays", () => {
  const desk = new VendorDesk();
  desk.activate("a", { variables: { x: "1", y: "2" } });
  desk.now += 5;
  desk.setVariables("a", { y: "3", z: "" });
  const known = desk.row("a")?.variables.map(({ id, name, value, createdAt }) => [id, name, value, createdAt - START]);
  assert.deepEqual(known, [
    [1, "x", "1", 0],
    [2, "y", "3", 5],
    [3, "z", "", 5],
  ]);
  desk.activate("b", { variables: { x: "9" } });
  assert.deepEqual(desk.row("b")?.variables, [{ id: 4, name: "x", value: "9", createdAt: START + 5 }]);
  assert.equal(refusal(desk.setVariables("unknown", { x: "1" })), "device_not_found");
  desk.deactivate("a");
  assert.equal(refusal(desk.setVariables("a", { x: "1" })), "device_not_found");
});
