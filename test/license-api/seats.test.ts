import assert from "node:assert/strict";
import { test } from "node:test";
import { MINUTE_MS } from "../../src/domain/instant.ts";
import { changeLicense } from "../../src/use-cases/vendor/licenses/change-license.ts";
import type { NewFeature } from "../../src/use-cases/vendor/products/add-product-feature.ts";
import { granted } from "../support/make-products.ts";
import { START } from "../support/test-clock.ts";
import { exportFeature, GRACE_S, startCloudSite, TIMEOUT_MS } from "./cloud-site.ts";
import { expectError, expectReply } from "./expect-reply.ts";
import { activate } from "./sample-devices.ts";

test("[SEAT-8] [SEAT-4] checking a cloud feature takes a seat, and no license seat", async (t) => {
  const { vendor, ann, check } = await startCloudSite(t);
  const reply = await expectReply(vendor, "checkLicenseFeature", await check(ann));
  assert.deepEqual([reply.floating_in_use_devices, reply.floating_users, reply.floating_timeout], [1, 1, 15]);
  assert.deepEqual(
    [reply.is_floating_cloud, reply.is_floating, reply.is_borrowed, reply.borrowed_until],
    [true, false, false, null],
  );
  assert.equal("floating_end_date" in reply, false);
  const seats = await vendor.side.store.seats();
  assert.deepEqual(
    seats.map(({ seat }) => [seat.holder, seat.featureId]),
    [["ann", reply.id]],
  );
});

test("[SEAT-3] a renewal is never counted twice and never refused for lack of seats", async (t) => {
  const { vendor, ann, bob, check } = await startCloudSite(t);
  for (let beat = 0; beat < 5; beat += 1) {
    const reply = await expectReply(vendor, "checkLicenseFeature", await check(ann));
    assert.equal(reply.floating_in_use_devices, 1);
    expectError(await check(bob), "floating_not_available");
    vendor.clock.advance(10 * MINUTE_MS);
  }
});

test("[SIGN-2] renewals are the same bytes with the same signature, which is made once", async (t) => {
  const { vendor, ann, check, checkLicense } = await startCloudSite(t);
  for (const ask of [checkLicense, check]) {
    const first = await ask(ann);
    const { signed } = vendor.side.keys.signer.stats;
    for (let beat = 0; beat < 10; beat += 1) {
      vendor.clock.advance(7 * MINUTE_MS);
      const again = await ask(ann);
      assert.equal(again.status, 200);
      assert.deepEqual(again.bytes, first.bytes);
      assert.equal(again.headers["licensesignature"], first.headers["licensesignature"]);
    }
    assert.equal(vendor.side.keys.signer.stats.signed, signed);
  }
});

test("[SEAT-5] without a free seat the answer is floating_not_available, with the seconds until the first may end", async (t) => {
  const { vendor, ann, bob, check, holders } = await startCloudSite(t);
  await check(ann);
  vendor.clock.advance(5 * MINUTE_MS);
  const denied = await check(bob);
  expectError(denied, "floating_not_available");
  assert.equal(denied.headers["retry-after"], String(10 * 60 + GRACE_S));
  assert.deepEqual(await holders(), ["ann"]);
  vendor.clock.advance(10 * MINUTE_MS + GRACE_S * 1_000 - 1);
  const last = await check(bob);
  assert.deepEqual([last.json.code, last.headers["retry-after"]], ["floating_not_available", "1"]);
  const [denial] = (await vendor.side.store.events(0, 1_000)).filter(({ kind }) => kind === "seat_denied");
  assert.deepEqual([denial?.holder, denial?.data], ["bob", '{"full":"feature","inUse":1,"capacity":1}']);
});

test("[TIME-1] [TIME-3] a seat is free its timeout and the grace after its last renewal, to the millisecond", async (t) => {
  const { vendor, ann, bob, check } = await startCloudSite(t);
  await check(ann);
  vendor.clock.advance(TIMEOUT_MS);
  await check(ann);
  vendor.clock.advance(TIMEOUT_MS + GRACE_S * 1_000 - 1);
  expectError(await check(bob), "floating_not_available");
  vendor.clock.advance(1);
  assert.equal((await check(bob)).json.floating_in_use_devices, 1);
  expectError(await check(ann), "floating_not_available");
});

test("[SEAT-8] a feature that does not float is answered without a seat and without a count of seats", async (t) => {
  const plain: NewFeature = { code: "export", name: "Export" };
  const { vendor, ann, check, holders } = await startCloudSite(t, {}, [plain]);
  const reply = await expectReply(vendor, "checkLicenseFeature", await check(ann));
  assert.equal("floating_in_use_devices" in reply, false);
  assert.deepEqual([reply.is_floating_cloud, reply.is_floating, reply.borrowed_until], [false, false, null]);
  assert.deepEqual(await holders(), []);
});

test("[SEAT-8] [LIC-2] a feature that floats on floating servers gives no seat here, and is not floating to a release", async (t) => {
  const local: NewFeature = { ...exportFeature, floats: { onPremise: true, cloud: false } };
  const { vendor, ann, check, holders } = await startCloudSite(t, {}, [local]);
  const reply = await expectReply(vendor, "checkLicenseFeature", await check(ann));
  assert.deepEqual([reply.is_floating, reply.is_floating_cloud, reply.floating_in_use_devices], [true, false, 0]);
  assert.deepEqual(await holders(), []);
  for (const path of ["/floating/feature_release", "/floating/feature_borrow"]) {
    expectError(await vendor.post(path, { ...ann, feature: "export" }), "feature_not_floating");
  }
});

test("[SEAT-8] checking a license that floats in the cloud takes or renews its seat, and activating takes none", async (t) => {
  const { vendor, ann, bob, checkLicense, holders } = await startCloudSite(t);
  assert.deepEqual(await holders(), []);
  for (let beat = 0; beat < 3; beat += 1) {
    const reply = await expectReply(vendor, "checkLicense", await checkLicense(ann));
    assert.deepEqual([reply.is_floating_cloud, reply.floating_users, reply.floating_in_use_devices], [true, 1, 1]);
    vendor.clock.advance(10 * MINUTE_MS);
  }
  const denied = await checkLicense(bob);
  expectError(denied, "floating_not_available");
  assert.equal(denied.headers["retry-after"], String(5 * 60 + GRACE_S));
  assert.deepEqual(await holders(), ["ann"]);
});

test("[SEAT-8] an expired license that does not float is shown as expired", async (t) => {
  const { vendor, licenseId, ann, check, checkLicense } = await startCloudSite(t, {});
  assert.equal((await checkLicense(ann)).json.is_expired, false);
  granted(await changeLicense(vendor.side, licenseId, { terms: { validUntil: START + 1_000 } }));
  vendor.clock.advance(999);
  assert.equal((await checkLicense(ann)).json.is_expired, false);
  vendor.clock.advance(1);
  const shown = await expectReply(vendor, "checkLicense", await checkLicense(ann));
  assert.deepEqual([shown.is_expired, shown.validity_period], [true, "2026-01-15T10:00:01.000Z"]);
  expectError(await check(ann), "license_expired");
});

test("[LIC-3] [LIC-5] an expired license that floats gives no seat, and takes back those that are out", async (t) => {
  const { vendor, licenseId, ann, check, checkLicense, holders } = await startCloudSite(t);
  for (const take of [check, checkLicense]) assert.equal((await take(ann)).status, 200);
  granted(await changeLicense(vendor.side, licenseId, { terms: { validUntil: START + 1_000 } }));
  vendor.clock.advance(1_000);
  for (const take of [check, checkLicense]) expectError(await take(ann), "license_expired");
  expectError(await vendor.post("/floating/borrow", ann), "license_expired");
  expectError(await vendor.post("/floating/feature_borrow", { ...ann, feature: "export" }), "license_expired");
  assert.deepEqual(await holders(), ["ann", "ann"]);
  assert.equal((await vendor.post("/floating/feature_release", { ...ann, feature: "export" })).text, '""');
  assert.equal((await vendor.post("/floating/release", ann)).text, '""');
  assert.deepEqual(await holders(), []);
});

test("[REL-5] releasing a license seat ends only that seat, and again changes nothing", async (t) => {
  const { vendor, ann, check, checkLicense } = await startCloudSite(t);
  await check(ann);
  await checkLicense(ann);
  const before = (await vendor.side.store.events(0, 1_000)).length;
  for (let tries = 0; tries < 3; tries += 1) {
    assert.equal(await expectReply(vendor, "floatingRelease", await vendor.post("/floating/release", ann)), "");
  }
  const left = await vendor.side.store.seats();
  assert.deepEqual(
    left.map(({ seat }) => seat.featureId !== 0),
    [true],
  );
  const events = (await vendor.side.store.events(0, 1_000)).slice(before);
  assert.deepEqual(
    events.map(({ kind }) => kind),
    ["seat_released"],
  );
});

test("[REL-5] a license that does not float has no seat to release", async (t) => {
  const { vendor, ann } = await startCloudSite(t, {});
  expectError(await vendor.post("/floating/release", ann), "license_not_floating");
  expectError(await vendor.post("/floating/borrow", ann), "license_not_floating");
});

test("[LIC-2] a feature past its expiry is no feature any more, and is shown only where it is asked for", async (t) => {
  const { vendor, licenseId, ann, check, checkLicense } = await startCloudSite(t, {});
  const features = [{ code: "export", expiresAt: START + 1_000 }];
  granted(await changeLicense(vendor.side, licenseId, { features }));
  const shown = async (fields: object = {}) => (await checkLicense(ann, fields)).json.product_features.length;
  assert.deepEqual([await shown(), (await check(ann)).status], [1, 200]);
  vendor.clock.advance(1_000);
  assert.deepEqual([await shown(), await shown({ include_expired_features: true })], [0, 1]);
  expectError(await check(ann), "invalid_license_feature_code", "export");
  expectError(
    await vendor.post("/floating/feature_release", { ...ann, feature: "export" }),
    "invalid_license_feature_code",
  );
});

test("[STORE-1] [STORE-8] seats, borrows and devices are there again after a restart, and the signature is the same", async (t) => {
  const { vendor, ann, bob, check } = await startCloudSite(t);
  await vendor.post("/floating/feature_borrow", { ...ann, feature: "export", borrowed_until: "2026-01-17" });
  const before = await check(ann);
  const [seat] = await vendor.side.store.seats();
  await vendor.restart();
  expectError(await check(bob), "floating_not_available");
  const after = await check(ann);
  assert.deepEqual(after.bytes, before.bytes);
  assert.equal(after.headers["licensesignature"], before.headers["licensesignature"]);
  const [again] = await vendor.side.store.seats();
  assert.deepEqual([again?.seat.id, again?.seat.takenAt], [seat?.seat.id, seat?.seat.takenAt]);
});

test("[SEAT-2] 64 devices that come at once never hold more than the 3 seats there are, round after round", async (t) => {
  const { vendor, licenseId, ann, check, holders } = await startCloudSite(t, {}, [{ ...exportFeature, capacity: 3 }]);
  const devices = Array.from({ length: 64 }, (_, at) => ({ ...ann, hardware_id: `hw-${at}` }));
  await Promise.all(devices.map((device) => activate(vendor, device)));
  for (let round = 0; round < 5; round += 1) {
    const replies = await Promise.all(devices.map((device) => check(device)));
    const winners = devices.filter((_, at) => replies[at]?.status === 200);
    for (const reply of replies.filter(({ status }) => status !== 200)) expectError(reply, "floating_not_available");
    assert.equal(winners.length, 3);
    const inUse = replies.filter(({ status }) => status === 200).map(({ json }) => json.floating_in_use_devices);
    assert.deepEqual(inUse.toSorted(), [1, 2, 3]);
    assert.deepEqual((await holders()).toSorted(), winners.map(({ hardware_id }) => hardware_id).toSorted());
    // Half of the rounds end by releases that race with the next ones' check-outs, half by running out.
    if (round % 2 === 0) {
      const race = await Promise.all([
        ...winners.map((device) => vendor.post("/floating/feature_release", { ...device, feature: "export" })),
        ...devices.filter((device) => !winners.includes(device)).map((device) => check(device)),
      ]);
      const granted = race.slice(winners.length).filter(({ status }) => status === 200).length;
      assert.ok(race.slice(0, winners.length).every(({ text }) => text === '""'));
      assert.equal((await holders()).length, granted);
      assert.ok(granted <= 3);
    }
    vendor.clock.advance(TIMEOUT_MS + GRACE_S * 1_000);
  }
  const usage = await vendor.side.store.usage(licenseId);
  assert.deepEqual([...(usage?.inUse.values() ?? [])], [0, 0]);
});
