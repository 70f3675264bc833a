import assert from "node:assert/strict";
import { after, test } from "node:test";
import * as operations from "../../src/management/operations/devices.ts";
import { makeIssued, makeProductWith } from "../support/make-products.ts";
import { clientOf } from "../support/management-client.ts";
import { startVendorServer } from "../support/vendor-server.ts";
import { expectProblem, expectReply } from "./expect-operation.ts";

const vendor = await startVendorServer({ after });
const { side } = vendor;
await makeProductWith(side, { code: "cad", name: "CAD" });
const admin = await clientOf(vendor, "admin");

/** A license with the device `hw`. @returns their paths, and how the device calls the License API */
async function activated() {
  const { id, details } = await makeIssued(side, { product: "cad" });
  const wish = { product: "cad", license_key: details.key, hardware_id: "hw" };
  const call = async (path: string, more: object = {}) => (await vendor.post(path, { ...wish, ...more })).json.code;
  assert.equal(await call("/activate_license"), undefined);
  return { license: `/licenses/${id}`, device: `/licenses/${id}/devices/hw`, call };
}

test("[DEV-10] devices of a disabled license are deactivated and labelled by its vendor, and refused themselves", async () => {
  const { license, device, call } = await activated();
  await admin.post(`${license}/disable`);
  assert.equal(await call("/deactivate_license"), "license_not_enabled");
  assert.equal(await call("/track_device_variables", { variables: { room: "8" } }), "license_not_enabled");
  const set = await admin.put(`${device}/variables`, { variables: { room: "7" } });
  const { variables } = expectReply(operations.setDeviceVariables, set);
  assert.partialDeepStrictEqual(variables, [{ name: "room", value: "7" }]);
  const off = expectReply(operations.deactivateDevice, await admin.post(`${device}/deactivate`));
  assert.deepEqual([off.is_active, (await admin.get(license)).body.times_activated], [false, 0]);
  expectProblem(await admin.post(`${device}/deactivate`), 404, "device_not_found");
  expectProblem(await admin.put(`${device}/variables`, { variables: {} }), 404, "device_not_found");
});

test("[DEV-10] a barred device is deactivated and labelled by its vendor, and stays barred", async () => {
  const { device, call } = await activated();
  expectReply(operations.blacklistDevice, await admin.post(`${device}/blacklist`));
  assert.equal(await call("/deactivate_license"), "blacklisted");
  expectReply(operations.setDeviceVariables, await admin.put(`${device}/variables`, { variables: { room: "7" } }));
  const off = expectReply(operations.deactivateDevice, await admin.post(`${device}/deactivate`));
  assert.deepEqual([off.is_active, off.is_blacklisted], [false, true]);
  assert.equal(await call("/activate_license"), "blacklisted");
});

test("[MANAGE-5] a device that was changed meanwhile is not changed by who has not seen it", async () => {
  const { device } = await activated();
  const verbs = ["admit", "blacklist", "deactivate"] as const;
  const seen = { "if-match": (await admin.get(device)).headers.get("etag") ?? "" };
  const changed = await admin.put(`${device}/variables`, { variables: { room: "7" } }, seen);
  expectReply(operations.setDeviceVariables, changed);
  const before = (await admin.get(device)).body;
  for (const verb of verbs) expectProblem(await admin.post(`${device}/${verb}`, undefined, seen), 412, "stale");
  expectProblem(await admin.put(`${device}/variables`, { variables: { room: "8" } }, seen), 412, "stale");
  const shown = await admin.get(device);
  assert.deepEqual(shown.body, before);
  let etag = changed.headers.get("etag") ?? "";
  for (const verb of ["blacklist", "admit", "deactivate"]) {
    assert.equal((await admin.get(device)).headers.get("etag"), etag, `before ${verb}`);
    const reply = await admin.post(`${device}/${verb}`, undefined, { "if-match": etag });
    assert.equal(reply.status, 200, verb);
    etag = reply.headers.get("etag") ?? "";
  }
});

test("[MANAGE-5] of many who deactivate the device that they have seen at once, one does", async () => {
  const { license, device } = await activated();
  const seen = { "if-match": (await admin.get(device)).headers.get("etag") ?? "" };
  const all = Array.from({ length: 10 }, () => admin.post(`${device}/deactivate`, undefined, seen));
  const statuses = (await Promise.all(all)).map(({ status }) => status).sort();
  assert.deepEqual(statuses, [200, ...Array.from({ length: 9 }, () => 412)]);
  assert.equal((await admin.get(license)).body.times_activated, 0);
});

test("[MANAGE-1] devices and licenses that are not there are refused by the codes that operations name", async () => {
  const device = "/licenses/999999/devices/hw";
  for (const verb of ["blacklist", "admit", "deactivate"]) {
    expectProblem(await admin.post(`${device}/${verb}`), 404, "license_not_found");
  }
  expectProblem(await admin.put(`${device}/variables`, { variables: {} }), 404, "license_not_found");
  const { param } = expectProblem(await admin.get(device), 404, "does_not_exist", /device hw of license 999999/);
  assert.equal(param, undefined, "the path names it, and no field");
  const { license } = await activated();
  for (const verb of ["admit", "deactivate"]) {
    expectProblem(await admin.post(`${license}/devices/other/${verb}`), 404, "device_not_found");
  }
});
