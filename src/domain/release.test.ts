import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Desk } from "../../test/support/desk.ts";
import { arbLicense, arbSteps, takeStep } from "../../test/support/desk-steps.ts";
import { makeFeature, makeLicense } from "../../test/support/make-license.ts";
import { START } from "../../test/support/test-clock.ts";
import { decideReleaseAllFeatures, decideReleaseAllLicenseSeats } from "./release.ts";

const features = [
  makeFeature({ id: 11, code: "render", capacity: 5, timeoutMs: 200 }),
  makeFeature({ id: 12, code: "export", capacity: 5, timeoutMs: 300 }),
];
const desk = () => new Desk(makeLicense({ timeoutMs: 100, features }));
const seats = (at: Desk) => at.live().map(({ holder, featureId }) => `${holder} ${featureId}`);

/** ann asked for her license seat, bob and cy have theirs on demand, dan has no feature seat. */
function busyDesk(): Desk {
  const at = desk();
  at.register("ann");
  at.use("ann", "render");
  at.use("bob", "render");
  at.use("bob", "export");
  at.use("cy", "export");
  at.register("dan");
  return at;
}

test("[REL-1] releasing right after a new holder's check-out leaves the pools as they were", () => {
  fc.assert(
    fc.property(arbLicense, arbSteps, fc.constantFrom("render", "export", null), (license, steps, code) => {
      const at = new Desk(license);
      for (const step of steps) takeStep(at, step);
      const before = at.live();
      const wish = { borrow: "none" as const };
      const taken = code === null ? at.register("new", wish) : at.use("new", code, wish);
      fc.pre(!("refused" in taken));
      const released = code === null ? at.unregister("new") : at.release("new", code);
      assert.deepEqual(released, { released: code !== null && at.license?.floats.onPremise ? 2 : 1 });
      assert.deepEqual(at.live(), before);
    }),
    { numRuns: 500 },
  );
});

test("[REL-1] a release ends the seat and its borrow at once, and an on-demand license seat with the last one", () => {
  const at = desk();
  at.use("ann", "render", { borrow: START + 5_000 });
  at.use("ann", "export");
  assert.deepEqual(at.release("ann", "render"), { released: 1 });
  assert.equal(at.licenseSeat("ann")?.endsAt, START + 300, "the borrow no longer keeps the license seat");
  assert.deepEqual(at.release("ann", "export"), { released: 2 });
  assert.deepEqual(at.seats, []);
});

test("[REL-1] a seat that the holder does not have is not in use, though others have one", () => {
  const at = desk();
  at.use("ann", "render");
  assert.deepEqual(at.release("bob", "render"), { refused: "floating_feature_device_not_in_use" });
  assert.deepEqual(at.release("ann", "export"), { refused: "floating_feature_device_not_in_use" });
  assert.deepEqual(seats(at), ["ann 11", "ann 0"]);
});

test("[REL-1] a seat that has run out cannot be released", () => {
  const at = desk();
  at.use("ann", "render");
  at.now += 200;
  assert.deepEqual(at.release("ann", "render"), { refused: "floating_feature_device_not_in_use" });
});

test("[REL-2] releasing a license seat ends its borrow and every feature seat of its user, and nobody else's", () => {
  const at = busyDesk();
  at.register("bob", { borrow: START + 5_000 });
  assert.deepEqual(at.unregister("bob"), { released: 3 });
  assert.deepEqual(seats(at), ["ann 0", "ann 11", "cy 12", "cy 0", "dan 0"]);
});

test("[REL-2] a user without a license seat is not found", () => {
  assert.deepEqual(busyDesk().unregister("eve"), { refused: "device_not_found" });
});

test("[REL-3] releasing all features keeps only the license seats that were asked for", () => {
  const at = busyDesk();
  const { outcome } = at.decide({}, (view) => decideReleaseAllFeatures(view, undefined));
  assert.deepEqual(outcome, { released: 6 });
  assert.deepEqual(seats(at), ["ann 0", "dan 0"]);
  assert.equal(at.licenseSeat("ann")?.endsAt, START + 100);
});

test("[REL-3] releasing all seats of one feature keeps what the others need", () => {
  const at = busyDesk();
  const { outcome } = at.decide({}, (view) => decideReleaseAllFeatures(view, "export"));
  assert.deepEqual(outcome, { released: 3 });
  assert.deepEqual(seats(at), ["ann 0", "ann 11", "bob 11", "bob 0", "dan 0"]);
  assert.equal(at.licenseSeat("bob")?.endsAt, START + 200);
});

test("[REL-3] no license state stops a release of all", () => {
  const at = busyDesk();
  at.license = makeLicense({ features, active: false, enabled: false, validUntil: 0 });
  const { outcome } = at.decide({}, (view) => decideReleaseAllFeatures(view, undefined));
  assert.deepEqual(outcome, { released: 6 });
});

test("[REL-4] releasing all license seats ends them and the feature seats of their users", () => {
  const at = busyDesk();
  const { outcome } = at.decide({}, (view) => decideReleaseAllLicenseSeats(view, undefined));
  assert.deepEqual(outcome, { released: 8 });
  assert.deepEqual(at.seats, []);
});

test("[REL-4] with a feature, only its users lose their license seat and what hangs on it", () => {
  const at = busyDesk();
  const { outcome } = at.decide({}, (view) => decideReleaseAllLicenseSeats(view, "render"));
  assert.deepEqual(outcome, { released: 5 });
  assert.deepEqual(seats(at), ["cy 12", "cy 0", "dan 0"]);
});

test("[REL-4] feature seats that hang on no license seat stay", () => {
  const at = new Desk(makeLicense({ floats: { onPremise: false, cloud: false }, features }));
  at.use("ann", "render");
  const { outcome } = at.decide({}, (view) => decideReleaseAllLicenseSeats(view, undefined));
  assert.deepEqual(outcome, { released: 0 });
  assert.deepEqual(seats(at), ["ann 11"]);
});

test("[STORE-3] every seat that a release ends leaves an event, but for on-demand license seats", () => {
  const at = busyDesk();
  at.register("cy");
  const { events } = at.decide({}, (view) => decideReleaseAllLicenseSeats(view, "export"));
  assert.deepEqual(
    events.map(({ kind, licenseId, holder, featureId }) => `${kind} ${licenseId} ${holder} ${featureId}`).sort(),
    ["bob 11", "bob 12", "cy 0", "cy 12"].map((seat) => `seat_released 1 ${seat}`),
  );
  assert.deepEqual(seats(at), ["ann 0", "ann 11", "dan 0"]);
});
