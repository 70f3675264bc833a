import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type TestContext, test } from "node:test";
import { readRows, tamper } from "../../../test/support/database-files.ts";
import { makeConsumption, makeDevice, makeLicense, makeProduct } from "../../../test/support/make-license.ts";
import { makeRecord, putRecord } from "../../../test/support/make-record.ts";
import { change, look } from "../../../test/support/store-acts.ts";
import { useTempFolder } from "../../../test/support/temp-folder.ts";
import { START, TestClock } from "../../../test/support/test-clock.ts";
import type { License } from "../../domain/license.ts";
import { FIRST_IDS } from "../../domain/records.ts";
import { LICENSE_POOL } from "../../domain/seat.ts";
import { CHAIN_START, chainEvent } from "../event-chain.ts";
import { openSqliteStore } from "./open-sqlite-store.ts";

/** In the order they were added: not that of their ids, and with a gap where one was taken away. */
const licenses: readonly (readonly [added: number, license: License])[] = [
  [2, makeLicense({ id: 9, consumption: makeConsumption() })],
  [3, makeLicense({ id: 4, product: makeProduct("cam") })],
  [7, makeLicense({ id: 6, features: [] })],
];

/** What the first version of the program would have left. */
function writeFirstVersion(t: TestContext): string {
  const file = join(useTempFolder(t), "floating.db");
  const db = new DatabaseSync(file);
  const first = new URL("./migrations/0001_create_licenses_seats_events.sql", import.meta.url);
  db.exec(readFileSync(first, "utf8"));
  db.exec("PRAGMA user_version = 1");
  for (const [added, license] of licenses) {
    db.prepare("INSERT INTO license VALUES (?, ?, ?, ?, ?, ?)").run(
      license.id,
      added,
      license.product.code,
      JSON.stringify(license),
      `digest ${license.id}`,
      license.id * 10,
    );
  }
  const seat = db.prepare("INSERT INTO seat VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  const end = START + 60_000;
  seat.run(3, 9, 11, "ann", START - 5, START, end, null, 0, end, "host", null, "Ann", 5, null, null);
  seat.run(5, 9, LICENSE_POOL, "ann", START, START, 0, null, end, end, null, null, null, null, null, null);
  seat.run(6, 4, 11, "bob", START, START, end, end + 5, 0, end + 5, null, null, null, null, null, null);
  db.exec(`INSERT INTO counter VALUES (9, ${LICENSE_POOL}, 7, 0, 3)`);
  db.exec(`INSERT INTO kept_reply VALUES (9, 'k', '{"n":1}', ${end})`);
  db.exec("INSERT INTO fact VALUES ('hardware-id', 'hw-1')");
  const event = chainEvent({ id: 0, hash: CHAIN_START }, START, {
    kind: "seat_granted",
    licenseId: 9,
    featureId: 11,
    holder: "ann",
  });
  const { id, at, kind, licenseId, featureId, holder, data, hash } = event;
  db.prepare("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?)").run(
    id,
    at,
    kind,
    licenseId,
    featureId,
    holder,
    data,
    hash,
  );
  db.exec(`UPDATE clock SET alive_at = ${START}, commits = 12, next_seat_id = 8`);
  db.close();
  return file;
}

function open(t: TestContext, file: string) {
  const store = openSqliteStore(file, { clock: new TestClock() });
  t.after(() => store.close());
  return store;
}

test("[STORE-5] a database of the first version keeps its licenses, their order and their files", async (t) => {
  const store = open(t, writeFirstVersion(t));
  assert.deepEqual(
    await store.licenses(),
    licenses.map(([, license]) => license),
  );
  assert.equal((await look(store, { license: { product: "cad" } })).license?.id, 6);
  for (const [, { id }] of licenses) {
    const { importedFile } = await look(store, { license: { licenseId: id } });
    assert.deepEqual(importedFile, { digest: `digest ${id}`, issuedAt: id * 10 });
  }
});

test("[STORE-5] a database of the first version keeps seats, counters, replies, facts and its chain", async (t) => {
  const file = writeFirstVersion(t);
  const before = readRows(file, "SELECT * FROM seat ORDER BY id");
  const store = open(t, file);
  assert.deepEqual(readRows(file, "SELECT * FROM seat ORDER BY id"), before);
  const held = (await store.seats()).map(({ seat, details }) => [seat.id, seat.licenseId, seat.endsAt, details]);
  const end = START + 60_000;
  assert.deepEqual(held, [
    [3, 9, end, { hostname: "host", info: "Ann", registeredAt: 5 }],
    [5, 9, end, {}],
    [6, 4, end + 5, {}],
  ]);
  const view = await look(store, { license: { licenseId: 9 }, feature: "render", holder: "ann", replyKey: "k" });
  assert.deepEqual([view.featurePool.inUse, view.licensePool.inUse, view.mine.length], [1, 1, 2]);
  assert.deepEqual([view.keptReply, view.nextSeatId, view.nextIds], [{ n: 1 }, 8, FIRST_IDS]);
  assert.deepEqual(
    [...view.counters.values()],
    [{ licenseId: 9, featureId: LICENSE_POOL, total: 7, periodStartedAt: 0, overageLimit: 3 }],
  );
  assert.equal(await store.fact("hardware-id", () => "other"), "hw-1");
  assert.deepEqual(await store.verifyEvents(), { events: 1, brokenAt: null });
});

test("[STORE-5] a database of the first version takes what the newest one keeps", async (t) => {
  const file = writeFirstVersion(t);
  const store = open(t, file);
  const { id } = makeLicense({ id: 20 });
  await change(
    store,
    { change: "put_license", license: makeLicense({ id }) },
    { change: "put_device", device: makeDevice({ licenseId: id }) },
    putRecord("product", makeRecord("product", 1, "sim")),
    { change: "remove_license", licenseId: 9 },
  );
  assert.equal((await look(store, { license: { product: "cad" } })).license?.id, id);
  assert.deepEqual(await store.devices({ licenseId: id }), [makeDevice({ licenseId: id })]);
  await store.close();
  const again = open(t, file);
  assert.deepEqual(
    (await again.licenses()).map((license) => license.id),
    [4, 6, 20],
  );
  assert.equal((await look(again, { license: { product: "sim" } })).productKnown, true);
});

test("[STORE-5] a migration that fails leaves the database as it was, and the next start runs it", async (t) => {
  const file = writeFirstVersion(t);
  // In the way of a table that the second version makes.
  tamper(file, "CREATE TABLE signing_key (x INTEGER)");
  assert.throws(() => openSqliteStore(file, { clock: new TestClock() }), /signing_key/);
  assert.deepEqual(readRows(file, "PRAGMA user_version"), [Object.assign(Object.create(null), { user_version: 1 })]);
  assert.equal(readRows(file, "SELECT * FROM license").length, 3);
  assert.deepEqual(readRows(file, "SELECT name FROM sqlite_schema WHERE name IN ('device', 'license_2')"), []);
  tamper(file, "DROP TABLE signing_key");
  const store = open(t, file);
  assert.equal((await store.licenses()).length, 3);
});
