import assert from "node:assert/strict";
import { test } from "node:test";
import { makeIssuedDetails, makeLicense, makeProduct } from "../../../test/support/make-license.ts";
import { makeRecord, putRecord } from "../../../test/support/make-record.ts";
import { change, look } from "../../../test/support/store-acts.ts";
import type { LicenseRef } from "../../domain/decision.ts";
import type { License } from "../../domain/license.ts";
import type { LicenseNames, Store } from "../store.ts";
import type { StartStore } from "./start-store.ts";

interface Names {
  readonly id: number;
  readonly product?: string;
  readonly key?: string | null;
  readonly users?: readonly number[];
  readonly bundle?: string | null;
  readonly customer?: number | null;
  readonly order?: number | null;
}

/** A license as it is issued: from no file. */
function issued({
  id,
  product = "cad",
  key = null,
  users = [],
  bundle = null,
  customer = null,
  order = null,
}: Names): License {
  const license = makeLicense({ id, product: makeProduct(product) });
  const assigned = users.map((userId) => ({ userId, maxActivations: 1, allowUnlimitedActivations: false }));
  return {
    ...license,
    details: { ...license.details, key },
    issued: makeIssuedDetails({ users: assigned, bundleCode: bundle, customerId: customer, orderId: order }),
  };
}

const issue = (store: Store, ...names: Names[]) =>
  change(store, ...names.map((each) => ({ change: "put_license", license: issued(each) }) as const));

const resolved = async (store: Store, license: LicenseRef) => (await look(store, { license })).license?.id;
const found = async (store: Store, names: LicenseNames) => (await store.findLicenses(names)).map(({ id }) => id);

/** Fits as few of them as it can, so that a name that is not looked at would show. */
const SAMPLE: Names[] = [
  { id: 5, key: "K-1", users: [1], bundle: "suite", customer: 1, order: 1 },
  { id: 3, key: "K-2", users: [1, 2], bundle: "suite", customer: 2, order: 1 },
  { id: 4, product: "cam", key: "K-1", users: [2], bundle: "suite", customer: 1 },
  { id: 1, key: "K-2", users: [2], order: 2 },
  { id: 2, product: "cam", key: null, users: [1], bundle: "other", customer: 2, order: 2 },
];

async function startSample(store: Store): Promise<void> {
  await change(store, putRecord("user", makeRecord("user", 1, "ann")), putRecord("user", makeRecord("user", 2, "bob")));
  await issue(store, ...SAMPLE);
}

/** What a name may be: left out, one that some have, or one that none has. */
const choices = {
  licenseId: [undefined, 3, 4, 9],
  product: [undefined, "cad", "cam", "sim"],
  key: [undefined, "K-1", "K-2", "k-1"],
  username: [undefined, "ann", "bob", "eve"],
  bundleCode: [undefined, "suite", "other", "none"],
  customerId: [undefined, 1, 2],
  orderId: [undefined, 1],
} as const;

function combinations(): LicenseNames[] {
  let all: LicenseNames[] = [{}];
  for (const [name, values] of Object.entries(choices)) {
    all = all.flatMap((names) => values.map((value) => ({ ...names, [name]: value })));
  }
  return all;
}

/** Said once more, in the plainest way. */
function expected(names: LicenseNames): number[] {
  const userId = names.username === "ann" ? 1 : names.username === "bob" ? 2 : -1;
  return SAMPLE.filter(
    ({ id, product = "cad", key, users, bundle, customer, order }) =>
      (names.licenseId === undefined || id === names.licenseId) &&
      (names.product === undefined || product === names.product) &&
      (names.key === undefined || key === names.key) &&
      (names.username === undefined || users?.includes(userId)) &&
      (names.bundleCode === undefined || bundle === names.bundleCode) &&
      (names.customerId === undefined || customer === names.customerId) &&
      (names.orderId === undefined || order === names.orderId),
  ).map(({ id }) => id);
}

export function describeNames(start: StartStore): void {
  test("[LIC-4] licenses are found by all the names that are given, in whatever combination, and in their order", async (t) => {
    const { store } = await start(t);
    await startSample(store);
    for (const names of combinations()) {
      assert.deepEqual(await found(store, names), expected(names), JSON.stringify(names));
    }
    assert.deepEqual(await found(store, {}), [5, 3, 4, 1, 2]);
  });

  test("[LIC-4] a scope means the license added last of those that all its names fit", async (t) => {
    const { store } = await start(t);
    await startSample(store);
    for (const { product, customerId, orderId, ...names } of combinations()) {
      if (product === undefined || customerId !== undefined || orderId !== undefined) continue;
      const scope = { product, ...names };
      assert.equal(await resolved(store, scope), expected(scope).at(-1), JSON.stringify(scope));
    }
  });

  test("[STORE-1] a view shows the other licenses that its scope names, in their order, each once", async (t) => {
    const { store } = await start(t);
    await startSample(store);
    const shown = async (...licenses: LicenseNames[]) =>
      (await look(store, { license: { licenseId: 1 }, licenses })).licenses.map(({ id }) => id);
    assert.deepEqual(await shown({ product: "cam" }, { key: "K-1" }, { username: "eve" }), [5, 4, 2]);
    assert.deepEqual(await shown({ customerId: 2, orderId: 1 }), [3]);
    assert.deepEqual(await shown({ product: "sim" }), []);
    assert.deepEqual(await shown(), []);
    assert.deepEqual((await look(store, { license: { product: "cad" } })).licenses, []);
  });

  test("[LIC-4] a view knows the user that the scope names, whether or not there is such a license", async (t) => {
    const { store } = await start(t);
    await startSample(store);
    const userId = async (license: LicenseRef) => (await look(store, { license })).userId;
    assert.equal(await userId({ product: "cad", username: "bob" }), 2);
    assert.equal(await userId({ product: "sim", username: "ann" }), 1);
    assert.equal(await userId({ product: "cad", username: "eve" }), undefined);
    assert.equal(await userId({ product: "cad" }), undefined);
  });

  test("[LIC-6] a license that was issued here comes from no file, and an update from a file has that file", async (t) => {
    const { store } = await start(t);
    const license = issued({ id: 1, key: "K-1", users: [1], bundle: "suite" });
    await change(store, { change: "put_license", license });
    const view = await look(store, { license: { licenseId: 1 } });
    assert.deepEqual([view.license, view.importedFile], [license, undefined]);
    const file = { digest: "d", issuedAt: 5 };
    await change(store, { change: "put_license", license, file });
    assert.deepEqual((await look(store, { license: { licenseId: 1 } })).importedFile, file);
    await change(store, { change: "put_license", license });
    assert.equal((await look(store, { license: { licenseId: 1 } })).importedFile, undefined);
  });

  test("[LIC-4] after a license's names were changed it is found by the new ones alone, in its old place", async (t) => {
    const { store } = await start(t);
    await startSample(store);
    await issue(store, { id: 5, product: "cam", key: "K-9", users: [2], bundle: "other" });
    assert.deepEqual(await found(store, { key: "K-1" }), [4]);
    assert.deepEqual(await found(store, { key: "K-9" }), [5]);
    assert.deepEqual(await found(store, { username: "ann" }), [3, 2]);
    assert.deepEqual(await found(store, { username: "bob" }), [5, 3, 4, 1]);
    assert.deepEqual(await found(store, { bundleCode: "other" }), [5, 2]);
    assert.deepEqual(await found(store, { product: "cam" }), [5, 4, 2]);
    // It was added first, and is the last one of nothing.
    assert.equal(await resolved(store, { product: "cam" }), 2);
    assert.equal(await resolved(store, { product: "cad" }), 1);
    assert.equal(await resolved(store, { product: "cam", username: "bob" }), 4);
  });

  test("[LIC-4] a name that nobody has any more is free, and can come back", async (t) => {
    const { store } = await start(t);
    await issue(store, { id: 1, key: "K-1" });
    await issue(store, { id: 1, key: "K-2" });
    assert.deepEqual(await found(store, { product: "cad", key: "K-1" }), []);
    await issue(store, { id: 2, key: "K-1" });
    assert.equal(await resolved(store, { product: "cad", key: "K-1" }), 2);
    await issue(store, { id: 2, key: null }, { id: 1, key: "K-1" });
    assert.equal(await resolved(store, { product: "cad", key: "K-1" }), 1);
  });

  test("[LIC-4] one license's name is not another kind of name", async (t) => {
    const { store } = await start(t);
    await change(store, putRecord("user", makeRecord("user", 1, "same")));
    await issue(store, { id: 1, product: "same" }, { id: 2, key: "same" }, { id: 3, bundle: "same" });
    await issue(store, { id: 4, users: [1] }, { id: 5, product: "1" }, { id: 6, key: "" });
    await issue(store, { id: 7, customer: 1 }, { id: 8, order: 1 });
    assert.deepEqual(await found(store, { customerId: 1 }), [7]);
    assert.deepEqual(await found(store, { orderId: 1 }), [8]);
    assert.deepEqual(await found(store, { product: "same" }), [1]);
    assert.deepEqual(await found(store, { key: "same" }), [2]);
    assert.deepEqual(await found(store, { bundleCode: "same" }), [3]);
    assert.deepEqual(await found(store, { username: "same" }), [4]);
    assert.deepEqual(await found(store, { key: "" }), [6]);
  });

  test("[LIC-1] a product is known by its own record, though there is no license of it", async (t) => {
    const { store } = await start(t);
    const isKnown = async (license: LicenseRef) => (await look(store, { license })).productKnown;
    assert.equal(await isKnown({ product: "cad" }), false);
    await change(store, putRecord("product", makeRecord("product", 1, "cad")));
    for (const [license, known] of [
      [{ product: "cad" }, true],
      [{ product: "cad", key: "K-1" }, true],
      [{ product: "Cad" }, false],
      [{ product: "" }, false],
    ] as const) {
      assert.equal(await isKnown(license), known, JSON.stringify(license));
    }
    await change(store, { change: "remove_record", kind: "product", id: 1 });
    assert.equal(await isKnown({ product: "cad" }), false);
    await issue(store, { id: 1 });
    assert.equal(await isKnown({ product: "cad", key: "K-1" }), true);
  });

  test("[LIC-6] numbers of licenses and features grow, by licenses and by products, and none is given again", async (t) => {
    const { store } = await start(t);
    const next = async () => {
      const { license, feature } = (await look(store, {})).nextIds;
      return [license, feature];
    };
    const [firstLicense = 0, firstFeature = 0] = await next();
    const license = issued({ id: firstLicense + 4 });
    const features = license.features.map((feature) => ({ ...feature, id: firstFeature + 2 }));
    await change(store, { change: "put_license", license: { ...license, features } });
    assert.deepEqual(await next(), [firstLicense + 5, firstFeature + 3]);
    const product = makeRecord("product", 1, "cad");
    const [feature] = features;
    assert.ok(feature !== undefined);
    const { expiresAt: _, ...defined } = { ...feature, id: firstFeature + 7 };
    await change(store, putRecord("product", { ...product, features: [defined] }));
    assert.deepEqual(await next(), [firstLicense + 5, firstFeature + 8]);
    await change(
      store,
      { change: "remove_license", licenseId: license.id },
      { change: "remove_record", kind: "product", id: 1 },
    );
    assert.deepEqual(await next(), [firstLicense + 5, firstFeature + 8]);
  });
}
