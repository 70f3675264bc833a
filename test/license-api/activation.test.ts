import assert from "node:assert/strict";
import { test } from "node:test";
import type { LicenseApiCode } from "../../src/api/license-api/errors.ts";
import { DAY_MS, HOUR_MS } from "../../src/domain/instant.ts";
import type { License } from "../../src/domain/license.ts";
import type { VendorProduct } from "../../src/domain/product.ts";
import { blacklistDevice } from "../../src/use-cases/vendor/devices/blacklist-device.ts";
import { resetLicense } from "../../src/use-cases/vendor/licenses/set-license-state.ts";
import { createUser } from "../../src/use-cases/vendor/people/create-user.ts";
import { granted, makeIssued, makeProductWith } from "../support/make-products.ts";
import { START } from "../support/test-clock.ts";
import { startVendorServer, type TestVendorServer } from "../support/vendor-server.ts";
import { startActivationSite } from "./activation-site.ts";
import { expectError, expectReply } from "./expect-reply.ts";
import { activate, deactivate } from "./sample-devices.ts";

/** Puts a product and a license into any state, also one that no use case leads to. */
async function change(
  { side }: TestVendorServer,
  licenseId: number,
  { product: state, license: changes }: { product?: Partial<VendorProduct>; license?: (license: License) => License },
): Promise<void> {
  const [known] = await side.store.findLicenses({ licenseId });
  const ref = { kind: "product", field: "code", value: known?.product.code ?? "" } as const;
  await side.store.transact({ license: { licenseId }, records: [ref] }, ({ license, records }) => {
    if (license === undefined) throw new Error("there is no such license");
    const record = { ...(records.get(ref) as VendorProduct), ...state };
    return {
      outcome: undefined,
      changes: [
        { change: "put_record", kind: "product", record },
        { change: "put_license", license: changes?.(license) ?? license },
      ],
      events: [],
    };
  });
}

test("[DEV-2] the first activation makes a license active, and its reply is the license with its device", async (t) => {
  const { vendor, licenseId, device, activate } = await startActivationSite(t);
  expectError(await vendor.get("/check_license", { ...device("hw-1") }), "license_not_active");
  const reply = await expectReply(vendor, "activateLicense", await activate("hw-1", { hostname: "desk" }));
  const [row] = await vendor.side.store.devices({ licenseId });
  assert.deepEqual(
    [
      reply.id,
      reply.device_id,
      reply.hardware_id,
      reply.request,
      reply.active,
      reply.license_active,
      reply.times_activated,
    ],
    [licenseId, row?.id, "hw-1", "activation", true, true, 1],
  );
  assert.deepEqual(
    [reply.variables, reply.installation_file, reply.license_key],
    [[], null, device("hw-1").license_key],
  );
  assert.deepEqual(row?.info["hostname"], "desk");
  const checked = await expectReply(vendor, "checkLicense", await vendor.get("/check_license", { ...device("hw-1") }));
  assert.equal(checked.license_signature_v2, "");
});

test("[DEV-1] [DEV-3] a device that is active is activated again without being counted again", async (t) => {
  const { vendor, activate, counts } = await startActivationSite(t, {
    maxActivations: 1,
    allowUnlimitedActivations: false,
  });
  const first = await activate("hw-1");
  const again = await activate("hw-1");
  assert.deepEqual(again.bytes, first.bytes);
  await expectReply(vendor, "activateLicense", again);
  assert.deepEqual(await counts(), [1, 0]);
});

test("[DEV-1] [DEV-3] many activations of one device at once are counted once", async (t) => {
  const { activate, counts } = await startActivationSite(t, { maxActivations: 1, allowUnlimitedActivations: false });
  const replies = await Promise.all(Array.from({ length: 16 }, () => activate("hw-1")));
  assert.deepEqual(new Set(replies.map(({ status }) => status)), new Set([200]));
  assert.equal(new Set(replies.map(({ json }) => json.device_id)).size, 1);
  assert.deepEqual(await counts(), [1, 0]);
});

test("[DEV-1] of devices that come at once only as many are activated as the license allows", async (t) => {
  const { vendor, licenseId, activate, counts } = await startActivationSite(t, {
    maxActivations: 2,
    allowUnlimitedActivations: false,
  });
  const replies = await Promise.all(Array.from({ length: 16 }, (_, at) => activate(`hw-${at}`)));
  const refused = replies.filter(({ status }) => status !== 200);
  assert.equal(refused.length, 14);
  for (const reply of refused) expectError(reply, "license_activated_max_times");
  assert.deepEqual(await counts(), [2, 0]);
  assert.equal((await vendor.side.store.devices({ licenseId })).length, 2);
});

test("[DEV-3] a device in the place of another is a transfer, one that comes back or comes in addition is not", async (t) => {
  const { activate, deactivate, counts } = await startActivationSite(t);
  for (const [step, expected] of [
    [() => activate("hw-1"), [1, 0]],
    [() => activate("hw-2"), [2, 0]],
    [() => deactivate("hw-1"), [1, 0]],
    [() => activate("hw-1"), [2, 0]],
    [() => deactivate("hw-1"), [1, 0]],
    [() => activate("hw-3"), [2, 1]],
    [() => activate("hw-4"), [3, 1]],
    [() => deactivate("hw-3"), [2, 1]],
    [() => deactivate("hw-4"), [1, 1]],
    [() => activate("hw-5"), [2, 2]],
    [() => activate("hw-6"), [3, 3]],
    [() => activate("hw-7"), [4, 3]],
  ] as const) {
    assert.equal((await step()).status, 200);
    assert.deepEqual(await counts(), expected);
  }
});

test("[DEV-1] [DEV-3] a license moves as often as it may, and no limit is 0", async (t) => {
  const { vendor, activate, deactivate, counts } = await startActivationSite(t, { maxTransfers: 2 });
  for (const hardwareId of ["hw-1", "hw-2", "hw-3"]) {
    assert.equal((await activate(hardwareId)).status, 200);
    await deactivate(hardwareId);
  }
  expectError(await activate("hw-4"), "license_transferred_max_times");
  assert.deepEqual(await counts(), [0, 2]);
  await expectReply(vendor, "activateLicense", await activate("hw-2"));
});

test("[DEV-1] of several things that are wrong with an activation the first in the order answers", async (t) => {
  const vendor = await startVendorServer(t);
  const { side } = vendor;
  await makeProductWith(side, { code: "users", name: "Users", authorizationMethod: "user" });
  const ada = { username: "ada@example.com", password: "correct horse" };
  granted(await createUser(side, ada));
  const users = [{ username: ada.username, allowUnlimitedActivations: true }];
  const license = await makeIssued(side, { product: "users", users });
  for (const hardware_id of ["hw-1", "hw-2"]) {
    await activate(vendor, { ...ada, product: "users", hardware_id });
    await deactivate(vendor, { product: "users", username: ada.username, hardware_id });
  }
  granted(await blacklistDevice(side, license.id, "hw-3"));

  let fields: object = {
    product: "nothing",
    ...ada,
    password: "wrong",
    license_id: 7,
    hardware_id: "hw-3",
    is_vm: true,
  };
  const send = (changes: object) => () => {
    fields = { ...fields, ...changes };
  };
  const put = (changes: (license: License) => License) => () => change(vendor, license.id, { license: changes });
  const withDetails = (changes: Partial<License["details"]>) =>
    put(({ details, ...rest }) => ({ ...rest, details: { ...details, ...changes } }));
  const withUserLimit = (maxActivations: number) =>
    put(({ issued, ...rest }) => {
      if (issued === undefined) throw new Error("the license was not issued here");
      const limited = issued.users.map((user) => ({ ...user, maxActivations, allowUnlimitedActivations: false }));
      return { ...rest, issued: { ...issued, users: limited } };
    });
  await put((sound) => ({ ...sound, enabled: false, validUntil: START - 1, startsAt: START + DAY_MS }))();
  await withDetails({ allowUnlimitedActivations: false, maxActivations: 0, maxTransfers: 1, preventVm: true })();
  await withUserLimit(0)();
  await change(vendor, license.id, { product: { state: "archived" } });

  // All of it is wrong at first. What answers is made right, and then the next must answer.
  const steps = [
    ["unknown_product", send({ product: "users" })],
    ["license_not_found", send({ license_id: license.id })],
    ["invalid_credentials", send({ password: ada.password })],
    ["license_not_enabled", put((disabled) => ({ ...disabled, enabled: true }))],
    ["license_expired", put((expired) => ({ ...expired, validUntil: null }))],
    ["blacklisted", send({ hardware_id: "hw-4" })],
    ["license_activated_max_times", withDetails({ maxActivations: 1 })],
    ["license_transferred_max_times", withDetails({ maxTransfers: 2 })],
    ["licenseUserActivatedMaxTimes", withUserLimit(1)],
    ["archived_product", () => change(vendor, license.id, { product: { state: "disabled" } })],
    ["disabled_product", () => change(vendor, license.id, { product: { state: "active" } })],
    ["vm_not_allowed", send({ is_vm: false })],
    ["license_not_started", put((early) => ({ ...early, startsAt: null }))],
  ] as const satisfies readonly (readonly [LicenseApiCode, () => void | Promise<void>])[];
  for (const [code, mend] of steps) {
    expectError(await vendor.post("/activate_license", fields), code);
    await mend();
  }
  const reply = await expectReply(vendor, "activateLicense", await vendor.post("/activate_license", fields));
  assert.deepEqual([reply.times_activated, reply.transfer_count], [1, 2]);
});

test("[DEV-1] a device that is active stays so when the product is archived, full or not for virtual machines", async (t) => {
  const { vendor, licenseId, activate, counts } = await startActivationSite(t, {
    preventVm: true,
    maxActivations: 1,
    allowUnlimitedActivations: false,
  });
  assert.equal((await activate("hw-1")).status, 200);
  await change(vendor, licenseId, { product: { state: "archived" } });
  await expectReply(vendor, "activateLicense", await activate("hw-1", { is_vm: true }));
  assert.deepEqual(await counts(), [1, 0]);
});

test("[DEV-2] a validity given as a duration starts at the first activation, and at no later one", async (t) => {
  const { vendor, activate, deactivate } = await startActivationSite(t, { validDurationMs: DAY_MS });
  vendor.clock.advance(5 * DAY_MS);
  const end = new Date(START + 6 * DAY_MS).toISOString();
  assert.equal((await activate("hw-1")).json.validity_period, end);
  vendor.clock.advance(HOUR_MS);
  assert.equal((await activate("hw-2")).json.validity_period, end);
  await deactivate("hw-1");
  assert.equal((await activate("hw-1")).json.validity_period, end);
  vendor.clock.advance(23 * HOUR_MS);
  expectError(await activate("hw-1"), "license_expired");
  expectError(await activate("hw-3"), "license_expired");
});

test("[DEV-2] [LIC-8] after a reset the duration starts again with the next activation", async (t) => {
  const { vendor, licenseId, activate, counts } = await startActivationSite(t, { validDurationMs: DAY_MS });
  assert.equal((await activate("hw-1")).status, 200);
  vendor.clock.advance(HOUR_MS);
  granted(await resetLicense(vendor.side, licenseId));
  assert.deepEqual(await counts(), [0, 0]);
  vendor.clock.advance(HOUR_MS);
  const again = await expectReply(vendor, "activateLicense", await activate("hw-1"));
  assert.equal(again.validity_period, new Date(START + 2 * HOUR_MS + DAY_MS).toISOString());
  assert.deepEqual(await counts(), [1, 0]);
});

test("[DEV-6] variables are set by name, numbers and booleans as their text, and the rest stays", async (t) => {
  const { vendor, activate } = await startActivationSite(t);
  const shown = async (variables: unknown) =>
    (await expectReply(vendor, "activateLicense", await activate("hw-1", { variables }))).variables.map(
      ({ variable, value, created_at }: Record<string, string>) => [variable, value, created_at],
    );
  const [at, later] = [START, START + 1_000].map((instant) => new Date(instant).toISOString());
  assert.deepEqual(await shown({ seat: "left", floor: 3, lit: true }), [
    ["seat", "left", at],
    ["floor", "3", at],
    ["lit", "true", at],
  ]);
  vendor.clock.advance(1_000);
  assert.deepEqual(await shown({ floor: 4, seat: "left", new: "" }), [
    ["seat", "left", at],
    ["floor", "4", later],
    ["lit", "true", at],
    ["new", "", later],
  ]);
  assert.equal((await shown(undefined)).length, 4);
});

test("[DEV-1] a user activates with the password, on as many devices as the user may", async (t) => {
  const vendor = await startVendorServer(t);
  const { side } = vendor;
  await makeProductWith(side, { code: "users", name: "Users", authorizationMethod: "user" });
  const [ada, bob] = ["ada@example.com", "bob@example.com"];
  for (const username of [ada, bob]) granted(await createUser(side, { username, password: `${username}!` }));
  const users = [
    { username: ada, maxActivations: 2 },
    { username: bob, allowUnlimitedActivations: true },
  ] as const;
  const license = await makeIssued(side, { product: "users", users: users as never });
  const ask = (username: string, hardware_id: string, password: unknown = `${username}!`) =>
    vendor.post("/activate_license", { product: "users", username, hardware_id, password });
  for (const wrong of ["", "wrong", null, `${ada} !`])
    expectError(await ask(ada, "hw-1", wrong), "invalid_credentials");
  expectError(await ask(ada, "hw-1", 7), "validation_error", "password");
  assert.deepEqual(await side.store.devices({ licenseId: license.id }), []);
  const reply = await expectReply(vendor, "activateLicense", await ask(ada, "hw-1"));
  assert.deepEqual([reply.username, reply.user.email, "license_key" in reply], [ada, ada, false]);
  assert.deepEqual(
    [reply.user.total_activations, reply.user.max_activations, reply.user.is_initial_password],
    [1, 2, true],
  );
  assert.equal((await ask(ada, "hw-2")).json.user.total_activations, 2);
  expectError(await ask(ada, "hw-3"), "licenseUserActivatedMaxTimes");
  assert.equal((await ask(ada, "hw-1")).status, 200);
  for (const hardwareId of ["hw-3", "hw-4", "hw-5"]) assert.equal((await ask(bob, hardwareId)).status, 200);
  await deactivate(vendor, { product: "users", username: ada, hardware_id: "hw-2" });
  assert.equal((await ask(ada, "hw-6")).json.user.total_activations, 2);
  expectError(await ask("nobody@example.com", "hw-1"), "license_not_found");
  expectError(
    await vendor.post("/activate_license", { product: "users", license_key: "x", hardware_id: "hw-1" }),
    "license_not_found",
  );
});

test("[LIC-1] a license of a key-based product is not reached by a user, nor one of a user-based product by a key", async (t) => {
  const { vendor, device } = await startActivationSite(t);
  granted(await createUser(vendor.side, { username: "ada@example.com", password: "x" }));
  const { license_key, ...nobody } = device("hw-1");
  const asUser = { ...nobody, username: "ada@example.com", password: "x" };
  expectError(await vendor.post("/activate_license", asUser), "license_not_found");
  expectError(
    await vendor.post("/activate_license", { ...asUser, license_key }),
    "license_key_or_license_user_required",
  );
  expectError(await vendor.post("/activate_license", nobody), "license_key_or_license_user_required");
  await activate(vendor, device("hw-1"));
});
