import assert from "node:assert/strict";
import { test } from "node:test";
import { HOUR_MS } from "../../src/domain/instant.ts";
import { admitDevice, blacklistDevice } from "../../src/use-cases/vendor/devices/blacklist-device.ts";
import { resetLicense } from "../../src/use-cases/vendor/licenses/set-license-state.ts";
import { makeConsumption } from "../support/make-license.ts";
import { cloudTerms, granted, makeIssued } from "../support/make-products.ts";
import { START } from "../support/test-clock.ts";
import { startActivationSite } from "./activation-site.ts";
import { expectError, expectReply } from "./expect-reply.ts";
import { deviceOf } from "./sample-devices.ts";

test("[DEV-4] a deactivation takes one off, ends the device's seats, and leaves others alone", async (t) => {
  const { vendor, licenseId, device, activate, deactivate, counts } = await startActivationSite(t, {
    ...cloudTerms,
    capacity: 5,
  });
  for (const hardwareId of ["hw-1", "hw-2"]) {
    await activate(hardwareId);
    await vendor.get("/check_license", { ...device(hardwareId) });
    await vendor.post("/floating/feature_borrow", { ...device(hardwareId), feature: "export" });
  }
  assert.equal((await vendor.side.store.seats()).length, 4);
  const reply = await deactivate("hw-1");
  assert.equal(await expectReply(vendor, "deactivateLicense", reply), "license_deactivated");
  assert.equal(reply.text, '"license_deactivated"');
  assert.deepEqual(
    (await vendor.side.store.seats()).map(({ seat }) => seat.holder),
    ["hw-2", "hw-2"],
  );
  assert.deepEqual(await counts(), [1, 0]);
  expectError(await deactivate("hw-1"), "device_not_found");
  expectError(await vendor.get("/check_license", { ...device("hw-1") }), "device_not_found");
  assert.deepEqual(await counts(), [1, 0]);
  const active = (await vendor.side.store.devices({ licenseId })).map((row) => [row.hardwareId, row.active]);
  assert.deepEqual(active, [
    ["hw-1", false],
    ["hw-2", true],
  ]);
});

test("[DEV-4] consumption sent with a deactivation is added first, and where it is refused nothing changes", async (t) => {
  const consumption = makeConsumption({ max: 10 });
  const { vendor, licenseId, device, activate, deactivate, counts } = await startActivationSite(t, {
    type: "consumption",
    consumption,
  });
  const total = async () => (await vendor.side.store.usage(licenseId))?.counters.get(0)?.total ?? 0;
  await activate("hw-1");
  expectError(await deactivate("hw-1", { consumptions: 11 }), "license_not_enough_consumptions");
  expectError(await deactivate("hw-1", { consumptions: -1 }), "negative_consumptions_not_allowed");
  assert.deepEqual([await total(), await counts()], [0, [1, 0]]);
  assert.equal((await vendor.get("/check_license", { ...device("hw-1") })).status, 200);
  assert.equal((await deactivate("hw-1", { consumptions: "4" })).status, 200);
  assert.deepEqual([await total(), await counts()], [4, [0, 0]]);
  await activate("hw-1");
  assert.equal((await deactivate("hw-1", { consumptions: null })).status, 200);
  assert.equal(await total(), 4);
});

test("[DEV-4] [LIC-5] a device leaves an expired license all the same, and what it has used is counted", async (t) => {
  const { vendor, licenseId, activate, deactivate, counts } = await startActivationSite(t, {
    validUntil: START + HOUR_MS,
    type: "consumption",
    consumption: makeConsumption({ max: 10 }),
  });
  for (const hardwareId of ["hw-1", "hw-2"]) await activate(hardwareId);
  vendor.clock.advance(HOUR_MS);
  assert.equal((await deactivate("hw-1")).text, '"license_deactivated"');
  assert.equal((await deactivate("hw-2", { consumptions: 4 })).text, '"license_deactivated"');
  assert.deepEqual(await counts(), [0, 0]);
  assert.equal((await vendor.side.store.usage(licenseId))?.counters.get(0)?.total, 4);
});

test("[DEV-5] a barred device is told so whatever it asks for, loses its seats, and stays counted", async (t) => {
  const { vendor, licenseId, device, activate, deactivate, counts } = await startActivationSite(t, {
    ...cloudTerms,
    capacity: 5,
  });
  await activate("hw-1");
  const mine = { ...device("hw-1"), feature: "export" };
  for (const path of ["/check_license", "/check_license_feature"]) await vendor.get(path, mine);
  granted(await blacklistDevice(vendor.side, licenseId, "hw-1"));
  assert.deepEqual(await vendor.side.store.seats(), []);
  const replies = [
    await activate("hw-1"),
    await deactivate("hw-1"),
    await vendor.get("/check_license", mine),
    await vendor.get("/check_license_feature", mine),
    ...(await Promise.all(
      [
        "/floating/feature_release",
        "/floating/feature_borrow",
        "/floating/release",
        "/floating/borrow",
        "/add_consumption",
        "/add_feature_consumption",
      ].map((path) => vendor.post(path, mine)),
    )),
  ];
  for (const reply of replies) expectError(reply, "blacklisted");
  assert.deepEqual(await counts(), [1, 0]);
  assert.equal((await activate("hw-2")).status, 200);
  granted(await admitDevice(vendor.side, licenseId, "hw-1"));
  assert.equal((await vendor.get("/check_license_feature", mine)).status, 200);
});

test("[DEV-5] a bar holds for one license, before the device was ever seen on it, and over a reset", async (t) => {
  const { vendor, licenseId, activate } = await startActivationSite(t);
  granted(await blacklistDevice(vendor.side, licenseId, "hw-1"));
  expectError(await activate("hw-1"), "blacklisted");
  granted(await resetLicense(vendor.side, licenseId));
  expectError(await activate("hw-1"), "blacklisted");
  const other = await makeIssued(vendor.side, { product: "cad" });
  assert.equal((await vendor.post("/activate_license", deviceOf(other))).status, 200);
});
