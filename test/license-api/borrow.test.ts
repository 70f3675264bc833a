import assert from "node:assert/strict";
import { test } from "node:test";
import { HOUR_MS, MINUTE_MS } from "../../src/domain/instant.ts";
import { START } from "../support/test-clock.ts";
import { exportFeature, floating, startCloudSite } from "./cloud-site.ts";
import { expectError, expectReply } from "./expect-reply.ts";

test("[BORROW-1] [BORROW-4] a feature is borrowed for as long as allowed when no date is given", async (t) => {
  const { vendor, licenseId, ann, bob, check } = await startCloudSite(t);
  const device_id = (await vendor.side.store.devices({ licenseId })).find(({ hardwareId }) => hardwareId === "ann")?.id;
  const until = new Date(START + 72 * HOUR_MS).toISOString();
  for (const borrowed_until of [null, undefined, "", "0001-01-01T00:00:00Z"]) {
    const reply = await vendor.post("/floating/feature_borrow", { ...ann, feature: "export", borrowed_until });
    const borrowed = await expectReply(vendor, "floatingFeatureBorrow", reply);
    assert.deepEqual(borrowed, {
      borrowed_until: until,
      max_borrow_time: 72,
      device_id,
      license_id: licenseId,
      feature: "export",
    });
  }
  vendor.clock.advance(72 * HOUR_MS - 1);
  expectError(await check(bob), "floating_not_available");
  vendor.clock.advance(1);
  assert.equal((await check(bob)).status, 200);
});

test("[BORROW-3] a renewal keeps a borrow, another borrow moves it either way, and a check shows it", async (t) => {
  const { vendor, ann, check } = await startCloudSite(t);
  const borrow = async (borrowed_until: string) =>
    (await vendor.post("/floating/feature_borrow", { ...ann, feature: "export", borrowed_until })).json.borrowed_until;
  assert.equal(await borrow("2026-01-17"), "2026-01-17T00:00:00.000Z");
  const shown = await expectReply(vendor, "checkLicenseFeature", await check(ann));
  assert.deepEqual([shown.is_borrowed, shown.borrowed_until], [true, "2026-01-17T00:00:00.000Z"]);
  assert.equal(await borrow("2026-01-16 12:00"), "2026-01-16T12:00:00.000Z");
  assert.equal(await borrow("2026-01-18T10:00:00.000Z"), "2026-01-18T10:00:00.000Z");
});

test("[BORROW-3] every license object of a device shows what it has borrowed, and to others nothing", async (t) => {
  const { vendor, ann, bob, checkLicense } = await startCloudSite(t, { ...floating, capacity: 2 });
  const [license, feature] = ["2026-01-16T12:00:00.000Z", "2026-01-15T10:05:00.000Z"];
  await vendor.post("/floating/borrow", { ...ann, borrowed_until: license });
  await vendor.post("/floating/feature_borrow", { ...ann, feature: "export", borrowed_until: feature });
  // biome-ignore lint/suspicious/noExplicitAny: a license object as it came
  const shown = ({ is_borrowed, borrowed_until, product_features }: any) => [
    [is_borrowed, borrowed_until],
    [product_features[0].is_borrowed, product_features[0].borrowed_until],
  ];
  const objects = async (device = ann) => [
    shown(await expectReply(vendor, "checkLicense", await checkLicense(device))),
    shown(await expectReply(vendor, "activateLicense", await vendor.post("/activate_license", device))),
    shown((await vendor.get("/device_licenses", { hardware_id: device.hardware_id })).json[0]),
  ];
  const [both, licenseOnly, none] = [
    [
      [true, license],
      [true, feature],
    ],
    [
      [true, license],
      [false, null],
    ],
    [
      [false, null],
      [false, null],
    ],
  ];
  assert.deepEqual(await objects(), [both, both, both]);
  assert.deepEqual(await objects(bob), [none, none, none]);
  vendor.clock.advance(5 * MINUTE_MS);
  assert.deepEqual(await objects(), [licenseOnly, licenseOnly, licenseOnly], "the seat lasts, its borrow is over");
});

test("[BORROW-2] a date that is past, unreadable or too far is refused, and nothing is taken", async (t) => {
  const { vendor, ann, holders } = await startCloudSite(t);
  const dates = ["2026-01-15T10:00:00.000Z", "2025-01-01", "tomorrow", "2026-13-01", "2026-01-18T10:00:00.001Z"];
  for (const [path, fields] of [
    ["/floating/feature_borrow", { feature: "export" }],
    ["/floating/borrow", {}],
  ] as const) {
    for (const borrowed_until of dates) {
      expectError(await vendor.post(path, { ...ann, ...fields, borrowed_until }), "borrow_until_not_valid");
    }
  }
  assert.deepEqual(await holders(), []);
});

test("[BORROW-1] where borrowing is not allowed it is said, and nothing is taken", async (t) => {
  const unborrowable = { ...exportFeature, canBorrow: false };
  const { vendor, ann, holders } = await startCloudSite(t, { ...floating, maxBorrowMs: 0 }, [unborrowable]);
  expectError(
    await vendor.post("/floating/feature_borrow", { ...ann, feature: "export" }),
    "license_borrow_not_allowed",
  );
  expectError(await vendor.post("/floating/borrow", ann), "license_borrow_not_allowed");
  assert.deepEqual(await holders(), []);
});

test("[BORROW-1] a license seat is borrowed, shown by a check, and given back", async (t) => {
  const { vendor, licenseId, ann, bob, checkLicense, holders } = await startCloudSite(t);
  const reply = await vendor.post("/floating/borrow", { ...ann, borrowed_until: "2026-01-17" });
  const borrowed = await expectReply(vendor, "floatingBorrow", reply);
  assert.deepEqual(Object.keys(borrowed).toSorted(), ["borrowed_until", "device_id", "license_id", "max_borrow_time"]);
  assert.deepEqual([borrowed.borrowed_until, borrowed.license_id], ["2026-01-17T00:00:00.000Z", licenseId]);
  const shown = await expectReply(vendor, "checkLicense", await checkLicense(ann));
  assert.deepEqual([shown.is_borrowed, shown.borrowed_until], [true, "2026-01-17T00:00:00.000Z"]);
  vendor.clock.advance(24 * HOUR_MS);
  expectError(await checkLicense(bob), "floating_not_available");
  assert.equal((await vendor.post("/floating/release", ann)).text, '""');
  assert.deepEqual(await holders(), []);
});
