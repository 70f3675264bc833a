import assert from "node:assert/strict";
import { copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, type TestContext, test } from "node:test";
import { copyStore, type Disk, withStore } from "../../../test/support/copy-stores.ts";
import { readRows, tamper } from "../../../test/support/database-files.ts";
import { makeLicense } from "../../../test/support/make-license.ts";
import { queryDatabase, usePostgresServer } from "../../../test/support/postgres-server.ts";
import { addLicense, take } from "../../../test/support/store-acts.ts";
import { useTempFolder } from "../../../test/support/temp-folder.ts";
import { TestClock } from "../../../test/support/test-clock.ts";
import { openPostgresTarget } from "../postgres/copy-target.ts";
import { openPostgresStore } from "../postgres/open-postgres-store.ts";
import { openSqliteSource } from "../sqlite/copy-source.ts";
import { openSqliteTarget } from "../sqlite/copy-target.ts";
import { openSqliteStore } from "../sqlite/open-sqlite-store.ts";
import { copyInstallation } from "./copy-installation.ts";
import type { CopyReader } from "./copy-port.ts";

const server = await usePostgresServer({ after });

/** An installation with a license, a seat and its event. */
async function makeSource(t: TestContext): Promise<{ readonly file: string }> {
  const source = { file: join(useTempFolder(t), "source.db") };
  await withStore(source, new TestClock(), fill);
  return source;
}

async function fill(store: Parameters<typeof take>[0]): Promise<void> {
  await addLicense(store, makeLicense({ id: 1 }));
  for (const holder of ["ann", "bob", "cid"]) await take(store, { holder, ms: 60_000 });
}

const makeFile = (t: TestContext): Disk => ({ file: join(useTempFolder(t), "target.db") });
const makeUrl = async (): Promise<{ readonly url: string }> => ({ url: await server.makeDatabase() });

/** Nothing is there, and a copy is taken at once. */
async function assertStillEmpty(t: TestContext, target: Disk): Promise<void> {
  if ("file" in target) assert.ok(!existsSync(target.file) && !existsSync(`${target.file}.copying`));
  else {
    const [row] = await queryDatabase(
      target.url,
      "SELECT count(*)::int AS tables FROM pg_tables WHERE schemaname = 'public'",
    );
    assert.equal(row?.["tables"], 0);
  }
  await copyStore(await makeSource(t), target);
}

test("[COPY-2] a source that a server has open is refused, of either kind", async (t) => {
  const source = await makeSource(t);
  const running = openSqliteStore(source.file, { clock: new TestClock() });
  const target = await makeUrl();
  await assert.rejects(copyStore(source, target), { code: "data_folder_in_use", message: /running on .*source\.db/ });
  await running.close();
  await copyStore(source, target);
  const node = await openPostgresStore(target.url, { clock: new TestClock() });
  await assert.rejects(copyStore(target, makeFile(t)), {
    name: "CopyRefusal",
    message: /^Another seatkeeper is running/,
  });
  await node.close();
  await copyStore(target, makeFile(t));
});

test("[COPY-2] a target that a server has open is refused, of either kind", async (t) => {
  const source = await makeSource(t);
  const { url } = await makeUrl();
  const node = await openPostgresStore(url, { clock: new TestClock() });
  await assert.rejects(copyStore(source, { url }), { name: "CopyRefusal", message: /^Another seatkeeper is running/ });
  await node.close();
  await copyStore(source, { url });
  const file = join(useTempFolder(t), "target.db");
  const running = openSqliteStore(file, { clock: new TestClock() });
  await assert.rejects(copyStore(source, { file }), { code: "data_folder_in_use" });
  await running.close();
});

test("[COPY-2] no server starts on either database while it is copied", async (t) => {
  const source = await makeSource(t);
  const { url } = await makeUrl();
  const reader = openSqliteSource(source.file);
  const target = await openPostgresTarget(url);
  assert.throws(() => openSqliteStore(source.file), { code: "data_folder_in_use" });
  await assert.rejects(openPostgresStore(url, { answerWithinMs: 400 }), { code: "store_unavailable" });
  await target.close();
  await reader.close();
});

test("[COPY-3] a target that is not empty is refused, and stays as it was", async (t) => {
  const source = await makeSource(t);
  const [url, file] = [await makeUrl(), makeFile(t)];
  for (const target of [url, file]) {
    await copyStore(source, target);
    await assert.rejects(copyStore(source, target), { name: "CopyRefusal", message: /is not empty|is there already/ });
    await withStore(target, new TestClock(), async (store) => assert.equal((await store.seats()).length, 3));
  }
  for (const made of ["INSERT INTO fact VALUES ('a', 'b')", "INSERT INTO chain (license_id) VALUES (7)"]) {
    const target = await makeUrl();
    await (await openPostgresStore(target.url)).close();
    await queryDatabase(target.url, made);
    await assert.rejects(copyStore(source, target), {
      name: "CopyRefusal",
      message: /is not empty: table (fact|chain)/,
    });
  }
  const log = makeFile(t);
  assert.ok("file" in log);
  writeFileSync(`${log.file}-wal`, "of another database");
  await assert.rejects(copyStore(source, log), { message: /-wal is there already/ });
});

test("[COPY-3] a database with tables and no rows is a target like an empty one; one with other tables is none", async (t) => {
  const source = await makeSource(t);
  const target = await makeUrl();
  await (await openPostgresStore(target.url)).close();
  await copyStore(source, target);
  const other = await makeUrl();
  await queryDatabase(other.url, 'CREATE TABLE "order" (whose text)');
  await assert.rejects(copyStore(source, other), { name: "CopyRefusal", message: /takes no tables: .*"order"/ });
});

test("[COPY-3] a folder that is not there yet is made; what a killed copy left is overwritten", async (t) => {
  const file = join(useTempFolder(t), "new", "folder", "a.db");
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(`${file}.copying`, "half a database");
  await copyStore(await makeSource(t), { file });
  const left = readdirSync(join(file, "..")).filter((name) => !name.includes(".lock"));
  assert.deepEqual(left, ["a.db"]);
});

test("[COPY-2] a source that is not there, not a database, without a schema, older or newer is refused", async (t) => {
  const target = await makeUrl();
  const folder = useTempFolder(t);
  const from = (name: string) => copyStore({ file: join(folder, name) }, target);
  await assert.rejects(from("missing.db"), { name: "CopyRefusal", message: /^There is no database/ });
  assert.ok(!existsSync(join(folder, "missing.db")));
  writeFileSync(join(folder, "text.db"), "this is a text that is long enough to be no database at all".repeat(20));
  await assert.rejects(from("text.db"), { name: "CopyRefusal", message: /cannot be opened/ });
  writeFileSync(join(folder, "empty.db"), "");
  await assert.rejects(from("empty.db"), { name: "CopyRefusal", message: /^There is no installation/ });
  const { file } = await makeSource(t);
  for (const [version, expected] of [
    [3, { name: "CopyRefusal", message: /has schema version 3, .*start this program's server on it once/ }],
    [99, { code: "database_too_new" }],
  ] as const) {
    copyFileSync(file, join(folder, "other.db"));
    tamper(join(folder, "other.db"), `PRAGMA user_version = ${version}`);
    await assert.rejects(from("other.db"), expected);
    assert.equal(readRows(join(folder, "other.db"), "PRAGMA user_version")[0]?.["user_version"], version);
    const { url } = await makeUrl();
    await assert.rejects(copyStore({ url }, makeFile(t)), {
      name: "CopyRefusal",
      message: /^There is no installation/,
    });
    await copyStore({ file }, { url });
    await queryDatabase(url, "UPDATE schema_version SET version = $1", [version]);
    await assert.rejects(copyStore({ url }, makeFile(t)), expected);
  }
  await assertStillEmpty(t, target);
});

test("[COPY-5] a source whose chain of events is broken is refused, of either kind", async (t) => {
  const { file } = await makeSource(t);
  const url = await makeUrl();
  await copyStore({ file }, url);
  tamper(file, "UPDATE event SET holder = 'eve' WHERE id = 2");
  await queryDatabase(url.url, "DELETE FROM event WHERE id = 3");
  const target = await makeUrl();
  await assert.rejects(copyStore({ file }, target), { name: "CopyRefusal", message: /broken at event 2/ });
  await assert.rejects(copyStore(url, target), { name: "CopyRefusal", message: /broken at event 3/ });
  await assertStillEmpty(t, target);
});

test("[COPY-4] what PostgreSQL cannot hold is refused by table and row, and nothing is written", async (t) => {
  for (const [sql, where] of [
    ["UPDATE seat SET holder = 'a' || char(0) WHERE id = 2", /table seat, row with id 2: holder has a character/],
    ["INSERT INTO fact VALUES ('odd', 'a' || char(0) || 'b')", /table fact, row with name "odd": value has/],
    [`INSERT INTO customer VALUES (6, '{"id":6,"phone":"\\u0000"}')`, /table customer, row with id 6: document has/],
    [`INSERT INTO customer VALUES (6, '{"id":6,"\\ud800":1}')`, /table customer, row with id 6: document has/],
    [`INSERT INTO signing_key VALUES (6, 'no json')`, /PostgreSQL refuses table signing_key.*row with id 6 on: /],
  ] as const) {
    const source = await makeSource(t);
    tamper(source.file, sql);
    const target = await makeUrl();
    await assert.rejects(copyStore(source, target), { name: "CopyRefusal", message: where });
    await assertStillEmpty(t, target);
  }
  const escaped = await makeSource(t);
  tamper(escaped.file, `INSERT INTO customer VALUES (6, '{"id":6,"phone":"\\\\u0000 \\ud83d\\udd11"}')`);
  await copyStore(escaped, await makeUrl());
});

test("[COPY-3] a copy that is not the same as its source when it is read back is not kept", async (t) => {
  const source = await makeSource(t);
  for (const target of [await makeUrl(), makeFile(t)]) {
    const reader = openSqliteSource(source.file);
    const written = "url" in target ? await openPostgresTarget(target.url) : openSqliteTarget(target.file);
    // What the disk does to a row between writing and reading is done by the writer here.
    const put = written.put.bind(written);
    written.put = (table, rows) => put(table, table.name === "seat" ? rows.slice(1) : rows);
    await assert.rejects(
      copyInstallation(reader, written, () => {}),
      {
        name: "CopyRefusal",
        message: /^table seat is not the same/,
      },
    );
    await written.close();
    await (reader as CopyReader).close();
    await assertStillEmpty(t, target);
  }
});
