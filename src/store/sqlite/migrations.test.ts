import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { readRows, tamper } from "../../../test/support/database-files.ts";
import { makeLicense } from "../../../test/support/make-license.ts";
import { addLicense, take } from "../../../test/support/store-acts.ts";
import { useTempFolder } from "../../../test/support/temp-folder.ts";
import { openSqliteStore } from "./open-sqlite-store.ts";

const newest = readdirSync(new URL("./migrations/", import.meta.url)).length;
const version = (file: string) => readRows(file, "PRAGMA user_version")[0]?.["user_version"];

test("[STORE-5] migrations are numbered from 1 without a gap", () => {
  const numbers = readdirSync(new URL("./migrations/", import.meta.url)).map(
    (name) => /^(\d{4})_\w+\.sql$/.exec(name)?.[1],
  );
  assert.deepEqual(
    numbers.sort(),
    numbers.map((_, at) => String(at + 1).padStart(4, "0")),
  );
});

test("[STORE-5] a new database has all migrations, and a second start none to run", async (t) => {
  const file = join(useTempFolder(t), "floating.db");
  for (const _ of [1, 2]) {
    await openSqliteStore(file).close();
    assert.equal(version(file), newest);
  }
});

test("[STORE-5] a database from a newer version is refused with a sentence, and left as it is", async (t) => {
  const file = join(useTempFolder(t), "floating.db");
  const before = openSqliteStore(file);
  await addLicense(before, makeLicense());
  await take(before);
  const seats = await before.seats();
  await before.close();
  tamper(file, `PRAGMA user_version = ${newest + 1}`);
  const tooNew = { name: "Fault", code: "database_too_new", message: /schema version .* Start the newer program/ };
  assert.throws(() => openSqliteStore(file), tooNew);
  // The refused start holds nothing: the next one gets as far.
  assert.throws(() => openSqliteStore(file), tooNew);
  assert.equal(version(file), newest + 1);
  tamper(file, `PRAGMA user_version = ${newest}`);
  const after = openSqliteStore(file);
  t.after(() => after.close());
  assert.deepEqual(
    (await after.seats()).map(({ seat }) => seat.id),
    seats.map(({ seat }) => seat.id),
  );
});
