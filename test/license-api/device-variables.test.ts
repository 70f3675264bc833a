import assert from "node:assert/strict";
import { after, test } from "node:test";
import { blacklistDevice } from "../../src/use-cases/vendor/devices/blacklist-device.ts";
import { granted, makeProductWith } from "../support/make-products.ts";
import { startVendorServer } from "../support/vendor-server.ts";
import { expectError, expectReply } from "./expect-reply.ts";
import { activeLicense, deactivate, deviceOf } from "./sample-devices.ts";

const vendor = await startVendorServer({ after });
const { side, clock } = vendor;
await makeProductWith(side, { code: "cad", name: "CAD" });

async function activeDevice(hardwareId = "hw-1") {
  const license = await activeLicense(vendor, { product: "cad" }, [hardwareId]);
  const device = deviceOf(license, hardwareId);
  return {
    license,
    device,
    track: (variables: unknown) => vendor.post("/track_device_variables", { ...device, variables }),
    get: () => vendor.get("/get_device_variables", { ...device }),
  };
}

test("[DEV-6] variables are set by name, the others stay, and those of the request are answered", async () => {
  const { track, get } = await activeDevice();
  const first = clock.wall();
  const set = await expectReply(vendor, "trackDeviceVariables", await track({ plan: "pro", seats: 3, beta: true }));
  assert.deepEqual(
    set.map(({ variable, value }: Record<string, unknown>) => [variable, value]),
    [
      ["plan", "pro"],
      ["seats", "3"],
      ["beta", "true"],
    ],
  );
  clock.advance(1_000);
  const changed = await expectReply(vendor, "trackDeviceVariables", await track({ seats: 4 }));
  assert.deepEqual(
    changed.map(({ variable, value }: Record<string, unknown>) => [variable, value]),
    [["seats", "4"]],
  );
  assert.ok(changed[0].created_at >= first + 1_000 && Number.isInteger(changed[0].created_at));

  const shown = await expectReply(vendor, "getDeviceVariables", await get());
  assert.deepEqual(
    shown.map(({ variable, value }: Record<string, unknown>) => [variable, value]),
    [
      ["plan", "pro"],
      ["seats", "4"],
      ["beta", "true"],
    ],
  );
  const seats = shown[1];
  assert.equal(Date.parse(seats.created_at), changed[0].created_at);
  assert.equal(seats.device_id, changed[0].device_id);
  assert.equal(new Set(shown.map(({ id }: { id: number }) => id)).size, 3);
});

test("[DEV-6] names that look like integers, or like what objects inherit, are names like others", async () => {
  const { track, get } = await activeDevice("odd");
  const variables = JSON.parse('{"10": "a", "2": "b", "constructor": "c", "__proto__": "d", "é🙂": "e"}');
  await expectReply(vendor, "trackDeviceVariables", await track(variables));
  const shown = await expectReply(vendor, "getDeviceVariables", await get());
  assert.deepEqual(
    new Map(shown.map(({ variable, value }: Record<string, string>) => [variable, value])),
    new Map(Object.entries(variables)),
  );
});

test("[DEV-6] a device without variables has an empty list, and one that is none is refused", async () => {
  const { license, device, track, get } = await activeDevice("plain");
  assert.deepEqual(await expectReply(vendor, "getDeviceVariables", await get()), []);
  assert.deepEqual(await expectReply(vendor, "trackDeviceVariables", await track({})), []);
  expectError(await track(undefined), "missing_parameters", "variables");
  for (const bad of ["x", 7, ["a"], { a: {} }, { a: null }, { a: "x".repeat(1_025) }, { a: "\0" }]) {
    expectError(await track(bad), "validation_error", "variables");
  }
  granted(await blacklistDevice(side, license.id, "plain"));
  expectError(await get(), "blacklisted");
  expectError(await track({ a: 1 }), "blacklisted");
  const gone = await activeDevice("gone");
  await deactivate(vendor, gone.device);
  expectError(await gone.get(), "device_not_found");
  expectError(await gone.track({ a: 1 }), "device_not_found");
  expectError(await vendor.get("/get_device_variables", { ...device, license_key: "none" }), "license_not_found");
});

test("[DEV-6] a device has at most 1,000 variables in all, however they come", async () => {
  const { device, track, get } = await activeDevice("hoarder");
  const named = (from: number, to: number) =>
    Object.fromEntries(Array.from({ length: to - from }, (_, at) => [`v${from + at}`, "x"]));
  for (const [from, to] of [
    [0, 256],
    [256, 512],
    [512, 768],
    [768, 1_000],
  ] as const) {
    await expectReply(vendor, "trackDeviceVariables", await track(named(from, to)));
  }
  expectError(await track({ v0: "y", more: 1 }), "validation_error", "variables");
  expectError(await vendor.post("/activate_license", { ...device, variables: { more: 1 } }), "validation_error");
  await expectReply(vendor, "trackDeviceVariables", await track({ v0: "z" }));
  const shown = await expectReply(vendor, "getDeviceVariables", await get());
  assert.deepEqual([shown.length, shown[0].value], [1_000, "z"]);
});

test("[HMAC-5] a read-only key may look at variables and not set them", async () => {
  const { device, track } = await activeDevice("looked-at");
  await track({ a: 1 });
  const headers = vendor.authorize(await vendor.makeKey({ isReadOnly: true }));
  const shown = await vendor.get("/get_device_variables", { ...device }, headers);
  assert.equal((await expectReply(vendor, "getDeviceVariables", shown)).length, 1);
  const set = await vendor.post("/track_device_variables", { ...device, variables: { a: 2 } }, headers);
  expectError(set, "read_only_api_key");
});
