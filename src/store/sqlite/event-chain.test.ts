import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { copyDatabase, tamper } from "../../../test/support/database-files.ts";
import { makeLicense } from "../../../test/support/make-license.ts";
import { addLicense, record, take } from "../../../test/support/store-acts.ts";
import { useTempFolder } from "../../../test/support/temp-folder.ts";
import { TestClock } from "../../../test/support/test-clock.ts";
import { openSqliteStore } from "./open-sqlite-store.ts";

/** A database with five events, closed. */
async function fiveEvents(t: TestContext): Promise<string> {
  const file = join(useTempFolder(t), "floating.db");
  const store = openSqliteStore(file, { clock: new TestClock() });
  await addLicense(store, makeLicense());
  for (const holder of ["ann", "bob", "cy", "dan"]) await take(store, { holder });
  await record(store, { kind: "seat_denied", licenseId: 1, featureId: 11, holder: "eve", data: { inUse: 4 } });
  await store.close();
  return file;
}

async function verify(file: string) {
  const store = openSqliteStore(file, { clock: new TestClock() });
  try {
    return await store.verifyEvents();
  } finally {
    await store.close();
  }
}

test("[STORE-4] a change to any part of an event shows, and where it is", async (t) => {
  const file = await fiveEvents(t);
  assert.deepEqual(await verify(file), { events: 5, brokenAt: null });
  const changes = [
    "at = at + 1",
    "kind = 'seat_renewed'",
    "license_id = 2",
    "feature_id = 0",
    "holder = 'mallory'",
    "holder = NULL",
    "data = '{}'",
    "hash = printf('%064d', 0)",
  ];
  for (const [at, change] of changes.entries()) {
    for (const id of [1, 3, 5]) {
      const copy = `${file}.${at}.${id}`;
      copyDatabase(file, copy);
      tamper(copy, `UPDATE event SET ${change} WHERE id = ${id}`);
      assert.deepEqual(await verify(copy), { events: id - 1, brokenAt: id }, `${change} of event ${id}`);
    }
  }
});

test("[STORE-4] a missing event shows where the next one does not follow", async (t) => {
  const file = await fiveEvents(t);
  for (const id of [1, 3, 4]) {
    const copy = `${file}.${id}`;
    copyDatabase(file, copy);
    tamper(copy, `DELETE FROM event WHERE id = ${id}`);
    assert.deepEqual(await verify(copy), { events: id - 1, brokenAt: id + 1 });
    const closed = `${file}.${id}.closed`;
    copyDatabase(copy, closed);
    tamper(closed, `UPDATE event SET id = id - 1 WHERE id > ${id}`);
    assert.deepEqual(await verify(closed), { events: id - 1, brokenAt: id }, "though the gap was closed");
  }
});

test("[STORE-4] two events that changed places show", async (t) => {
  const file = await fiveEvents(t);
  tamper(
    file,
    "UPDATE event SET id = -1 WHERE id = 2; UPDATE event SET id = 2 WHERE id = 3; UPDATE event SET id = 3 WHERE id = -1",
  );
  assert.deepEqual(await verify(file), { events: 1, brokenAt: 2 });
});

test("[STORE-4] an event slipped in at the end shows, though it has the next number", async (t) => {
  const file = await fiveEvents(t);
  tamper(
    file,
    "INSERT INTO event SELECT 6, at, kind, license_id, feature_id, holder, data, hash FROM event WHERE id = 5",
  );
  assert.deepEqual(await verify(file), { events: 5, brokenAt: 6 });
});

test("[STORE-4] a running store finds what was changed behind its back", async (t) => {
  const file = join(useTempFolder(t), "floating.db");
  const store = openSqliteStore(file, { clock: new TestClock() });
  t.after(() => store.close());
  await addLicense(store, makeLicense());
  for (const holder of ["ann", "bob", "cy"]) await take(store, { holder });
  tamper(file, "UPDATE event SET holder = 'mallory' WHERE id = 2");
  assert.deepEqual(await store.verifyEvents(), { events: 1, brokenAt: 2 });
  tamper(file, "UPDATE event SET holder = 'bob' WHERE id = 2");
  await take(store, { holder: "dan" });
  assert.deepEqual(await store.verifyEvents(), { events: 4, brokenAt: null });
});
