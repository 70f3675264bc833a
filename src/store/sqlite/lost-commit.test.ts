import assert from "node:assert/strict";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { type TestContext, test } from "node:test";
import { readCommits, readRows } from "../../../test/support/database-files.ts";
import { makeLicense, makeProduct } from "../../../test/support/make-license.ts";
import { addLicense, change, end, look, take } from "../../../test/support/store-acts.ts";
import { useTempFolder } from "../../../test/support/temp-folder.ts";
import { START, TestClock } from "../../../test/support/test-clock.ts";
import type { Store } from "../store.ts";
import { migrate, openDatabase } from "./database.ts";
import { SqliteStore } from "./sqlite-store.ts";

const IOERR = 10;
const IOERR_FSYNC = 10 | (4 << 8);
const unavailable = { name: "Fault", code: "store_unavailable" };

/** What the next COMMIT does before it fails with an I/O error. */
type Fate = "commits" | "rolls back" | "leaves it open";

interface Disk {
  readonly file: string;
  fate?: Fate | undefined;
  errcode: number;
  /** It cannot be opened any more. */
  isGone: boolean;
  /** What is opened from now on tells nothing of its commits. */
  isSilent: boolean;
  readonly lost: unknown[];
}

/** A store on a disk that fails when it is told to. */
async function startStore(t: TestContext): Promise<{ store: Store; disk: Disk }> {
  const file = join(useTempFolder(t), "floating.db");
  const disk: Disk = { file, errcode: IOERR, isGone: false, isSilent: false, lost: [] };
  const first = openDatabase(file);
  migrate(first);
  first.close();
  const store = new SqliteStore({
    clock: new TestClock(),
    openDatabase: () => openFailing(disk),
    onCommit: () => {},
    onLost: (error) => disk.lost.push(error),
    onClosing: async () => {},
    onClosed: () => {},
  });
  t.after(() => store.close().catch(() => {}));
  await addLicense(store, makeLicense());
  await take(store, { holder: "ann" });
  return { store, disk };
}

function openFailing(disk: Disk): DatabaseSync {
  if (disk.isGone) throw ioError(disk.errcode);
  const db = openDatabase(disk.file);
  const prepare = db.prepare.bind(db);
  db.prepare = (sql) => {
    const statement = prepare(sql);
    if (disk.isSilent && sql.includes("FROM clock")) {
      statement.get = () => {
        throw ioError(disk.errcode);
      };
    }
    if (sql !== "COMMIT") return statement;
    const run = statement.run.bind(statement);
    statement.run = () => {
      const { fate } = disk;
      disk.fate = undefined;
      if (fate === undefined || fate === "commits") run();
      if (fate === "rolls back") db.exec("ROLLBACK");
      if (fate !== undefined) throw ioError(disk.errcode);
      return { changes: 0, lastInsertRowid: 0 };
    };
    return statement;
  };
  return db;
}

function ioError(errcode: number): Error {
  return Object.assign(new Error("disk I/O error"), { code: "ERR_SQLITE_ERROR", errcode });
}

const holders = async (store: Store) => (await store.seats()).map(({ seat }) => `${seat.id} ${seat.holder}`);

/** What decisions see is what the disk has. */
async function assertMemoryIsDisk(store: Store, { file }: Disk): Promise<void> {
  const { seats, nextSeatId } = await look(store, { license: { licenseId: 1 }, everySeat: true });
  const held = [...seats].sort((a, b) => a.id - b.id).map(({ id, holder }) => `${id} ${holder}`);
  const rows = readRows(file, "SELECT id, holder FROM seat ORDER BY id");
  assert.deepEqual(
    held,
    rows.map((row) => `${row["id"]} ${row["holder"]}`),
  );
  assert.equal(nextSeatId, readRows(file, "SELECT next_seat_id FROM clock")[0]?.["next_seat_id"]);
  const { events, brokenAt } = await store.verifyEvents();
  assert.deepEqual([events, brokenAt], [readRows(file, "SELECT count(*) AS n FROM event")[0]?.["n"], null]);
}

for (const errcode of [IOERR, IOERR_FSYNC]) {
  test(`[STORE-7] error ${errcode} at a COMMIT that did happen: its requests are answered as they were decided`, async (t) => {
    const { store, disk } = await startStore(t);
    const commits = readCommits(disk.file);
    disk.fate = "commits";
    disk.errcode = errcode;
    const results = await Promise.allSettled([
      take(store, { holder: "bob" }),
      store.transact({ license: { licenseId: 1 } }, () => {
        throw new Error("oops");
      }),
      take(store, { holder: "cy" }),
    ]);
    assert.deepEqual(
      results.map((result) => (result.status === "rejected" ? result.reason.message : result.status)),
      ["fulfilled", "oops", "fulfilled"],
    );
    assert.equal(readCommits(disk.file), commits + 1);
    assert.deepEqual(await holders(store), ["1 ann", "2 bob", "3 cy"]);
    await assertMemoryIsDisk(store, disk);
    assert.deepEqual(disk.lost, []);
    assert.equal((await take(store, { holder: "dan" })).id, 4);
    assert.equal(readCommits(disk.file), commits + 2);
    await assertMemoryIsDisk(store, disk);
  });

  test(`[STORE-7] error ${errcode} at a COMMIT that did not happen: its requests are refused, nothing changed`, async (t) => {
    const { store, disk } = await startStore(t);
    const commits = readCommits(disk.file);
    disk.fate = "rolls back";
    disk.errcode = errcode;
    await Promise.all(["bob", "cy"].map((holder) => assert.rejects(take(store, { holder }), unavailable)));
    assert.equal(readCommits(disk.file), commits);
    assert.deepEqual(await holders(store), ["1 ann"]);
    await assertMemoryIsDisk(store, disk);
    assert.deepEqual(disk.lost, []);
    assert.equal((await take(store, { holder: "dan" })).id, 2);
    assert.equal(readCommits(disk.file), commits + 1);
    await assertMemoryIsDisk(store, disk);
  });
}

test("[STORE-7] an I/O error that leaves the transaction open is undone, and the next commit goes through", async (t) => {
  const { store, disk } = await startStore(t);
  disk.fate = "leaves it open";
  await assert.rejects(take(store, { holder: "bob" }), unavailable);
  assert.deepEqual(await holders(store), ["1 ann"]);
  await assertMemoryIsDisk(store, disk);
  assert.equal((await take(store, { holder: "bob" })).id, 2);
  await assertMemoryIsDisk(store, disk);
});

test("[STORE-7] whatever a commit was to change, decisions see none of it when it did not happen", async (t) => {
  const { store, disk } = await startStore(t);
  const counter = { licenseId: 1, featureId: 11, total: 5, periodStartedAt: 0, overageLimit: null };
  await change(store, { change: "put_counter", counter });
  const everything = async () => {
    const views = [1, 2].flatMap((licenseId) =>
      ["ann", "bob"].map((holder) => look(store, { license: { licenseId }, feature: "render", holder, replyKey: "k" })),
    );
    const known = look(store, { license: { product: "cam" } });
    const reads = [store.licenses(), store.usage(1), store.seats(), store.events(0, 100), store.verifyEvents()];
    return Promise.all([...views, known, ...reads]);
  };
  const before = await everything();
  disk.fate = "rolls back";
  const [seat] = (await store.seats()).map((record) => record.seat);
  assert.ok(seat !== undefined);
  const attempts = [
    end(store, seat),
    take(store, { holder: "bob", ms: 5 }),
    take(store, { holder: "bob", ms: 50 }),
    change(store, { change: "put_counter", counter: { ...counter, total: 6 } }),
    change(store, { change: "put_counter", counter: { ...counter, featureId: 12 } }),
    change(store, { change: "keep_reply", licenseId: 1, key: "k", reply: 1, until: START + 1_000 }),
    addLicense(store, makeLicense({ capacity: 99 })),
    addLicense(store, makeLicense({ id: 2 })),
    addLicense(store, makeLicense({ id: 3, product: makeProduct("cam") })),
    store.fact("a", () => "lost"),
  ];
  await Promise.all(attempts.map((attempt) => assert.rejects(attempt, unavailable)));
  assert.deepEqual(await everything(), before);
  await assertMemoryIsDisk(store, disk);
  assert.equal(await store.fact("a", () => "made"), "made");
});

test("[STORE-7] several lost commits in a row are each settled", async (t) => {
  const { store, disk } = await startStore(t);
  const expected = ["1 ann"];
  for (const [at, fate] of (["commits", "rolls back", "rolls back", "commits"] as const).entries()) {
    disk.fate = fate;
    const taking = take(store, { holder: `holder ${at}` });
    if (fate === "commits") expected.push(`${(await taking).id} holder ${at}`);
    else await assert.rejects(taking, unavailable);
    assert.deepEqual(await holders(store), expected);
    await assertMemoryIsDisk(store, disk);
  }
});

test("[STORE-7] when the database cannot be opened anew, or does not answer, the process is told to end", async (t) => {
  for (const broken of [{ isGone: true }, { isSilent: true }]) {
    const { store, disk } = await startStore(t);
    Object.assign(disk, broken, { fate: "commits" });
    await assert.rejects(take(store, { holder: "bob" }), unavailable);
    assert.equal(disk.lost.length, 1, JSON.stringify(broken));
  }
});
