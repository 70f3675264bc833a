import assert from "node:assert/strict";
import { after, test } from "node:test";
import * as operations from "../../src/management/operations/licenses.ts";
import { makeProductWith } from "../support/make-products.ts";
import { clientOf } from "../support/management-client.ts";
import { startVendorServer } from "../support/vendor-server.ts";
import { expectProblem, expectReply } from "./expect-operation.ts";
import { PASSWORD } from "./log-in.ts";

const vendor = await startVendorServer({ after });
const { side } = vendor;
const admin = await clientOf(vendor, "admin");
await makeProductWith(side, { code: "cad", name: "CAD" });
await makeProductWith(side, { code: "mail", name: "Mail", authorizationMethod: "user" });
for (const username of ["ada", "bob"]) await admin.post("/users", { username, password: PASSWORD });
const MANY = { allow_unlimited_activations: true };

/** A license. @returns its path, and how a device of that hardware id calls the License API about it */
async function issue(body: object) {
  const made = expectReply(
    operations.createLicense,
    await admin.post("/licenses", { product: "cad", ...MANY, ...body }),
  );
  const { id, key, product } = made;
  const device = (hardware_id: string, username?: string) => {
    const wish = { product, hardware_id, license_id: id, ...(key === null ? { username } : { license_key: key }) };
    const proof = username === undefined ? {} : { password: PASSWORD };
    return {
      /** @returns why it was refused; undefined where it was not */
      activate: async () => (await vendor.post("/activate_license", { ...wish, ...proof })).json.code,
      /** @returns the code of the feature that was checked out, or of the refusal */
      check: async () => (await vendor.get("/check_license_feature", { ...wish, feature: "export" })).json.code,
      /** @returns the total */
      consume: async (consumptions: number) =>
        (await vendor.post("/add_consumption", { ...wish, consumptions })).json.total_consumptions,
    };
  };
  return { license: `/licenses/${id}`, device, id };
}

const show = async (path: string) => expectReply(operations.showLicense, await admin.get(path));
const devicesOf = async (license: string) =>
  (await admin.get(`${license}/devices`)).body.data.map((each: { hardware_id: string; is_active: boolean }) => [
    each.hardware_id,
    each.is_active,
  ]);
const holdersOf = async (id: number) =>
  (await admin.get(`/seats?license=${id}`)).body.data.map(({ holder }: { holder: string }) => holder);

test("[MANAGE-1] [DEV-1] a user who is assigned to a license activates it, on as many devices as was said", async () => {
  const { license, device } = await issue({ product: "mail", users: [{ username: "ada" }] });
  assert.equal(await device("hw 1", "bob").activate(), "license_not_found");
  const assign = (body?: object) => admin.put(`${license}/users/bob`, body);
  const assigned = expectReply(operations.assignUser, await assign({ max_activations: 2 }));
  assert.deepEqual(
    assigned.users.map(({ max_activations }: { max_activations: number }) => max_activations),
    [1, 2],
  );
  for (const hardwareId of ["hw 1", "hw 2"]) assert.equal(await device(hardwareId, "bob").activate(), undefined);
  assert.equal(await device("hw 3", "bob").activate(), "licenseUserActivatedMaxTimes");
  const more = expectReply(operations.assignUser, await assign(MANY));
  assert.deepEqual([more.users.length, more.users[1].allow_unlimited_activations], [2, true]);
  assert.equal(await device("hw 3", "bob").activate(), undefined);
  assert.equal((await show(license)).times_activated, 3);
});

test("[MANAGE-1] [DEV-4] a user who is taken off a license leaves with devices and seats; others stay", async () => {
  const { license, device, id } = await issue({ product: "mail", users: [{ username: "ada" }, { username: "bob" }] });
  const [ada, bob] = [device("hw a", "ada"), device("hw b", "bob")];
  for (const each of [ada, bob]) assert.deepEqual([await each.activate(), await each.check()], [undefined, "export"]);
  assert.deepEqual(await holdersOf(id), ["hw a", "hw b"]);
  expectReply(operations.unassignUser, await admin.delete(`${license}/users/bob`));
  assert.partialDeepStrictEqual(await show(license), { times_activated: 1, transfer_count: 0 });
  assert.equal((await show(license)).users.length, 1);
  assert.deepEqual(await holdersOf(id), ["hw a"]);
  assert.deepEqual(await devicesOf(license), [
    ["hw a", true],
    ["hw b", false],
  ]);
  assert.deepEqual([await ada.check(), await bob.check()], ["export", "license_not_found"]);
  expectProblem(await admin.delete(`${license}/users/bob`), 404, "does_not_exist", /not assigned/);
  expectProblem(await admin.delete(`${license}/users/nobody`), 404, "does_not_exist", /nobody/);
  expectProblem(await admin.put(`${license}/users/nobody`), 404, "does_not_exist", /nobody/);
});

test("[MANAGE-1] [LIC-7] a license that is disabled refuses all and ends its seats; enabled, it works again", async () => {
  const { license, device, id } = await issue({});
  const hw = device("hw");
  assert.deepEqual([await hw.activate(), await hw.check()], [undefined, "export"]);
  assert.equal(expectReply(operations.disableLicense, await admin.post(`${license}/disable`)).is_enabled, false);
  assert.deepEqual([await hw.check(), await holdersOf(id)], ["license_not_enabled", []]);
  const enabled = expectReply(operations.enableLicense, await admin.post(`${license}/enable`));
  assert.partialDeepStrictEqual(enabled, { is_enabled: true, is_active: true, times_activated: 1 });
  assert.deepEqual([await hw.check(), await holdersOf(id)], ["export", ["hw"]]);
});

test("[MANAGE-1] [LIC-8] a license that is reset is as if it had never been activated; bars stay", async () => {
  const metered = { type: "consumption", max_consumptions: 10, cloud_floating: true, seats: 5, timeout_seconds: 900 };
  const { license, device, id } = await issue(metered);
  const [one, two] = [device("hw 1"), device("hw 2")];
  for (const each of [one, two]) assert.equal(await each.activate(), undefined);
  assert.deepEqual([await one.check(), await one.consume(7)], ["export", 7]);
  await admin.post(`${license}/devices/${encodeURIComponent("hw 2")}/blacklist`);
  const reset = expectReply(operations.resetLicense, await admin.post(`${license}/reset`));
  assert.partialDeepStrictEqual(reset, { is_active: false, times_activated: 0, transfer_count: 0, in_use: 0 });
  assert.deepEqual(
    [await holdersOf(id), await devicesOf(license)],
    [
      [],
      [
        ["hw 1", false],
        ["hw 2", false],
      ],
    ],
  );
  assert.equal(await one.check(), "license_not_active");
  assert.deepEqual([await one.activate(), await two.activate()], [undefined, "blacklisted"]);
  assert.equal(await one.consume(1), 1, "what was consumed before is forgotten");
  assert.equal((await show(license)).times_activated, 1);
});

/** Bodies that cannot be, by the one field that is why. */
const bad: readonly (readonly [method: "post" | "patch", path: string, body: object, code: string, param: string])[] = [
  ["post", "/licenses", {}, "validation_error", "product"],
  ["post", "/licenses", { product: "cad", seats: -1 }, "validation_error", "seats"],
  ["post", "/licenses", { product: "cad", type: "eternal" }, "validation_error", "type"],
  ["post", "/licenses", { product: "cad", valid_until: "soon" }, "validation_error", "valid_until"],
  ["post", "/licenses", { product: "cad", colour: "red" }, "validation_error", "colour"],
  ["post", "/licenses", { product: "cad", features: [{ seats: 1 }] }, "validation_error", "features.0.code"],
  [
    "post",
    "/licenses",
    { product: "cad", cloud_floating: true, timeout_seconds: 0 },
    "invalid_field",
    "timeout_seconds",
  ],
  [
    "post",
    "/licenses",
    { product: "cad", features: [{ code: "export", timeout_seconds: 0 }] },
    "invalid_field",
    "features.0.timeout_seconds",
  ],
  [
    "post",
    "/licenses",
    { product: "cad", features: [{ code: "export" }, { code: "export" }] },
    "invalid_field",
    "features.1.code",
  ],
  ["post", "/licenses", { product: "cad", users: [{ username: "ada" }] }, "invalid_field", "users"],
  ["post", "/licenses", { product: "mail", key: "AAAA" }, "invalid_field", "key"],
  ["patch", "/licenses/LICENSE", { max_activations: 1.5 }, "validation_error", "max_activations"],
  ["patch", "/licenses/LICENSE", { cloud_floating: true, timeout_seconds: 0 }, "invalid_field", "timeout_seconds"],
  ["post", "/licenses/bulk", { action: "disable", ids: [] }, "validation_error", "ids"],
  ["post", "/products", { code: "cad", name: "CAD" }, "already_exists", "code"],
  ["patch", "/products/cad", { code: "other" }, "is_in_use", "code"],
  ["post", "/products/cad/features", { code: "export", name: "Export" }, "already_exists", "code"],
  ["post", "/policies", { product: "cad", code: "p", name: "P", seats: "many" }, "validation_error", "seats"],
  ["post", "/bundles", { code: "b", name: "B", product_codes: ["cad", "mail"] }, "invalid_field", "product_codes"],
  ["post", "/users", { username: "ada" }, "already_exists", "username"],
  ["post", "/admins", { name: "eve", password: "short", role: "admin" }, "invalid_field", "password"],
  ["post", "/tokens", { name: "t", role: "king" }, "validation_error", "role"],
  ["post", "/tokens", { name: "t", role: "viewer", expires_at: "2001-01-01T00:00:00Z" }, "invalid_field", "expires_at"],
];

for (const [method, path, body, code, param] of bad) {
  test(`[MANAGE-2] ${code} of ${method.toUpperCase()} ${path} names its field: ${param}`, async () => {
    const { license } = await issue({});
    const reply = await admin[method](path.replace("/licenses/LICENSE", license), body);
    const problem = expectProblem(reply, { already_exists: 409, is_in_use: 409 }[code] ?? 422, code);
    assert.equal(problem.param, param, JSON.stringify(problem));
    assert.deepEqual(
      problem.errors.map((each: { param: string }) => each.param),
      [param],
    );
  });
}

test("[MANAGE-2] of several bad fields, param is the first and errors has all", async () => {
  const problem = expectProblem(
    await admin.post("/licenses", { product: "cad", seats: -1, type: 7, max_users: "all" }),
    422,
    "validation_error",
  );
  const params = problem.errors.map(({ param }: { param: string }) => param);
  assert.deepEqual(params.toSorted(), ["max_users", "seats", "type"]);
  assert.equal(problem.param, params[0]);
});
