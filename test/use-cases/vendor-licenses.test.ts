import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import { isRefusal } from "../../src/domain/outcome.ts";
import { consumeLicense } from "../../src/use-cases/consume.ts";
import { activateDevice } from "../../src/use-cases/vendor/devices/activate-device.ts";
import { blacklistDevice } from "../../src/use-cases/vendor/devices/blacklist-device.ts";
import { assignUser, unassignUser } from "../../src/use-cases/vendor/licenses/assign-user.ts";
import { changeLicense } from "../../src/use-cases/vendor/licenses/change-license.ts";
import { issueBundle } from "../../src/use-cases/vendor/licenses/issue-bundle.ts";
import { issueLicense, type NewLicense } from "../../src/use-cases/vendor/licenses/issue-license.ts";
import {
  deleteLicense,
  disableLicense,
  enableLicense,
  resetLicense,
} from "../../src/use-cases/vendor/licenses/set-license-state.ts";
import { createCustomer } from "../../src/use-cases/vendor/people/create-customer.ts";
import { createOrder } from "../../src/use-cases/vendor/people/create-order.ts";
import { createUser } from "../../src/use-cases/vendor/people/create-user.ts";
import { changeBundle } from "../../src/use-cases/vendor/products/change-bundle.ts";
import { createBundle } from "../../src/use-cases/vendor/products/create-bundle.ts";
import { createPolicy } from "../../src/use-cases/vendor/products/create-policy.ts";
import { deleteBundle } from "../../src/use-cases/vendor/products/delete-bundle.ts";
import { type BareVendor, onBothStores, refusalOf, refusalsOf } from "../support/both-stores.ts";
import { cloudTerms, granted, makeIssued, makeProductWith } from "../support/make-products.ts";

const floating = { terms: { ...cloudTerms, capacity: 5 } };
const SEATS_ON_DISK = "SELECT count(*) AS seats FROM seat";

async function makeCad(vendor: BareVendor) {
  await makeProductWith(vendor, { code: "cad", name: "CAD" });
  const license = await makeIssued(vendor, { product: "cad", key: "K-1", ...floating });
  return { license, ref: { product: "cad", key: "K-1" } };
}

const stored = async (vendor: BareVendor, licenseId: number) => (await vendor.store.findLicenses({ licenseId }))[0];
const devices = async (vendor: BareVendor, licenseId: number) =>
  (await vendor.store.devices({ licenseId })).map(({ hardwareId, active }) => `${hardwareId} ${active}`);

onBothStores("[REC-1] a key names one license of a product, whoever issues how many at once", async (vendor) => {
  await makeProductWith(vendor, { code: "cad", name: "CAD" });
  await makeProductWith(vendor, { code: "cam", name: "CAM" });
  const issue = (product: string) => issueLicense(vendor, { product, key: "SAME" });
  const issued = await Promise.all([issue("cad"), issue("cad"), issue("cam"), issue("cad")]);
  const taken = ["already_exists", "key"];
  assert.deepEqual(refusalsOf(issued), [taken, taken]);
  const made = await Promise.all(Array.from({ length: 20 }, () => issueLicense(vendor, { product: "cad" })));
  assert.equal(new Set(made.map((each) => granted(each).details.key)).size, 20);
  assert.equal(new Set((await vendor.store.licenses()).map(({ id }) => id)).size, 22);
});

onBothStores("[REC-1] a license names only what is there, and fields that can be", async (vendor) => {
  await makeProductWith(vendor, { code: "cad", name: "CAD" });
  await makeProductWith(vendor, { code: "who", name: "Who", authorizationMethod: "user" });
  await makeProductWith(vendor, { code: "cam", name: "CAM" });
  const { id: policyId } = granted(await createPolicy(vendor, { product: "cam", code: "std", name: "S" }));
  const floats = { onPremise: true, cloud: false };
  const cases: readonly [Partial<NewLicense>, string, RegExp][] = [
    [{ product: "none" }, "does_not_exist", /^product: product none$/],
    [{ policyId: 99 }, "does_not_exist", /^policyId: policy 99$/],
    [{ policyId }, "invalid_field", /^policyId: /],
    [{ customerId: 99 }, "does_not_exist", /^customerId: customer 99$/],
    [{ orderId: 99 }, "does_not_exist", /^orderId: order 99$/],
    [{ bundleCode: "none" }, "does_not_exist", /^bundle none$/],
    [{ features: [{ code: "none" }] }, "does_not_exist", /^features\.0\.code: feature none$/],
    [{ features: [{ code: "export" }, { code: "export" }] }, "invalid_field", /^features\.1\.code .* twice$/],
    [{ features: [{ code: "export", capacity: -1 }] }, "invalid_field", /^features\.0\.capacity /],
    [{ features: [{ code: "export", metadata: { "1": 1 } }] }, "invalid_field", /^features\.0\.metadata /],
    [{ key: "" }, "invalid_field", /^key /],
    [{ key: "a\0" }, "invalid_field", /^key /],
    [{ users: [{ username: "ann" }] }, "invalid_field", /^users must be left out/],
    [{ product: "who" }, "invalid_field", /^users must name/],
    [{ product: "who", users: [{ username: "ann" }] }, "does_not_exist", /^users\.0\.username: user ann$/],
    [{ product: "who", key: "K" }, "invalid_field", /^key must be left out/],
    [{ terms: { maxActivations: 1.5 } }, "invalid_field", /^maxActivations /],
    [{ terms: { maxUsers: -1 } }, "invalid_field", /^maxUsers /],
    [{ terms: { gracePeriodMs: Number.NaN } }, "invalid_field", /^gracePeriodMs /],
    [{ terms: { validUntil: 1e15 } }, "invalid_field", /^validUntil /],
    [{ terms: { floats, timeoutMs: 0 } }, "invalid_field", /^timeoutMs /],
    [{ terms: { type: "consumption" } }, "invalid_field", /^consumption /],
    [{ metadata: { a: 2 ** 60 } }, "invalid_field", /^metadata\.a /],
    [{ customFields: [{ "1": 1 }] }, "invalid_field", /^customFields/],
  ];
  for (const [changes, code, about] of cases) {
    const refused = refusalOf(await issueLicense(vendor, { product: "cad", ...changes }));
    assert.equal(refused?.[0], code, JSON.stringify(changes));
    assert.match(String(refused?.[1]), about);
  }
  assert.deepEqual(await vendor.store.licenses(), []);
});

onBothStores("[LIC-6] a license carries its customer and order, and is not active yet", async (vendor) => {
  await makeProductWith(vendor, { code: "cad", name: "CAD" });
  const customer = granted(await createCustomer(vendor, { email: "a@b.example", companyName: "Acme" }));
  const order = granted(await createOrder(vendor, { storeId: "S-1", customerId: customer.id }));
  const wish = { product: "cad", customerId: customer.id, orderId: order.id };
  const { active, details, issued } = granted(await issueLicense(vendor, wish));
  assert.equal(active, false);
  assert.deepEqual([details.orderStoreId, details.customer["company_name"]], ["S-1", "Acme"]);
  assert.deepEqual([issued?.customerId, issued?.orderId], [customer.id, order.id]);
  assert.equal((await vendor.store.findLicenses({ customerId: customer.id })).length, 1);
});

onBothStores("[REC-1] of a bundle all licenses are issued in one commit, with one key, or none is", async (vendor) => {
  for (const code of ["cad", "cam", "pdm"]) await makeProductWith(vendor, { code, name: code });
  granted(await createBundle(vendor, { code: "suite", name: "Suite", productCodes: ["pdm", "cad", "cam"] }));
  let licenses: Awaited<ReturnType<typeof issueBundle>> = [];
  const commits = await vendor.commitsOf(async () => {
    licenses = await issueBundle(vendor, { bundle: "suite", terms: { maxActivations: 3 } });
  });
  assert.equal(commits, 1);
  assert.ok(!isRefusal(licenses));
  assert.deepEqual(
    licenses.map(({ product }) => product.code),
    ["pdm", "cad", "cam"],
  );
  assert.equal(new Set(licenses.map(({ id }) => id)).size, 3);
  assert.equal(new Set(licenses.map(({ details }) => details.key)).size, 1);
  assert.deepEqual(
    licenses.map(({ details }) => details.maxActivations),
    [3, 3, 3],
  );
  assert.deepEqual(await vendor.store.findLicenses({ bundleCode: "suite" }), licenses);
  assert.equal((await vendor.eventsOf("license_issued")).length, 3);

  // One product has a license of that key: none of the others gets one.
  await makeIssued(vendor, { product: "cam", key: "TAKEN" });
  const before = await vendor.store.licenses();
  const refused = await issueBundle(vendor, { bundle: "suite", key: "TAKEN" });
  assert.deepEqual(refusalOf(refused), ["already_exists", "key"]);
  const twice = await Promise.all([1, 2].map(() => issueBundle(vendor, { bundle: "suite", key: "ONCE" })));
  assert.deepEqual(refusalsOf(twice), [["already_exists", "key"]]);
  assert.equal((await vendor.store.licenses()).length, before.length + 3);
  assert.deepEqual(refusalOf(await issueBundle(vendor, { bundle: "none" })), ["does_not_exist", "bundle none"]);
  assert.deepEqual(refusalOf(await deleteBundle(vendor, "suite")), ["is_in_use", "6 licenses"]);
  assert.deepEqual(refusalOf(await changeBundle(vendor, "suite", { code: "all" })), ["is_in_use", "code: 6 licenses"]);
});

onBothStores("[REC-1] a bundle that changes while it is issued is issued as it was or as it is", async (vendor) => {
  for (const code of ["cad", "cam"]) await makeProductWith(vendor, { code, name: code });
  granted(await createBundle(vendor, { code: "suite", name: "Suite", productCodes: ["cad"] }));
  const change = () => changeBundle(vendor, "suite", { productCodes: ["cad", "cam"] });
  const [, issued] = await Promise.all([change(), issueBundle(vendor, { bundle: "suite" })]);
  assert.ok(!isRefusal(issued));
  const codes = issued.map(({ product }) => product.code);
  assert.deepEqual(codes, ["cad", "cam"].slice(0, codes.length), "as it was, or as it is");
  assert.ok(codes.length > 0);
  const [, gone] = await Promise.all([deleteBundle(vendor, "suite"), issueBundle(vendor, { bundle: "suite" })]);
  assert.equal(refusalOf(gone), undefined, "it is in use, so it stays");
});

for (const [rule, act, isGone] of [
  ["[LIC-7] disabling", disableLicense, false],
  ["[LIC-8] resetting", resetLicense, false],
  ["[LIC-9] deleting", deleteLicense, true],
] as const) {
  onBothStores(`${rule} a license ends its seats in the same commit, and no other's`, async (vendor) => {
    const { license, ref } = await makeCad(vendor);
    const other = await makeIssued(vendor, { product: "cad", key: "K-2", ...floating });
    await vendor.seat(ref, "hw-1", ["", "export"]);
    await vendor.seat(ref, "hw-2", ["export"]);
    await vendor.seat({ product: "cad", key: "K-2" }, "hw-1", ["export"]);
    assert.equal(await vendor.commitsOf(async () => granted(await act(vendor, license.id))), 1);
    assert.deepEqual(await vendor.holders(), ["hw-1 501"]);
    assert.deepEqual(await vendor.holders(other.id), ["hw-1 501"]);
    assert.equal(Number((await vendor.rowsOnDisk(SEATS_ON_DISK))?.[0]?.["seats"] ?? 1), 1);
    assert.equal((await stored(vendor, license.id)) === undefined, isGone);
    assert.equal((await vendor.eventsOf("seat_released")).length, 3);
  });
}

onBothStores("[LIC-8] a reset keeps bars, takes devices off and counts from 0", async (vendor) => {
  await makeProductWith(vendor, { code: "api", name: "API" });
  const consumption = {
    ...{ max: 100, unlimited: false, allowNegative: false, allowOverages: false, maxOverages: 0 },
    ...{ resets: null, initialTotal: 0 },
  };
  const terms = { type: "consumption", consumption, validDurationMs: 1_000 } as const;
  const { id } = await makeIssued(vendor, { product: "api", key: "K", terms });
  const ref = { product: "api", key: "K" };
  await vendor.seat(ref, "hw-1", []);
  await vendor.seat(ref, "hw-2", []);
  granted(await blacklistDevice(vendor, id, "hw-2"));
  const context = { store: vendor.store, channel: "cloud", graceMs: 0 } as const;
  granted(await consumeLicense(context, { license: ref, device: "hw-1" }, { amount: 7, user: "hw-1" }));
  const before = await stored(vendor, id);
  assert.deepEqual([before?.details.timesActivated, before?.validUntil], [2, vendor.clock.wall() + 1_000]);
  vendor.clock.advance(2_000);
  granted(await resetLicense(vendor, id));
  const after = await stored(vendor, id);
  assert.deepEqual([after?.active, after?.details.timesActivated, after?.validUntil], [false, 0, null]);
  assert.equal((await vendor.store.usage(id))?.counters.size, 0);
  assert.deepEqual(await devices(vendor, id), ["hw-1 false", "hw-2 false"]);
  assert.deepEqual(
    (await vendor.store.devices({ licenseId: id })).map(({ blacklisted }) => blacklisted),
    [false, true],
  );
  await vendor.seat(ref, "hw-1", []);
  assert.equal((await stored(vendor, id))?.validUntil, vendor.clock.wall() + 1_000, "its validity starts anew");
});

onBothStores("[LIC-9] nothing of a deleted license is left, and there is no second deletion", async (vendor) => {
  const { license, ref } = await makeCad(vendor);
  await vendor.seat(ref, "hw-1", ["export"]);
  granted(await deleteLicense(vendor, license.id));
  assert.deepEqual(await vendor.store.devices({ hardwareId: "hw-1" }), []);
  for (const table of ["license", "seat", "device", "counter", "kept_reply"]) {
    const rows = await vendor.rowsOnDisk(`SELECT count(*) AS n FROM ${table}`);
    assert.equal(Number(rows?.[0]?.["n"] ?? 0), 0, table);
  }
  for (const act of [deleteLicense, disableLicense, enableLicense, resetLicense]) {
    assert.deepEqual(refusalOf(await act(vendor, license.id)), ["does_not_exist", "license"]);
  }
  const next = await makeIssued(vendor, { product: "cad", key: "K-1" });
  assert.equal(next.id, license.id + 1, "ids are not used twice");
});

onBothStores(
  "[SEAT-2] a lowered capacity keeps its seats; a pool that floats no more, and a feature gone, end theirs",
  async (vendor) => {
    const { license, ref } = await makeCad(vendor);
    await vendor.seat(ref, "hw-1", ["", "export"]);
    await vendor.seat(ref, "hw-2", ["", "export"]);
    const change = (patch: Parameters<typeof changeLicense>[2]) => changeLicense(vendor, license.id, patch);
    granted(await change({ terms: { capacity: 1 }, features: [{ code: "export", capacity: 1 }] }));
    assert.equal((await vendor.holders()).length, 4);
    granted(await change({ terms: { floats: { onPremise: true, cloud: false } } }));
    assert.deepEqual(await vendor.holders(), ["hw-1 501", "hw-2 501"]);
    assert.equal(await vendor.commitsOf(async () => granted(await change({ features: [] }))), 1);
    assert.deepEqual(await vendor.holders(), []);
    assert.equal((await stored(vendor, license.id))?.active, true, "devices stay");
  },
);

onBothStores("[REC-2] a changed license tells what was and what is, but for its key", async (vendor) => {
  const { license } = await makeCad(vendor);
  const customer = granted(await createCustomer(vendor, { email: "a@b.example" }));
  const order = granted(await createOrder(vendor, { storeId: "S-1" }));
  const patch = { terms: { maxActivations: 4 }, metadata: { a: 1 }, customerId: customer.id, orderId: order.id };
  const changed = granted(await changeLicense(vendor, license.id, patch));
  assert.deepEqual([changed.details.customer["email"], changed.details.orderStoreId], ["a@b.example", "S-1"]);
  assert.deepEqual(await vendor.store.findLicenses({ customerId: customer.id }), [changed]);
  const [event] = await vendor.eventsOf("license_changed");
  const { maxActivations, metadata } = license.details;
  const before = { maxActivations, metadata, customerId: null, orderId: null, orderStoreId: null };
  const after = {
    maxActivations: 4,
    metadata: { a: 1 },
    customerId: customer.id,
    orderId: order.id,
    orderStoreId: "S-1",
  };
  assert.deepEqual(event, { before, after });
  granted(await changeLicense(vendor, license.id, patch));
  assert.equal((await vendor.eventsOf("license_changed")).length, 1, "what changes nothing leaves no event");
  granted(await changeLicense(vendor, license.id, { customerId: null, orderId: null }));
  assert.deepEqual((await stored(vendor, license.id))?.details.customer, {});
  assert.deepEqual(refusalOf(await changeLicense(vendor, license.id, { customerId: 9 })), [
    "does_not_exist",
    "customerId: customer 9",
  ]);
  assert.match(
    String(refusalOf(await changeLicense(vendor, license.id, { terms: { capacity: -1 } }))?.[1]),
    /^capacity/,
  );
  granted(await deleteLicense(vendor, license.id));
  const text = JSON.stringify(await vendor.store.events(0, 1_000));
  assert.ok(!text.includes("K-1"), "a license key is in an event");
});

onBothStores(
  "[DEV-4] a user who is taken off a license leaves no device and no seat on it, in one commit",
  async (vendor) => {
    await makeProductWith(vendor, { code: "who", name: "Who", authorizationMethod: "user" });
    const names = ["ann", "bob", "cy"];
    const password = "a password";
    await Promise.all(names.map((username) => createUser(vendor, { username, password })));
    const terms = { ...floating.terms, maxUsers: 2, maxTransfers: 1 };
    const license = await makeIssued(vendor, {
      product: "who",
      users: [{ username: "ann", maxActivations: 2 }],
      terms,
    });
    const { id } = license;
    const assigned = await Promise.all(["bob", "cy"].map((username) => assignUser(vendor, id, { username })));
    assert.deepEqual(
      refusalsOf(assigned).map(([code]) => code),
      ["invalid_field"],
    );
    const [bob, cy] = refusalOf(assigned[0] as object) === undefined ? ["bob", "cy"] : ["cy", "bob"];
    granted(await assignUser(vendor, id, { username: bob, maxActivations: 3 }));
    assert.deepEqual(
      (await stored(vendor, id))?.issued?.users.map((user) => user.maxActivations),
      [2, 3],
    );

    await vendor.seat({ product: "who", username: "ann" }, "hw-1", ["", "export"], password);
    await vendor.seat({ product: "who", username: "ann" }, "hw-2", ["export"], password);
    await vendor.seat({ product: "who", username: bob }, "hw-3", ["export"], password);
    assert.equal(await vendor.commitsOf(async () => granted(await unassignUser(vendor, id, "ann"))), 1);
    assert.deepEqual(await vendor.holders(), ["hw-3 501"]);
    assert.deepEqual(await devices(vendor, id), ["hw-1 false", "hw-2 false", "hw-3 true"]);
    const after = await stored(vendor, id);
    assert.deepEqual([after?.details.timesActivated, after?.issued?.vacancies], [1, 0], "no transfer is used up");
    assert.deepEqual(refusalOf(await unassignUser(vendor, id, "ann")), ["does_not_exist", "user is not assigned"]);
    assert.deepEqual(refusalOf(await assignUser(vendor, id, { username: "dan" })), ["does_not_exist", "user dan"]);
    granted(await assignUser(vendor, id, { username: cy }));

    const lowered = await changeLicense(vendor, id, { terms: { maxUsers: 1 } });
    assert.match(String(refusalOf(lowered)?.[1]), /^users must be at most 1/);
    granted(await changeLicense(vendor, id, { users: [], terms: { maxUsers: 1 } }));
    assert.deepEqual(await vendor.holders(), []);
    assert.equal((await stored(vendor, id))?.details.timesActivated, 0);

    await makeProductWith(vendor, { code: "key", name: "Key" });
    const keyed = await makeIssued(vendor, { product: "key" });
    assert.match(String(refusalOf(await assignUser(vendor, keyed.id, { username: "ann" }))?.[1]), /key-based/);
  },
);

onBothStores("[DEV-1] who has proven nothing gets no license that comes in between", async (vendor) => {
  await makeProductWith(vendor, { code: "who", name: "Who", authorizationMethod: "user" });
  for (const username of ["ada", "grace"]) granted(await createUser(vendor, { username, password: "right" }));
  const { id } = await makeIssued(vendor, { product: "who", users: [{ username: "grace" }] });
  const wish = { hardwareId: "hw", info: {}, isVm: false, variables: {} };
  for (let round = 0; round < 8; round += 1) {
    let outcome: object | undefined;
    void activateDevice(vendor, { ...wish, license: { product: "who", username: "ada" }, password: "guess" }).then(
      (settled) => {
        outcome = settled;
      },
    );
    while (outcome === undefined) {
      granted(await assignUser(vendor, id, { username: "ada" }));
      // The store in memory does not let the event loop turn by itself, and so no password be compared.
      await setImmediate();
      granted(await unassignUser(vendor, id, "ada"));
    }
    assert.match(String(refusalOf(outcome)?.[0]), /^(invalid_credentials|license_not_found)$/);
  }
  assert.deepEqual(await devices(vendor, id), []);
});
