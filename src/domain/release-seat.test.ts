import assert from "node:assert/strict";
import { test } from "node:test";
import { Desk } from "../../test/support/desk.ts";
import { makeFeature, makeLicense } from "../../test/support/make-license.ts";
import { START } from "../../test/support/test-clock.ts";
import { decideLicenseCheckOut } from "./check-out.ts";
import { decideSeatRelease } from "./release-seat.ts";
import { LICENSE_POOL } from "./seat.ts";

const floats = { onPremise: true, cloud: false };
const features = [
  makeFeature({ id: 11, code: "render", floats, capacity: 5, timeoutMs: 200 }),
  makeFeature({ id: 12, code: "export", floats, capacity: 5, timeoutMs: 300 }),
];

function desk(): Desk {
  return new Desk(makeLicense({ floats, capacity: 5, timeoutMs: 100, features }));
}

function seatOf(at: Desk, holder: string, featureId: number): number {
  const seat = at.live(featureId).find((each) => each.holder === holder);
  assert.ok(seat);
  return seat.id;
}

function release(at: Desk, ids: readonly number[], { holdMs = 0, reason = null as string | null, cloud = false } = {}) {
  const channel = cloud ? "cloud" : "onPremise";
  return at.decide({}, (view) => decideSeatRelease(view, ids, { channel, reason, holdMs }));
}

const seats = (at: Desk) => at.live().map(({ holder, featureId }) => `${holder} ${featureId}`);

test("[HOLD-1] a released feature seat ends with the on-demand license seat that only it needed", () => {
  const at = desk();
  at.use("ann", "render");
  at.use("bob", "render");
  const { outcome, events } = release(at, [seatOf(at, "ann", 11)], { reason: "gone home" });
  assert.equal(outcome.released.length, 2);
  assert.deepEqual([outcome.missing, outcome.holds], [[], []]);
  assert.deepEqual(seats(at), ["bob 11", "bob 0"]);
  // The on-demand license seat has no event of its own.
  assert.deepEqual(
    events.map(({ kind, holder, featureId, data }) => ({ kind, holder, featureId, data })),
    [{ kind: "seat_released", holder: "ann", featureId: 11, data: { by: "admin", reason: "gone home" } }],
  );
});

test("[HOLD-1] a released license seat takes the feature seats that need it, and in the cloud none", () => {
  const at = desk();
  at.register("ann");
  at.use("ann", "render");
  const cloud = desk();
  cloud.register("ann");
  cloud.use("ann", "render");
  assert.equal(release(at, [seatOf(at, "ann", LICENSE_POOL)]).outcome.released.length, 2);
  assert.deepEqual(seats(at), []);
  assert.equal(release(cloud, [seatOf(cloud, "ann", LICENSE_POOL)], { cloud: true }).outcome.released.length, 1);
  assert.deepEqual(seats(cloud), ["ann 11"]);
});

test("[HOLD-1] no license state stops a release, and seats that are no more are told apart", () => {
  const at = desk();
  at.use("ann", "render");
  const id = seatOf(at, "ann", 11);
  at.license = makeLicense({ features, active: false, enabled: false, validUntil: 0 });
  const { outcome } = release(at, [id, 99, id]);
  assert.deepEqual([outcome.released.length, outcome.missing], [2, [99]]);
  assert.deepEqual(release(at, [id]).outcome, { released: [], missing: [id], holds: [] });
});

test("[HOLD-1] until a hold ends its holder cannot have the feature again, whoever else can", () => {
  const at = desk();
  at.use("ann", "render");
  const { outcome, events } = release(at, [seatOf(at, "ann", 11)], { holdMs: 1_000, reason: "maintenance" });
  const hold = { id: 1, licenseId: 1, featureId: 11, holder: "ann", until: START + 1_000, reason: "maintenance" };
  assert.deepEqual(outcome.holds, [hold]);
  assert.deepEqual(
    events.map(({ kind }) => kind),
    ["seat_released", "record_created"],
  );
  at.now += 400;
  assert.deepEqual(at.use("ann", "render"), { refused: "floating_not_available", retryAfterMs: 600 });
  assert.ok(!("refused" in at.use("bob", "render")));
  assert.ok(!("refused" in at.use("ann", "export")), "another feature is not held");
  at.now += 600;
  assert.ok(!("refused" in at.use("ann", "render")));
});

test("[HOLD-1] what is refused by a hold leaves a denial that says until when", () => {
  const at = desk();
  at.register("ann");
  release(at, [seatOf(at, "ann", LICENSE_POOL)], { holdMs: 500 });
  const wish = { channel: "onPremise", graceMs: 0, borrow: "none", holder: "ann" } as const;
  const { changes, events } = at.decide({ holder: "ann" }, (view) => decideLicenseCheckOut(view, wish));
  assert.deepEqual(changes, []);
  assert.deepEqual(events, [
    {
      kind: "seat_denied",
      licenseId: 1,
      featureId: LICENSE_POOL,
      holder: "ann",
      data: { heldUntil: START + 500, inUse: 0 },
    },
  ]);
});

test("[HOLD-1] a held license seat is not taken by way of a feature either", () => {
  const at = desk();
  at.register("ann");
  release(at, [seatOf(at, "ann", LICENSE_POOL)], { holdMs: 500 });
  assert.deepEqual(at.register("ann"), { refused: "floating_not_available", retryAfterMs: 500 });
  assert.deepEqual(at.use("ann", "render"), { refused: "floating_not_available", retryAfterMs: 500 });
  at.now += 500;
  assert.ok(!("refused" in at.use("ann", "render")));
});

test("[HOLD-1] a seat that is still held is renewed, whatever else is held from its holder", () => {
  const at = desk();
  at.register("ann");
  at.use("ann", "render");
  at.use("ann", "export");
  release(at, [seatOf(at, "ann", 11)], { holdMs: 500 });
  for (const renewed of [at.register("ann"), at.use("ann", "export")]) {
    assert.equal("checkedOut" in renewed && renewed.checkedOut, "renewed");
  }
});

test("[HOLD-1] one hold replaces the earlier one, and those that have ended go with the next", () => {
  const at = desk();
  for (const holder of ["ann", "bob"]) at.use(holder, "render");
  release(at, [seatOf(at, "ann", 11), seatOf(at, "bob", 11)], { holdMs: 100 });
  assert.deepEqual(
    at.holds.map(({ id, holder }) => [id, holder]),
    [
      [1, "ann"],
      [2, "bob"],
    ],
  );
  at.now += 100;
  at.use("ann", "render");
  const { events } = release(at, [seatOf(at, "ann", 11)], { holdMs: 1_000 });
  assert.deepEqual(
    at.holds.map(({ holder, until }) => [holder, until]),
    [["ann", START + 1_100]],
  );
  assert.equal(events.filter(({ kind }) => kind === "record_deleted").length, 0, "that a hold has ended is no event");
});
