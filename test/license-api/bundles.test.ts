import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { NewLicense } from "../../src/use-cases/vendor/licenses/issue-license.ts";
import { disableLicense } from "../../src/use-cases/vendor/licenses/set-license-state.ts";
import { createUser } from "../../src/use-cases/vendor/people/create-user.ts";
import { createBundle } from "../../src/use-cases/vendor/products/create-bundle.ts";
import { cloudTerms, granted, makeIssued, makeProductWith } from "../support/make-products.ts";
import { startVendorServer } from "../support/vendor-server.ts";
import { expectError, expectReply } from "./expect-reply.ts";

const vendor = await startVendorServer({ after });
const { side } = vendor;
const terms = { ...cloudTerms, capacity: 1 };
for (const code of ["cad", "cam", "cae"]) await makeProductWith(side, { code, name: code });
for (const code of ["mail", "chat"]) await makeProductWith(side, { code, name: code, authorizationMethod: "user" });
granted(await createBundle(side, { code: "studio", name: "Studio", productCodes: ["cad", "cam"] }));
granted(await createBundle(side, { code: "office", name: "Office", productCodes: ["mail", "chat"] }));

let keys = 0;
/** Licenses of the bundle *studio*, of one key. */
async function issueStudio(cam: Partial<NewLicense> = {}) {
  const key = `studio-${++keys}`;
  const first = await makeIssued(side, { product: "cad", key, bundleCode: "studio", terms });
  const second = await makeIssued(side, {
    product: "cam",
    key,
    bundleCode: "studio",
    ...cam,
    terms: { ...terms, ...cam.terms },
  });
  const bundle = { product: "studio", license_key: key };
  return { first, second, bundle, of: (hardware_id: string) => ({ ...bundle, hardware_id }) };
}

const activate = (body: object, headers = {}) => vendor.post("/activate_bundle", body, headers);
const deactivate = (body: object) => vendor.post("/deactivate_bundle", body);
const check = (query: object) => vendor.get("/check_bundle", { ...query });
const ids = (objects: readonly { id: number }[]) => objects.map(({ id }) => id);

async function activeOn(hardwareId: string): Promise<number[]> {
  const devices = await side.store.devices({ hardwareId });
  return devices.filter(({ active }) => active).map(({ licenseId }) => licenseId);
}

test("[DEV-8] a bundle's licenses are activated, checked and deactivated together", async () => {
  const { first, second, of } = await issueStudio();
  const outside = await makeIssued(side, { product: "cad", key: "outside" });
  const device = { ...of("hw-1"), hostname: "ws", variables: { plan: "pro" } };
  const activated = await expectReply(vendor, "activateBundle", await activate(device));
  assert.deepEqual(ids(activated), [first.id, second.id]);
  assert.deepEqual(await activeOn("hw-1"), [first.id, second.id]);
  for (const { request, active, variables } of activated) {
    assert.deepEqual([request, active, variables[0].value], ["activation", true, "pro"]);
  }
  const checked = await expectReply(vendor, "checkBundle", await check(of("hw-1")));
  assert.deepEqual(ids(checked), [first.id, second.id]);
  assert.deepEqual(
    checked.map((each: { floating_in_use_devices: number }) => each.floating_in_use_devices),
    [1, 1],
  );
  assert.equal((await side.store.seats()).length, 2);
  const off = await deactivate(of("hw-1"));
  assert.equal(await expectReply(vendor, "deactivateBundle", off), "license_deactivated");
  assert.deepEqual(await activeOn("hw-1"), []);
  assert.equal((await side.store.seats()).length, 0);
  assert.equal((await side.store.findLicenses({ licenseId: outside.id }))[0]?.active, false);
});

test("[DEV-8] where one license refuses the device, none is activated", async () => {
  const limited = { terms: { allowUnlimitedActivations: false, maxActivations: 1 } };
  const { first, second, of } = await issueStudio(limited);
  await expectReply(vendor, "activateBundle", await activate(of("a")));
  expectError(await activate(of("b")), "license_activated_max_times");
  assert.deepEqual(await activeOn("b"), []);
  await expectReply(vendor, "activateBundle", await activate(of("a")));
  assert.deepEqual(await activeOn("a"), [first.id, second.id]);
  granted(await disableLicense(side, second.id));
  expectError(await activate(of("c")), "license_not_enabled");
  expectError(await deactivate(of("a")), "license_not_enabled");
  assert.deepEqual(await activeOn("a"), [first.id, second.id]);
  expectError(await check(of("a")), "license_not_enabled");
  assert.equal((await side.store.seats(first.id)).length, 0);
});

test("[DEV-8] where one license has no seat left, no seat is taken, and the denial is recorded", async () => {
  const { first, second, of } = await issueStudio();
  const wider = await issueStudio({ terms: { capacity: 0 } });
  await activate(of("a"));
  await activate(wider.of("a"));
  await expectReply(vendor, "checkBundle", await check(of("a")));
  const events = (await side.store.events(0, 10_000)).length;
  const denied = await check(wider.of("a"));
  expectError(denied, "floating_not_available");
  assert.equal((await side.store.seats(wider.first.id)).length, 0);
  const news = await side.store.events(events, 100);
  assert.deepEqual(
    news.map(({ kind, licenseId }) => [kind, licenseId]),
    [["seat_denied", wider.second.id]],
  );
  assert.equal((await side.store.seats(first.id)).length + (await side.store.seats(second.id)).length, 2);
});

test("[DEV-8] a user's bundle asks for the password once, to activate", async () => {
  const username = "ada@example.com";
  granted(await createUser(side, { username, password: "pass words" }));
  const users = [{ username, allowUnlimitedActivations: true }];
  for (const product of ["mail", "chat"]) await makeIssued(side, { product, users, bundleCode: "office" });
  const device = { hardware_id: "hw-9", product: "office", username };
  expectError(await activate(device), "invalid_credentials");
  expectError(await activate({ ...device, password: "wrong" }), "invalid_credentials");
  assert.deepEqual(await activeOn("hw-9"), []);
  const activated = await expectReply(vendor, "activateBundle", await activate({ ...device, password: "pass words" }));
  assert.equal(activated.length, 2);
  assert.equal(activated[1].username, username);
  await expectReply(vendor, "checkBundle", await check(device));
  await expectReply(vendor, "deactivateBundle", await deactivate(device));
});

test("[DEV-8] a bundle that is not there is an unknown product, and a license that is missing is not found", async () => {
  const { of, bundle } = await issueStudio();
  for (const product of ["nothing", "cad"]) expectError(await activate({ ...of("x"), product }), "unknown_product");
  expectError(await check({ ...of("x"), license_key: "nothing" }), "license_not_found");
  expectError(await check(of("x")), "license_not_active");
  await activate(of("y"));
  expectError(await check(of("x")), "device_not_found");
  expectError(await deactivate(of("x")), "device_not_found");
  expectError(await activate({ ...bundle, hardware_id: "x", username: "ada" }), "license_key_or_license_user_required");
  const key = "half";
  await makeIssued(side, { product: "cad", key, bundleCode: "studio" });
  await makeIssued(side, { product: "cam", key });
  expectError(await activate({ ...of("z"), license_key: key }), "license_not_found");
  assert.deepEqual(await activeOn("z"), []);
});

test("[DEV-8] consumption is not added to a bundle, and not lost either", async () => {
  const { of, first, second } = await issueStudio();
  await activate(of("used"));
  expectError(await deactivate({ ...of("used"), consumptions: 3 }), "validation_error", "consumptions");
  assert.deepEqual(await activeOn("used"), [first.id, second.id]);
  await expectReply(vendor, "deactivateBundle", await deactivate({ ...of("used"), consumptions: 0 }));
});

test("[HMAC-5] an application for some products may ask about a bundle of these only", async () => {
  const { of } = await issueStudio();
  const some = vendor.authorize(await vendor.makeKey({ products: ["cad"] }));
  expectError(await activate(of("k"), some), "api_key_product_not_allowed");
  expectError(await activate({ ...of("k"), product: "nothing" }, some), "api_key_product_not_allowed");
  assert.deepEqual(await activeOn("k"), []);
  const all = vendor.authorize(await vendor.makeKey({ products: ["cad", "cam", "cae"] }));
  await expectReply(vendor, "activateBundle", await activate(of("k"), all));
});
