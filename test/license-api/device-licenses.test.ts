import assert from "node:assert/strict";
import { after, test } from "node:test";
import { blacklistDevice } from "../../src/use-cases/vendor/devices/blacklist-device.ts";
import { cloudTerms, granted, makeProductWith } from "../support/make-products.ts";
import { startVendorServer } from "../support/vendor-server.ts";
import { expectError, expectReply } from "./expect-reply.ts";
import { activeLicense, deactivate, deviceOf } from "./sample-devices.ts";

const vendor = await startVendorServer({ after });
const { side } = vendor;
await makeProductWith(side, { code: "cad", name: "CAD" });
await makeProductWith(side, { code: "cam", name: "CAM" });

const ask = (hardware_id: string, headers = {}) => vendor.get("/device_licenses", { hardware_id }, headers);
const ids = (listed: readonly { id: number }[]) => listed.map(({ id }) => id);

test("[DEV-9] the licenses that a device is active on are listed, and not those it is off or barred from", async () => {
  const terms = { ...cloudTerms, capacity: 2 };
  const floating = await activeLicense(vendor, { product: "cad", terms }, ["hw-1", "hw-2"]);
  const other = await activeLicense(vendor, { product: "cam" });
  const left = await activeLicense(vendor, { product: "cam" });
  await deactivate(vendor, deviceOf(left));
  const barred = await activeLicense(vendor, { product: "cam" });
  granted(await blacklistDevice(side, barred.id, "hw-1"));
  const borrowed = await vendor.post("/floating/borrow", deviceOf(floating));

  const listed = await expectReply(vendor, "deviceLicenses", await ask("hw-1"));
  assert.deepEqual(ids(listed), [floating.id, other.id]);
  assert.deepEqual([listed[0].hardware_id, listed[0].license_key], ["hw-1", floating.details.key]);
  assert.deepEqual([listed[0].is_borrowed, listed[0].borrowed_until], [true, borrowed.json.borrowed_until]);
  const second = await expectReply(vendor, "deviceLicenses", await ask("hw-2"));
  assert.deepEqual([ids(second), second[0].borrowed_until], [[floating.id], null]);
});

test("[DEV-9] a device that is not known has no licenses", async () => {
  assert.deepEqual(await expectReply(vendor, "deviceLicenses", await ask("nobody")), []);
  expectError(await vendor.get("/device_licenses"), "missing_parameters", "hardware_id");
});

test("[DEV-9] an application that is for some products is shown their licenses only", async () => {
  await activeLicense(vendor, { product: "cad" }, ["hw-3"]);
  const cam = await activeLicense(vendor, { product: "cam" }, ["hw-3"]);
  const key = vendor.authorize(await vendor.makeKey({ products: ["cam"] }));
  assert.deepEqual(ids(await expectReply(vendor, "deviceLicenses", await ask("hw-3", key))), [cam.id]);
});
