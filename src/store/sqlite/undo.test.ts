import assert from "node:assert/strict";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { type TestContext, test } from "node:test";
import { copyDatabase, readCommits } from "../../../test/support/database-files.ts";
import {
  makeDevice,
  makeFeature,
  makeIssuedDetails,
  makeLicense,
  makeProduct,
} from "../../../test/support/make-license.ts";
import { makeRecord, putRecord, recordKinds } from "../../../test/support/make-record.ts";
import { addLicense, change, look, take } from "../../../test/support/store-acts.ts";
import { useTempFolder } from "../../../test/support/temp-folder.ts";
import { START, TestClock } from "../../../test/support/test-clock.ts";
import type { Change } from "../../domain/decision.ts";
import type { License } from "../../domain/license.ts";
import { LICENSE_POOL } from "../../domain/seat.ts";
import type { LicenseNames, Store } from "../store.ts";
import { migrate, openDatabase } from "./database.ts";
import { openSqliteStore } from "./open-sqlite-store.ts";
import { SqliteStore } from "./sqlite-store.ts";

/** A vendor's license, and by what it is found. */
function issued(id: number, key: string, { product = "cad", user = 1, bundle = "suite" } = {}): License {
  const license = makeLicense({ id, product: makeProduct(product) });
  return {
    ...license,
    details: { ...license.details, key },
    issued: makeIssuedDetails({
      users: [{ userId: user, maxActivations: 1, allowUnlimitedActivations: false }],
      customerId: user,
      orderId: user,
      bundleCode: bundle,
    }),
  };
}

interface Site {
  readonly store: Store;
  readonly file: string;
  readonly folder: string;
  /** The next COMMIT fails, and nothing of it is on the disk. */
  failNext(): void;
}

async function startStore(t: TestContext): Promise<Site> {
  const folder = useTempFolder(t);
  const file = join(folder, "vendor.db");
  let isFailing = false;
  const nothing = () => {};
  const store = new SqliteStore({
    clock: new TestClock(),
    openDatabase: () => {
      const db = openDatabase(file);
      migrate(db);
      return failing(db, () => {
        const fails = isFailing;
        isFailing = false;
        return fails;
      });
    },
    onCommit: nothing,
    onLost: nothing,
    onClosing: async () => {},
    onClosed: nothing,
  });
  t.after(() => store.close());
  await fill(store);
  return {
    store,
    file,
    folder,
    failNext: () => {
      isFailing = true;
    },
  };
}

/** Rolls a COMMIT back, and reports an I/O error for it. */
function failing(db: DatabaseSync, isFailing: () => boolean): DatabaseSync {
  const prepare = db.prepare.bind(db);
  db.prepare = (sql) => {
    const statement = prepare(sql);
    if (sql !== "COMMIT") return statement;
    const run = statement.run.bind(statement);
    statement.run = () => {
      if (!isFailing()) return run();
      db.exec("ROLLBACK");
      throw Object.assign(new Error("disk I/O error"), { code: "ERR_SQLITE_ERROR", errcode: 10 });
    };
    return statement;
  };
  return db;
}

async function fill(store: Store): Promise<void> {
  await change(store, ...recordKinds.map((kind) => putRecord(kind, makeRecord(kind, 1))));
  await change(store, putRecord("user", makeRecord("user", 2)));
  for (const [at, id] of [4, 2, 3, 1].entries()) {
    await change(store, { change: "put_license", license: issued(id, `K-${at % 2}`, { user: (at % 2) + 1 }) });
    await take(store, { licenseId: id, holder: "hw-1" });
    await take(store, { licenseId: id, holder: "hw-1", featureId: LICENSE_POOL });
    await change(
      store,
      { change: "put_device", device: makeDevice({ id, licenseId: id, variables: [variable(id)] }) },
      { change: "put_counter", counter: counter(id, 11) },
      { change: "keep_reply", licenseId: id, key: "k", reply: id, until: START + 1_000_000 },
    );
  }
}

const variable = (id: number) => ({ id, name: "a", value: `${id}`, createdAt: START });
const counter = (licenseId: number, featureId: number, total = 1) => {
  return { licenseId, featureId, total, periodStartedAt: 0, overageLimit: null };
};

const NAMES: LicenseNames[] = [
  {},
  ...["cad", "cam", "sim"].map((product) => ({ product })),
  ...["K-0", "K-1", "K-9"].map((key) => ({ key })),
  ...["user 1", "user 2"].map((username) => ({ username })),
  ...["suite", "other"].map((bundleCode) => ({ bundleCode })),
  ...[1, 2, 9].flatMap((id) => [{ customerId: id }, { orderId: id }, { licenseId: id }]),
  { product: "cad", key: "K-1", username: "user 2", bundleCode: "suite" },
];

/** Everything that can be asked of the store. */
async function everything(store: Store): Promise<unknown> {
  const views = [];
  for (const licenseId of [1, 2, 3, 4, 5, 9]) {
    const scope = { license: { licenseId }, feature: "render", holder: "hw-1", device: "hw-1", replyKey: "k" };
    const { records: _, mine, seats, ...view } = await look(store, { ...scope, everySeat: true, everyDevice: true });
    // A holder's seats and a license's come in any order.
    const held = [mine, seats].map((each) => [...each].sort((a, b) => a.id - b.id));
    views.push(structuredClone({ ...view, held, usage: await store.usage(licenseId) }));
    views.push(await store.devices({ licenseId }));
  }
  for (const product of ["cad", "cam", "sim"]) {
    const { license, productKnown } = await look(store, { license: { product } });
    views.push([product, license?.id, productKnown]);
  }
  const records = [];
  for (const kind of recordKinds) records.push(await store.records(kind));
  const found = [];
  for (const names of NAMES) found.push((await store.findLicenses(names)).map(({ id }) => id));
  return {
    views,
    records,
    found,
    licenses: await store.licenses(),
    seats: await store.seats(),
    events: await store.events(0, 10_000),
    chain: await store.verifyEvents(),
  };
}

/** Each changes something that is there, or makes something new; many of them each other's. */
const changes: readonly (readonly [name: string, ...Change[]])[] = [
  ["another key", { change: "put_license", license: issued(4, "K-9") }],
  ["another key, user and bundle", { change: "put_license", license: issued(2, "K-0", { user: 2, bundle: "other" }) }],
  ["another product", { change: "put_license", license: issued(1, "K-1", { product: "cam" }) }],
  ["a key to and fro", ...["K-9", "K-0"].map(putKey)],
  ["the first license removed", { change: "remove_license", licenseId: 4 }],
  ["one in the middle removed", { change: "remove_license", licenseId: 3 }],
  ["all removed", ...[1, 2, 3, 4].map((licenseId): Change => ({ change: "remove_license", licenseId }))],
  [
    "removed, and issued again with other names",
    { change: "remove_license", licenseId: 4 },
    { change: "put_license", license: issued(4, "K-1", { user: 2 }) },
    { change: "put_counter", counter: counter(4, 11, 9) },
  ],
  ["a new license", { change: "put_license", license: issued(9, "K-0", { product: "sim" }) }],
  [
    "a new license, removed at once",
    { change: "put_license", license: { ...issued(9, "K-0"), features: [feature(9_000)] } },
    { change: "put_counter", counter: counter(9, 9_000) },
    { change: "remove_license", licenseId: 9 },
  ],
  ["features with new ids", { change: "put_license", license: { ...issued(1, "K-1"), features: [feature(9_000)] } }],
  ["a new record", ...recordKinds.map((kind) => putRecord(kind, makeRecord(kind, 9)))],
  ["records changed", ...recordKinds.map((kind) => putRecord(kind, makeRecord(kind, 1, "renamed")))],
  ["records removed", ...recordKinds.map((kind): Change => ({ change: "remove_record", kind, id: 1 }))],
  [
    "a new device",
    { change: "put_device", device: makeDevice({ id: 9, hardwareId: "new", variables: [variable(50)] }) },
  ],
  ["a device changed", { change: "put_device", device: makeDevice({ id: 1, active: false }) }],
  ["a counter changed", { change: "put_counter", counter: counter(1, 11, 7) }],
  ["a new counter", { change: "put_counter", counter: counter(1, LICENSE_POOL) }],
  ["a counter removed", { change: "remove_counter", licenseId: 1, featureId: 11 }],
  [
    "a counter removed and put again",
    { change: "remove_counter", licenseId: 2, featureId: 11 },
    { change: "put_counter", counter: counter(2, 11, 3) },
  ],
];

function putKey(key: string): Change {
  return { change: "put_license", license: issued(4, key) };
}

function feature(id: number) {
  return makeFeature({ id, code: "export" });
}

for (const [name, ...each] of changes) {
  test(`[STORE-7] a commit that did not happen leaves everything as it was: ${name}`, async (t) => {
    const { store, failNext } = await startStore(t);
    const before = await everything(store);
    failNext();
    await assert.rejects(change(store, ...each), { name: "Fault", code: "store_unavailable" });
    assert.deepEqual(await everything(store), before);
    // The same goes through the next time, and is then seen.
    await change(store, ...each);
    if (name !== "a key to and fro") assert.notDeepEqual(await everything(store), before);
  });
}

test("[STORE-7] a group of all changes that did not happen leaves everything as it was, and memory as the disk", async (t) => {
  const { store, file, folder, failNext } = await startStore(t);
  const before = await everything(store);
  const commits = readCommits(file);
  for (const order of [changes, changes.toReversed()]) {
    failNext();
    const attempts = order.map(([, ...each]) => change(store, ...each));
    attempts.push(take(store, { licenseId: 2, holder: "new" }).then(() => {}));
    const results = await Promise.allSettled(attempts);
    assert.deepEqual(new Set(results.map(({ status }) => status)), new Set(["rejected"]));
    assert.deepEqual(await everything(store), before);
  }
  assert.equal(readCommits(file), commits);
  await addLicense(store, makeLicense({ id: 5 }));
  const after = await everything(store);
  const copy = join(folder, "copy.db");
  copyDatabase(file, copy);
  const other = openSqliteStore(copy, { clock: new TestClock() });
  t.after(() => other.close());
  assert.deepEqual(await everything(other), after);
});

test("[STORE-1] a restart keeps everything that a vendor has, and gives no number again", async (t) => {
  const { store, file, folder } = await startStore(t);
  // Numbers that nothing has any more.
  for (const [name, ...each] of changes)
    if (name === "a new record" || name === "a new device") await change(store, ...each);
  await change(store, ...recordKinds.map((kind): Change => ({ change: "remove_record", kind, id: 9 })));
  await change(store, { change: "put_license", license: { ...issued(8, "K-8"), features: [feature(8_000)] } });
  await change(store, {
    change: "put_device",
    device: makeDevice({ id: 30, licenseId: 8, variables: [variable(70)] }),
  });
  await change(store, { change: "remove_license", licenseId: 8 });
  await change(store, putKey("K-9"));
  const before = await everything(store);
  const { nextIds } = await look(store, {});
  const next = { device: nextIds.device, variable: nextIds.variable, user: nextIds.user, feature: nextIds.feature };
  assert.deepEqual(next, { device: 31, variable: 71, user: 10, feature: 8_001 });
  const copy = join(folder, "copy.db");
  copyDatabase(file, copy);
  const after = openSqliteStore(copy, { clock: new TestClock() });
  t.after(() => after.close());
  assert.deepEqual(await everything(after), before);
  assert.deepEqual((await look(after, {})).nextIds, nextIds);
});

test("[STORE-7] a record that was found before is found as it is on the disk: changed, not changed after all, or gone", async (t) => {
  const { store, failNext } = await startStore(t);
  const ref = { kind: "product", field: "code", value: "cad" } as const;
  const product = makeRecord("product", 1, "cad");
  const renamed = { ...product, name: "renamed" };
  assert.equal(await store.findRecord(ref), undefined);
  await change(store, putRecord("product", product));
  assert.deepEqual([await store.findRecord(ref), await store.findRecord(ref)], [product, product]);
  failNext();
  await assert.rejects(change(store, putRecord("product", renamed)));
  assert.deepEqual([await store.findRecord(ref), await store.findRecord(ref)], [product, product]);
  await change(store, putRecord("product", renamed));
  assert.deepEqual(await store.findRecord(ref), renamed);
  await change(store, { change: "remove_record", kind: "product", id: 1 });
  assert.equal(await store.findRecord(ref), undefined);
});
