import assert from "node:assert/strict";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { type TestContext, test } from "node:test";
import { readCommits, readRows } from "../../../test/support/database-files.ts";
import { makeFeature, makeLicense } from "../../../test/support/make-license.ts";
import { addLicense, change, look, take } from "../../../test/support/store-acts.ts";
import { useTempFolder } from "../../../test/support/temp-folder.ts";
import { START, TestClock } from "../../../test/support/test-clock.ts";
import type { Store } from "../store.ts";
import { migrate, openDatabase } from "./database.ts";
import { SqliteStore } from "./sqlite-store.ts";

const ONE = { licenseId: 1 };

interface Site {
  readonly store: Store;
  readonly file: string;
  readonly clock: TestClock;
  /** From now on the database may not grow. */
  fill(): void;
  /** There is room again. */
  makeRoom(): void;
}

async function startStore(t: TestContext): Promise<Site> {
  const file = join(useTempFolder(t), "floating.db");
  const clock = new TestClock();
  let writer: DatabaseSync | undefined;
  const nothing = () => {};
  const store = new SqliteStore({
    clock,
    openDatabase: () => {
      writer = openDatabase(file);
      migrate(writer);
      return writer;
    },
    onCommit: nothing,
    onLost: nothing,
    onClosing: async () => {},
    onClosed: nothing,
  });
  t.after(() => store.close());
  await addLicense(store, makeLicense({ features: [makeFeature()] }));
  for (const holder of ["ann", "bob"]) await take(store, { holder, details: { info: "first" } });
  const counter = { licenseId: 1, featureId: 11, total: 5, periodStartedAt: 0, overageLimit: null };
  await change(store, { change: "put_counter", counter });
  return {
    store,
    file,
    clock,
    fill: () => {
      const pages = writer?.prepare("PRAGMA page_count").get()?.["page_count"];
      writer?.exec(`PRAGMA max_page_count = ${pages}`);
    },
    makeRoom: () => writer?.exec("PRAGMA max_page_count = 1000000"),
  };
}

/** Everything that is asked of a store, and what its file holds. */
async function everything({ store, file }: Site) {
  return {
    seats: await store.seats(),
    usage: await store.usage(1),
    events: await store.events(0, 10_000),
    chain: await store.verifyEvents(),
    licenses: await store.licenses(),
    view: await look(store, { license: ONE, feature: "render", holder: "ann", replyKey: "k" }),
    commits: readCommits(file),
    rows: readRows(file, "SELECT * FROM seat ORDER BY id").length,
  };
}

/** More than fits into the pages that there are: every kind of change, in one turn. */
function tooMuch({ store }: Site): Promise<unknown>[] {
  const info = "x".repeat(1_000);
  const counter = { licenseId: 1, featureId: 11, total: 6, periodStartedAt: 0, overageLimit: 0 };
  return [
    take(store, { holder: "ann", ms: 9_999, details: { info: "second" } }),
    change(store, { change: "put_counter", counter }),
    change(store, { change: "keep_reply", licenseId: 1, key: "k", reply: info, until: START + 1_000_000 }),
    addLicense(store, makeLicense({ capacity: 99 })),
    addLicense(store, makeLicense({ id: 2 })),
    ...Array.from({ length: 60 }, (_, at) => take(store, { holder: `holder ${at}`, details: { info } })),
  ];
}

test("[STORE-7] on a full disk everything in the commit is refused, and nothing is changed", async (t) => {
  const site = await startStore(t);
  const before = await everything(site);
  site.fill();
  for (const _ of [1, 2]) {
    const results = await Promise.allSettled(tooMuch(site));
    const faults = results.map((result) => (result.status === "rejected" ? result.reason.code : result.status));
    assert.deepEqual(new Set(faults), new Set(["store_unavailable"]));
    assert.deepEqual(await everything(site), before);
  }
});

test("[STORE-7] when there is room again, the store heals by itself", async (t) => {
  const site = await startStore(t);
  site.fill();
  await Promise.allSettled(tooMuch(site));
  site.makeRoom();
  await Promise.all(tooMuch(site));
  const { rows, chain, view, usage } = await everything(site);
  assert.equal(rows, 62);
  assert.deepEqual(chain, { events: 63, brokenAt: null });
  assert.deepEqual([view.featurePool.inUse, view.nextSeatId, usage?.inUse.get(11)], [62, 63, 62]);
  assert.deepEqual([view.license?.capacity, view.counters.get(11)?.total], [99, 6]);
});

test("[STORE-7] what still fits is committed while the disk is full, and seats go on running out", async (t) => {
  const site = await startStore(t);
  site.fill();
  await Promise.allSettled(tooMuch(site));
  const renewed = await take(site.store, { holder: "ann", ms: 5_000 });
  assert.equal(renewed.id, 1);
  site.clock.advance(1_000);
  const { featurePool } = await look(site.store, { license: ONE, feature: "render" });
  assert.deepEqual(featurePool, { inUse: 1, firstEndsAt: START + 5_000 });
  assert.equal(readRows(site.file, "SELECT holder FROM seat").length, 1);
});

test("[STORE-7] a refused commit brings run-out seats back neither to memory nor to the disk", async (t) => {
  const site = await startStore(t);
  site.clock.advance(1_000);
  site.fill();
  await Promise.allSettled(tooMuch(site));
  assert.deepEqual(await site.store.seats(), []);
  assert.equal((await site.store.usage(1))?.inUse.get(11), 0);
  assert.equal((await look(site.store, { license: ONE, feature: "render" })).featurePool.inUse, 0);
  assert.equal((await site.store.verifyEvents()).brokenAt, null);
});
