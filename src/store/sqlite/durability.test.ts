import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { copyDatabase } from "../../../test/support/database-files.ts";
import { makeLicense } from "../../../test/support/make-license.ts";
import { addLicense, take } from "../../../test/support/store-acts.ts";
import { useTempFolder } from "../../../test/support/temp-folder.ts";
import { TestClock } from "../../../test/support/test-clock.ts";
import { migrate, openDatabase } from "./database.ts";
import { openSqliteStore } from "./open-sqlite-store.ts";
import { SqliteStore } from "./sqlite-store.ts";

test("[STORE-1] the live writer logs ahead and syncs every commit to the disk", async (t) => {
  const file = join(useTempFolder(t), "floating.db");
  const writers: DatabaseSync[] = [];
  const open = () => {
    const db = openDatabase(file);
    migrate(db);
    writers.push(db);
    return db;
  };
  const clock = new TestClock();
  const nothing = () => {};
  const store = new SqliteStore({
    clock,
    openDatabase: open,
    onCommit: nothing,
    onLost: nothing,
    onClosing: async () => {},
    onClosed: nothing,
  });
  t.after(() => store.close());
  await addLicense(store, makeLicense());
  assert.equal(writers.length, 1);
  assert.deepEqual({ ...writers[0]?.prepare("PRAGMA journal_mode").get() }, { journal_mode: "wal" });
  assert.deepEqual({ ...writers[0]?.prepare("PRAGMA synchronous").get() }, { synchronous: 2 });
});

test("[STORE-1] when the power is cut at the moment of the answer, the seat is on the disk", async (t) => {
  const folder = useTempFolder(t);
  const file = join(folder, "floating.db");
  const store = openSqliteStore(file, { clock: new TestClock() });
  t.after(() => store.close());
  await addLicense(store, makeLicense());
  const copies: { copy: string; holder: string }[] = [];
  const takeAndCopy = async (holder: string) => {
    await take(store, { holder });
    const copy = join(folder, holder, "floating.db");
    mkdirSync(join(folder, holder));
    copyDatabase(file, copy);
    copies.push({ copy, holder });
  };
  for (const holder of ["ann", "bob", "cy"]) await takeAndCopy(holder);
  await Promise.all(["dan", "eve"].map(takeAndCopy));
  for (const { copy, holder } of copies) {
    const again = openSqliteStore(copy, { clock: new TestClock() });
    const held = (await again.seats()).map(({ seat }) => seat.holder);
    assert.ok(held.includes(holder), `${holder} of ${held}`);
    assert.equal((await again.verifyEvents()).brokenAt, null);
    await again.close();
  }
});

/** Loses the last byte that was written to a log: https://www.sqlite.org/fileformat2.html#walformat */
function tearLastFrame(log: string): void {
  const bytes = readFileSync(log);
  const frameSize = 24 + bytes.readUInt32BE(8);
  const salts = bytes.readBigUInt64BE(16);
  let end = 32;
  while (end + frameSize <= bytes.length && bytes.readBigUInt64BE(end + 8) === salts) end += frameSize;
  assert.ok(end > 32, "the log has a frame");
  bytes.writeUInt8(bytes.readUInt8(end - 1) ^ 0xff, end - 1);
  writeFileSync(log, bytes);
}

test("[STORE-1] a log that was torn in its last commit loses that commit only", async (t) => {
  const folder = useTempFolder(t);
  const file = join(folder, "floating.db");
  const store = openSqliteStore(file, { clock: new TestClock() });
  t.after(() => store.close());
  await addLicense(store, makeLicense());
  await take(store, { holder: "ann" });
  await take(store, { holder: "bob" });
  const copy = join(folder, "torn.db");
  copyDatabase(file, copy);
  // As in the moment before bob was answered, with the last page of his commit only half written.
  tearLastFrame(`${copy}-wal`);
  const again = openSqliteStore(copy, { clock: new TestClock() });
  t.after(() => again.close());
  assert.deepEqual(
    (await again.seats()).map(({ seat }) => seat.holder),
    ["ann"],
  );
});
