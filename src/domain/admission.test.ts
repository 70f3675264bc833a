import assert from "node:assert/strict";
import { test } from "node:test";
import { Desk } from "../../test/support/desk.ts";
import { makeDevice, makeFeature, makeLicense } from "../../test/support/make-license.ts";
import { START } from "../../test/support/test-clock.ts";
import { admitCaller, admitFeature, admitLicense, admitRelease } from "./admission.ts";
import type { Device } from "./device.ts";
import { HOUR_MS } from "./instant.ts";
import type { License } from "./license.ts";

const admit = (license: License | undefined, productKnown = true) =>
  admitLicense({ ...new Desk(license).view({}), productKnown }, "onPremise");

/** What can be wrong with a license, in the order in which it is looked for. */
const faults: { code: string; spoil: Partial<License> }[] = [
  { code: "license_not_active", spoil: { active: false } },
  { code: "license_not_active", spoil: { startsAt: START + 1 } },
  { code: "license_not_enabled", spoil: { enabled: false } },
  { code: "license_expired", spoil: { validUntil: START } },
];

test("[LIC-1] of several things wrong with a license, the first in order answers", () => {
  for (let chosen = 0; chosen < 2 ** faults.length; chosen += 1) {
    const wrong = faults.filter((_, at) => (chosen >> at) % 2 === 1);
    const license = makeLicense(Object.assign({}, ...wrong.map(({ spoil }) => spoil)));
    const expected = wrong[0] === undefined ? license : { refused: wrong[0].code };
    assert.deepEqual(admit(license), expected, `wrong: ${wrong.map(({ code }) => code)}`);
  }
});

test("[LIC-1] an unknown product answers before a license that was not found", () => {
  assert.deepEqual(admit(undefined, false), { refused: "unknown_product" });
  assert.deepEqual(admit(undefined, true), { refused: "license_not_found" });
});

test("[LIC-1] a license is active from its start date on", () => {
  assert.deepEqual(admit(makeLicense({ startsAt: START + 1 })), { refused: "license_not_active" });
  const startsNow = makeLicense({ startsAt: START });
  assert.equal(admit(startsNow), startsNow);
});

test("[LIC-3] validity ends at the instant, and no date means no end", () => {
  assert.deepEqual(admit(makeLicense({ validUntil: START })), { refused: "license_expired" });
  for (const validUntil of [START + 1, null]) {
    const license = makeLicense({ validUntil });
    assert.equal(admit(license), license);
  }
});

test("[LIC-3] a subscription that allows it goes on for the grace period, and no other license does", () => {
  const validUntil = START - HOUR_MS;
  const lapsed = { validUntil, allowGracePeriod: true, gracePeriodMs: HOUR_MS + 1, type: "subscription" } as const;
  const graced = makeLicense(lapsed);
  assert.equal(admit(graced), graced);
  assert.deepEqual(admit(makeLicense({ ...lapsed, gracePeriodMs: HOUR_MS })), { refused: "license_expired" });
  assert.deepEqual(admit(makeLicense({ ...lapsed, allowGracePeriod: false })), { refused: "license_expired" });
  assert.deepEqual(admit(makeLicense({ ...lapsed, type: "time-limited" })), { refused: "license_expired" });
});

test("[LIC-2] a feature is found by its exact code until its expiry date", () => {
  const lasting = makeFeature({ id: 1, code: "lasting", expiresAt: START + 1 });
  const over = makeFeature({ id: 2, code: "over", expiresAt: START });
  const license = makeLicense({ features: [lasting, over] });
  const view = new Desk(license).view({});
  assert.equal(admitFeature(view, license, "lasting"), lasting);
  for (const code of ["over", "Lasting", "lasting ", "unknown", "constructor"]) {
    assert.deepEqual(admitFeature(view, license, code), { refused: "invalid_license_feature_code", about: code });
  }
});

test("[LIC-1] every decision about a license asks the license first, then the feature", () => {
  const desk = new Desk(makeLicense({ enabled: false }));
  for (const outcome of [
    desk.register("ann"),
    desk.use("ann", "unknown"),
    desk.release("ann", "unknown"),
    desk.unregister("ann"),
  ]) {
    assert.deepEqual(outcome, { refused: "license_not_enabled" });
  }
});

test("[LIC-2] a feature that does not float has no seats to give or to take back", () => {
  const features = [makeFeature({ floats: { onPremise: false, cloud: true } })];
  const desk = new Desk(makeLicense({ features }));
  assert.deepEqual(desk.use("ann", "render"), { refused: "feature_not_floating" });
  assert.deepEqual(desk.release("ann", "render"), { refused: "feature_not_floating" });
  assert.deepEqual(desk.seats, []);
});

/** What can be wrong at the vendor, in the order in which it is looked for. Barred and inactive are two things of one row. */
const cloudFaults: { code: string; spoil?: Partial<License>; device?: Partial<Device> | "none" }[] = [
  { code: "license_not_active", spoil: { active: false } },
  { code: "license_not_enabled", spoil: { enabled: false } },
  { code: "blacklisted", device: { blacklisted: true } },
  { code: "device_not_found", device: { active: false } },
  { code: "device_not_found", device: "none" },
  { code: "license_expired", spoil: { validUntil: START } },
];

test("[LIC-5] at the vendor the device comes after the license's state and before its validity", () => {
  for (let chosen = 0; chosen < 2 ** cloudFaults.length; chosen += 1) {
    const wrong = cloudFaults.filter((_, at) => (chosen >> at) % 2 === 1);
    const isGone = wrong.some(({ device }) => device === "none");
    // Without a row there is no bar either.
    const told = wrong.filter(({ code }) => !(isGone && code === "blacklisted")).map(({ code }) => code);
    const desk = new Desk(makeLicense(Object.assign({}, ...wrong.map(({ spoil }) => spoil))));
    const parts = wrong.map(({ device }) => (device === "none" ? {} : device));
    desk.device = isGone ? undefined : makeDevice(Object.assign({}, ...parts));
    const view = desk.view({});
    const refusalOf = (outcome: object) => ("refused" in outcome ? outcome.refused : undefined);
    const message = `wrong: ${wrong.map(({ code }) => code)}`;
    assert.equal(refusalOf(admitLicense(view, "cloud")), told[0], message);
    // What is given back, and what is only shown, is not stopped by a validity that is over.
    const [first] = told.filter((code) => code !== "license_expired");
    assert.equal(refusalOf(admitCaller(view, "cloud")), first, message);
    assert.equal(refusalOf(admitRelease(view, "cloud")), first, message);
    // On a floating server there are no devices.
    const [onPremise] = told.filter((code) => /^license/.test(code));
    assert.equal(refusalOf(admitLicense(view, "onPremise")), onPremise, message);
    assert.equal(refusalOf(admitRelease(view, "onPremise")), onPremise, message);
  }
});

test("[LIC-5] a start date that is to come answers before the device does", () => {
  const desk = new Desk(makeLicense({ startsAt: START + 1 }));
  assert.deepEqual(admitLicense(desk.view({}), "cloud"), { refused: "license_not_active" });
});
