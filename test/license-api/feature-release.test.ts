import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";
import type { LicenseApiCode } from "../../src/api/license-api/errors.ts";
import { DAY_MS } from "../../src/domain/instant.ts";
import { blacklistDevice } from "../../src/use-cases/vendor/devices/blacklist-device.ts";
import { changeLicense } from "../../src/use-cases/vendor/licenses/change-license.ts";
import { disableLicense, resetLicense } from "../../src/use-cases/vendor/licenses/set-license-state.ts";
import { createUser } from "../../src/use-cases/vendor/people/create-user.ts";
import { cloudTerms, granted, makeIssued, makeProductWith } from "../support/make-products.ts";
import { START } from "../support/test-clock.ts";
import { startVendorServer } from "../support/vendor-server.ts";
import { expectError, expectReply } from "./expect-reply.ts";
import { activate, activeLicense, deviceOf } from "./sample-devices.ts";

const RELEASE = "/floating/feature_release";
const vendor = await startVendorServer({ after }, { config: { "seats.grace-seconds": 5 } });
const { side } = vendor;
const features = [
  { code: "export", name: "Export", capacity: 3, ...cloudTerms },
  { code: "second", name: "Second", capacity: 3, ...cloudTerms },
  { code: "local", name: "Local", capacity: 3, ...cloudTerms, floats: { onPremise: true, cloud: false } },
];
await makeProductWith(side, { code: "cad", name: "CAD" }, features);
const device = deviceOf(await activeLicense(vendor, { product: "cad" }));
const seat = { ...device, feature: "export" };

const take = async (fields: object = seat) =>
  assert.equal((await vendor.get("/check_license_feature", { ...fields })).status, 200);
const release = (fields: object) => vendor.post(RELEASE, fields);
const inUse = async () => (await side.store.seats()).map(({ seat: { holder } }) => holder);

beforeEach(async () => {
  await release(seat);
});

/** What can be wrong with a release, in the order in which it is said. */
const messages = {
  unknown_product: "Provided product was not found",
  license_not_found: "License with the provided license user not found",
  license_not_active: "The license is not active",
  license_not_enabled: "The license is not enabled",
  device_not_found: "An active device matching the hardware_id not found",
  blacklisted: "This device is blacklisted",
  invalid_license_feature_code: "License feature code: nothing is invalid or not assigned to the license.",
  feature_not_floating: "License feature is not floating cloud feature.",
  floating_feature_device_not_in_use: "Floating feature device is not in use",
} as const satisfies Partial<Record<LicenseApiCode, string>>;
type Wrong = keyof typeof messages;
const order = Object.keys(messages) as Wrong[];

/** Licenses by what is wrong with them; on each, one device is active, and one barred. */
const licenses = new Map<string, string>();
for (const wrongs of [[], ["inactive"], ["disabled"], ["inactive", "disabled"]]) {
  const { id, details } = await activeLicense(vendor, { product: "cad" }, ["good", "barred"]);
  granted(await blacklistDevice(side, id, "barred"));
  // A license that starts later is not active yet, and it may have been activated before the start was moved.
  if (wrongs.includes("inactive")) granted(await changeLicense(side, id, { terms: { startsAt: START + DAY_MS } }));
  if (wrongs.includes("disabled")) granted(await disableLicense(side, id));
  licenses.set(wrongs.join(), details.key as string);
}

/** Everything that can be wrong at once: one of each row. */
const choices: readonly (readonly (Wrong | undefined)[])[] = [
  [undefined, "unknown_product"],
  [undefined, "license_not_found"],
  [undefined, "license_not_active"],
  [undefined, "license_not_enabled"],
  [undefined, "device_not_found", "blacklisted"],
  ["floating_feature_device_not_in_use", "feature_not_floating", "invalid_license_feature_code"],
];
const combinations = choices.reduce<Wrong[][]>(
  (all, row) => all.flatMap((wrongs) => row.map((wrong) => (wrong === undefined ? wrongs : [...wrongs, wrong]))),
  [[]],
);

test("[LIC-5] [REL-1] of several things that are wrong with a release, the first in the order answers, in its words", async () => {
  assert.equal(combinations.length, 2 * 2 * 2 * 2 * 3 * 3);
  const answered = new Set<string>();
  for (const wrongs of combinations) {
    const has = (wrong: Wrong) => wrongs.includes(wrong);
    const state = [has("license_not_active") && "inactive", has("license_not_enabled") && "disabled"].filter(Boolean);
    const fields = {
      hardware_id: has("device_not_found") ? "nobody" : has("blacklisted") ? "barred" : "good",
      product: has("unknown_product") ? "nothing" : "cad",
      license_key: has("license_not_found") ? "nothing" : licenses.get(state.join()),
      feature: has("invalid_license_feature_code") ? "nothing" : has("feature_not_floating") ? "local" : "export",
    };
    const reply = await release(fields);
    const first = order.find((wrong) => wrongs.includes(wrong)) as Wrong;
    assert.deepEqual(reply.json, { status: 400, code: first, message: messages[first] }, wrongs.join());
    assert.equal(reply.status, 400);
    assert.deepEqual(Object.keys(reply.json), ["status", "code", "message"]);
    answered.add(first);
  }
  assert.deepEqual([...answered].toSorted(), order.toSorted(), "each of the nine was the first once");
});

test("[LIC-6] [LIC-8] a license that was never activated, or was reset, is not active", async () => {
  const fresh = await makeIssued(side, { product: "cad" });
  expectError(await release({ ...deviceOf(fresh), feature: "export" }), "license_not_active");
  const used = await activeLicense(vendor, { product: "cad" });
  await take({ ...deviceOf(used), feature: "export" });
  granted(await resetLicense(side, used.id));
  expectError(await release({ ...deviceOf(used), feature: "export" }), "license_not_active");
});

test("[REL-1] a release frees the seat at once and answers an empty text", async () => {
  await take();
  assert.deepEqual(await inUse(), ["hw-1"]);
  const reply = await release(seat);
  assert.equal(await expectReply(vendor, "floatingFeatureRelease", reply), "");
  assert.equal(reply.text, '""');
  assert.deepEqual(await inUse(), []);
  expectError(await release(seat), "floating_feature_device_not_in_use");
});

test("[REL-1] a release frees the last seat for the very next device", async () => {
  const license = await makeIssued(side, { product: "cad", features: [{ code: "export", capacity: 1 }] });
  const [first, second] = ["hw-1", "hw-2"].map((id) => ({ ...deviceOf(license, id), feature: "export" }));
  for (const each of [first, second]) await activate(vendor, each as object);
  await take(first);
  expectError(await vendor.get("/check_license_feature", second), "floating_not_available");
  assert.equal((await release(first as object)).text, '""');
  await take(second);
  expectError(await release(first as object), "floating_feature_device_not_in_use");
  await release(second as object);
});

test("[REL-1] a release ends a borrow, at once", async () => {
  const borrowed = await vendor.post("/floating/feature_borrow", { ...seat, borrowed_until: "2026-01-17" });
  assert.equal(borrowed.json.borrowed_until, "2026-01-17T00:00:00.000Z");
  assert.equal((await release(seat)).text, '""');
  assert.deepEqual(await inUse(), []);
  const again = await vendor.get("/check_license_feature", seat);
  assert.deepEqual([again.json.is_borrowed, again.json.borrowed_until], [false, null]);
});

test("[REL-1] a release is of that feature, that device and that license only", async () => {
  const other = deviceOf(await activeLicense(vendor, { product: "cad" }));
  await activate(vendor, { ...device, hardware_id: "hw-2" });
  const kept = [
    { ...seat, feature: "second" },
    { ...seat, hardware_id: "hw-2" },
    { ...other, feature: "export" },
  ];
  for (const each of [seat, ...kept]) await take(each);
  assert.equal((await release(seat)).text, '""');
  assert.equal((await inUse()).length, 3);
  for (const each of kept) assert.equal((await release(each)).text, '""', JSON.stringify(each));
});

test("[REL-1] a seat that has run out is not in use", async () => {
  await take();
  const { clock } = vendor;
  clock.advance(15 * 60_000 + 5_000 - 1);
  assert.deepEqual(await inUse(), ["hw-1"]);
  clock.advance(1);
  expectError(await release(seat), "floating_feature_device_not_in_use");
});

test("[LIC-4] [REL-1] license_id pins the license, as a number or as its digits", async () => {
  const license = await activeLicense(vendor, { product: "cad" });
  const pinned = { ...deviceOf(license), feature: "export" };
  for (const license_id of [license.id, String(license.id)]) {
    await take(pinned);
    expectError(await release({ ...pinned, license_id: license.id + 1 }), "license_not_found");
    assert.equal((await release({ ...pinned, license_id })).text, '""');
  }
});

test("[REL-1] a user's license is released by the user name, without a password", async () => {
  const product = { code: "users", name: "Users", authorizationMethod: "user" } as const;
  await makeProductWith(side, product, features);
  const username = "ada@example.com|team";
  granted(await createUser(side, { username, password: "correct horse" }));
  const license = await makeIssued(side, { product: "users", users: [{ username, allowUnlimitedActivations: true }] });
  const mine = { hardware_id: "hw-1", product: "users", username, feature: "export" };
  await activate(vendor, mine, { password: "correct horse" });
  await take(mine);
  for (const wrong of ["ada@example.com", "ADA@example.com|team", "bob@example.com"]) {
    expectError(await release({ ...mine, username: wrong }), "license_not_found");
  }
  expectError(await release({ ...mine, license_key: "x" }), "license_key_or_license_user_required");
  const { username: _, ...nobody } = mine;
  expectError(await release(nobody), "license_key_or_license_user_required");
  expectError(await release({ ...nobody, license_key: "x" }), "license_not_found");
  assert.equal((await release({ ...mine, license_id: license.id })).text, '""');
});

test("[WIRE-1] a trailing slash, unknown fields, and optional fields that are null are fine", async () => {
  const nulls = { license_id: null, username: null, bundle_code: null, sdk_ver: null, app_ver: null, is_vm: null };
  await take();
  assert.equal((await vendor.post(`${RELEASE}/`, { ...seat, ...nulls, unknown: { nested: [1] } })).text, '""');
  assert.deepEqual(await inUse(), []);
});

test("[WIRE-2] all required fields that are left out or null are named at once, and only then bad ones", async () => {
  expectError(await release({}), "missing_parameters", "hardware_id, product, feature");
  expectError(await release({ ...seat, feature: null, product: 7 }), "missing_parameters", /: feature$/);
  const message = expectError(await release({ ...seat, feature: "", product: 7 }), "validation_error", "feature");
  assert.match(message, /product must be a string/);
});

test("[WIRE-10] other methods are told which it takes, and HEAD that there is nothing", async () => {
  for (const method of ["GET", "PUT", "DELETE"]) {
    const reply = await vendor.send({ method, path: `/api/v4${RELEASE}`, headers: vendor.authorize() });
    expectError(reply, "method_not_allowed", "POST");
    assert.equal(reply.headers.allow, "POST");
  }
  for (const path of [RELEASE, "/check_license_feature"]) {
    const reply = await vendor.send({ method: "HEAD", path: `/api/v4${path}`, headers: vendor.authorize() });
    assert.deepEqual([reply.status, reply.text], [404, ""]);
  }
});
