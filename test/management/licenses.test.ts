import assert from "node:assert/strict";
import { after, test } from "node:test";
import * as deviceOperations from "../../src/management/operations/devices.ts";
import * as operations from "../../src/management/operations/licenses.ts";
import { makeProductWith } from "../support/make-products.ts";
import { clientOf } from "../support/management-client.ts";
import { startVendorServer } from "../support/vendor-server.ts";
import { expectProblem, expectReply } from "./expect-operation.ts";

const vendor = await startVendorServer({ after });
const { side } = vendor;
await makeProductWith(side, { code: "cad", name: "CAD" });
const admin = await clientOf(vendor, "admin", "admin");
async function issue(body: object = {}) {
  return expectReply(operations.createLicense, await admin.post("/licenses", { product: "cad", ...body }));
}

test("[MANAGE-1] a license is issued, shown, changed, and its terms are those that were given", async () => {
  const terms = { cloud_floating: true, seats: 5, timeout_seconds: 90.5, valid_until: "2030-01-01T00:00:00.000Z" };
  const made = await issue({ ...terms, features: [{ code: "export", seats: 7 }], metadata: { a: [1] } });
  assert.partialDeepStrictEqual(made, { product: "cad", is_enabled: true, is_active: false, ...terms, in_use: 0 });
  assert.partialDeepStrictEqual(made.features, [{ code: "export", seats: 7, cloud_floating: true }]);
  const one = `/licenses/${made.id}`;
  const shown = await admin.get(one);
  assert.deepEqual(expectReply(operations.showLicense, shown), made);
  const patch = { seats: 6, features: [{ code: "export", offline_floating: true }] };
  const changed = expectReply(operations.updateLicense, await admin.patch(one, patch));
  assert.partialDeepStrictEqual(changed, { seats: 6, cloud_floating: true, timeout_seconds: 90.5 });
  assert.partialDeepStrictEqual(changed.features, [{ seats: 7, cloud_floating: true, offline_floating: true }]);
});

test("[MANAGE-5] what was changed meanwhile is not changed by who has not seen it", async () => {
  const { id } = await issue();
  const seen = { "if-match": (await admin.get(`/licenses/${id}`)).headers.get("etag") ?? "" };
  expectReply(operations.updateLicense, await admin.patch(`/licenses/${id}`, { max_activations: 4 }, seen));
  for (const verb of ["enable", "disable", "reset"]) {
    expectProblem(await admin.post(`/licenses/${id}/${verb}`, undefined, seen), 412, "stale");
  }
  expectProblem(await admin.patch(`/licenses/${id}`, { max_activations: 9 }, seen), 412, "stale");
  expectProblem(await admin.delete(`/licenses/${id}`, seen), 412, "stale");
  const now = await admin.get(`/licenses/${id}`);
  assert.deepEqual([now.body.max_activations, now.body.is_enabled], [4, true]);
});

test("[MANAGE-5] of many who change what they have seen at once, one does", async () => {
  const { id } = await issue();
  const seen = { "if-match": (await admin.get(`/licenses/${id}`)).headers.get("etag") ?? "" };
  const all = Array.from({ length: 20 }, (_, n) => admin.patch(`/licenses/${id}`, { max_transfers: n + 1 }, seen));
  const statuses = (await Promise.all(all)).map(({ status }) => status);
  assert.equal(statuses.filter((status) => status === 200).length, 1);
  assert.equal(statuses.filter((status) => status === 412).length, 19);
});

test("[MANAGE-6] a license is issued once under a key, however often and however fast it is asked for", async () => {
  const before = (await side.store.licenses()).length;
  const key = { "idempotency-key": "order 17" };
  const asked = Array.from({ length: 20 }, () => admin.post("/licenses", { product: "cad", seats: 1 }, key));
  const ids = new Set((await Promise.all(asked)).map((reply) => expectReply(operations.createLicense, reply).id));
  assert.deepEqual([ids.size, (await side.store.licenses()).length], [1, before + 1]);
  expectProblem(await admin.post("/licenses", { product: "cad", seats: 2 }, key), 409, "key_reused");
});

test("[MANAGE-2] what a license cannot be is named by its name on the wire", async () => {
  const refusals = [
    [{ product: "none" }, 404, "does_not_exist", /product none/],
    [{ product: "cad", policy_id: 99 }, 404, "does_not_exist", /policy 99/],
    [{ product: "cad", cloud_floating: true, timeout_seconds: 0 }, 422, "invalid_field", /timeout_seconds/],
    [{ product: "cad", features: [{ code: "none" }] }, 404, "does_not_exist", /features.0.code: feature none/],
    [{ product: "cad", users: [{ username: "ada" }] }, 422, "invalid_field", /users/],
  ] as const;
  for (const [body, status, code, about] of refusals) {
    const reply = await admin.post("/licenses", body);
    expectProblem(reply, status, code, about);
  }
  const { key } = await issue({ key: "AAAA-1" });
  const taken = expectProblem(await admin.post("/licenses", { product: "cad", key }), 409, "already_exists", /key/);
  assert.deepEqual(taken.errors, [{ param: "key", detail: "key" }]);
});

test("[MANAGE-7] many licenses change at once, each by itself", async () => {
  const ids = [(await issue()).id, (await issue()).id];
  const reply = await admin.post("/licenses/bulk", { action: "disable", ids: [...ids, 42] });
  const done = expectReply(operations.bulkLicenses, reply);
  assert.deepEqual(done, { done: ids, failed: [{ id: 42, code: "does_not_exist" }] });
  for (const id of ids) assert.equal((await admin.get(`/licenses/${id}`)).body.is_enabled, false);
  expectReply(operations.deleteLicense, await admin.delete(`/licenses/${ids[0]}`));
  expectProblem(await admin.get(`/licenses/${ids[0]}`), 404, "does_not_exist");
});

test("[MANAGE-1] devices of a license are shown, barred, admitted, taken off, and their variables set", async () => {
  const { id, key } = await issue();
  const activated = await vendor.post("/activate_license", { product: "cad", license_key: key, hardware_id: "hw 1" });
  assert.equal(activated.status, 200);
  const path = `/licenses/${id}/devices`;
  const { data } = expectReply(deviceOperations.listDevices, await admin.get(`${path}?is_active=true`));
  assert.partialDeepStrictEqual(data, [{ license: id, hardware_id: "hw 1", is_active: true, is_blacklisted: false }]);
  const device = `${path}/hw%201`;
  const set = await admin.put(`${device}/variables`, { variables: { room: "7" } });
  const { variables } = expectReply(deviceOperations.setDeviceVariables, set);
  assert.partialDeepStrictEqual(variables, [{ name: "room", value: "7" }]);
  const verbs = [
    ["blacklist", deviceOperations.blacklistDevice, { is_blacklisted: true }],
    ["admit", deviceOperations.admitDevice, { is_blacklisted: false }],
  ] as const;
  for (const [verb, operation, shows] of verbs) {
    assert.partialDeepStrictEqual(expectReply(operation, await admin.post(`${device}/${verb}`)), shows);
  }
  expectProblem(await admin.post(`${path}/other/deactivate`), 404, "device_not_found");
});

test("[ADMIN-6] every change of a license tells who did it, what was before and what is after", async () => {
  const { id } = await issue();
  await admin.patch(`/licenses/${id}`, { max_activations: 3 });
  const { body } = await admin.get(`/events?license=${id}&kind=license_changed`);
  assert.equal(body.data.length, 1);
  const [event] = body.data;
  assert.partialDeepStrictEqual(event.actor, { api: "management", token: "admin" });
  assert.deepEqual([event.before.max_activations, event.after.max_activations], [1, 3]);
  assert.match(event.request_id, /^[\w-]{36}$/);
});
