import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { copyDatabase, readCommits, readRows } from "../../../test/support/database-files.ts";
import { makeFeature, makeLicense } from "../../../test/support/make-license.ts";
import { addLicense, look } from "../../../test/support/store-acts.ts";
import { useTempFolder } from "../../../test/support/temp-folder.ts";
import { START, TestClock } from "../../../test/support/test-clock.ts";
import type { BorrowWish } from "../../domain/borrow.ts";
import { decideFeatureCheckOut, decideLicenseCheckOut } from "../../domain/check-out.ts";
import { LICENSE_POOL } from "../../domain/seat.ts";
import { openSqliteStore } from "./open-sqlite-store.ts";
import type { SqliteStore } from "./sqlite-store.ts";

const MINUTE = 60_000;
/** Feature seats last 10 minutes. */
const license = makeLicense({ features: [makeFeature({ timeoutMs: 10 * MINUTE })] });

interface Site {
  readonly clock: TestClock;
  readonly file: string;
  /** Starts the server on a database: its own, or a copy. */
  start(file?: string): SqliteStore;
}

function site(t: TestContext): Site {
  const file = join(useTempFolder(t), "floating.db");
  const clock = new TestClock();
  const start = (from = file) => {
    const store = openSqliteStore(from, { clock });
    t.after(() => store.close());
    return store;
  };
  return { clock, file, start };
}

const use = (store: SqliteStore, holder: string, borrow: BorrowWish = "none") =>
  store.transact({ license: { licenseId: 1 }, feature: "render", holder }, (view) =>
    decideFeatureCheckOut(view, "render", { channel: "onPremise", graceMs: 0, holder, borrow }),
  );

/** When the feature seats end, in minutes since the test began. */
const ends = async (store: SqliteStore, featureId = 11) => {
  const seats = (await store.seats()).map((record) => record.seat).filter((seat) => seat.featureId === featureId);
  return Object.fromEntries(seats.map((seat) => [seat.holder, (seat.endsAt - START) / MINUTE]));
};

test("[TIME-5] after a clean stop the live seats get back the time that the server was down", async (t) => {
  const { clock, file, start } = site(t);
  const before = start();
  await addLicense(before, license);
  await use(before, "ann");
  clock.advance(4 * MINUTE);
  await use(before, "bob");
  await before.close();
  const commits = readCommits(file);
  clock.advance(7 * MINUTE);
  const after = start();
  assert.deepEqual(await ends(after), { ann: 17, bob: 21 });
  assert.deepEqual(await ends(after, LICENSE_POOL), { ann: 17, bob: 21 });
  assert.equal(readCommits(file), commits + 1, "in one commit");
  assert.equal(readRows(file, "SELECT alive_at FROM clock")[0]?.["alive_at"], START + 11 * MINUTE);
  const last = (await after.events(0, 100)).at(-1);
  assert.deepEqual([last?.kind, last?.data], ["seats_extended", JSON.stringify({ seats: 4, downMs: 7 * MINUTE })]);
});

test("[TIME-5] a second start right after extends nothing more", async (t) => {
  const { clock, file, start } = site(t);
  const before = start();
  await addLicense(before, license);
  await use(before, "ann");
  await before.close();
  clock.advance(5 * MINUTE);
  const crashed = start();
  copyDatabase(file, `${file}.copy`);
  assert.deepEqual(await ends(crashed), { ann: 15 });
  await crashed.close();
  for (const from of [file, `${file}.copy`]) {
    const after = start(from);
    assert.deepEqual(await ends(after), { ann: 15 });
    assert.equal((await after.events(0, 100)).filter(({ kind }) => kind === "seats_extended").length, 1);
  }
});

const register = (store: SqliteStore, holder: string) =>
  store.transact({ license: { licenseId: 1 }, holder }, (view) =>
    decideLicenseCheckOut(view, { channel: "onPremise", graceMs: 0, holder, borrow: "none" }),
  );

test("[TIME-5] a start right after the stop tells of no extension, whatever license seats were needed for before", async (t) => {
  const { clock, start } = site(t);
  const before = start();
  await addLicense(before, license);
  await use(before, "renewed");
  await use(before, "new");
  clock.advance(8 * MINUTE);
  await register(before, "renewed");
  clock.advance(4 * MINUTE);
  // The feature seats have run out, and nobody has looked at them since.
  await register(before, "new");
  await before.close();
  for (const isSwept of [false, true]) {
    const after = start();
    assert.deepEqual(await ends(after, LICENSE_POOL), { renewed: 23, new: 27 });
    const told = (await after.events(0, 100)).filter(({ kind }) => kind === "seats_extended");
    assert.deepEqual(told, [], isSwept ? "swept" : "not swept");
    await after.sweep();
    await after.close();
  }
});

test("[TIME-5] after a crash the last commit tells when the server was last alive", async (t) => {
  const { clock, file, start } = site(t);
  const before = start();
  await addLicense(before, license);
  await use(before, "ann");
  clock.advance(2 * MINUTE);
  await use(before, "bob");
  copyDatabase(file, `${file}.crashed`);
  clock.advance(9 * MINUTE);
  assert.deepEqual(await ends(start(`${file}.crashed`)), { ann: 19, bob: 21 });
});

test("[TIME-5] an outage longer than the timeout gives back one timeout", async (t) => {
  const { clock, start } = site(t);
  const before = start();
  await addLicense(before, license);
  await use(before, "ann");
  clock.advance(5 * MINUTE);
  await use(before, "bob");
  await before.close();
  clock.advance(12 * MINUTE);
  const after = start();
  assert.deepEqual(await ends(after), { ann: 20, bob: 25 });
});

test("[TIME-5] a seat that had run out before the stop is not brought back", async (t) => {
  const { clock, start } = site(t);
  const before = start();
  await addLicense(before, license);
  await use(before, "ann");
  clock.advance(10 * MINUTE);
  await before.close();
  clock.advance(MINUTE);
  assert.deepEqual(await ends(start()), {});
});

test("[TIME-5] a borrow's date stays, whether it is to come or passed while the server was down", async (t) => {
  const { clock, start } = site(t);
  const before = start();
  await addLicense(before, license);
  await use(before, "to come", START + 60 * MINUTE);
  await use(before, "passed", START + 22 * MINUTE);
  clock.advance(20 * MINUTE);
  await before.close();
  clock.advance(5 * MINUTE);
  const after = start();
  const borrows = (await after.seats()).map(({ seat }) => [seat.holder, seat.borrowedUntil]);
  assert.deepEqual(Object.fromEntries(borrows.filter(([, until]) => until !== null)), {
    "to come": START + 60 * MINUTE,
    passed: START + 22 * MINUTE,
  });
  // The one whose borrow passed could not renew in time, so it goes on from there for the time of the outage.
  assert.deepEqual(await ends(after), { "to come": 60, passed: 27 });
  assert.deepEqual(await ends(after, LICENSE_POOL), { "to come": 60, passed: 27 });
});

test("[TIME-5] a clock that was set back while the server was down extends nothing", async (t) => {
  const { clock, start } = site(t);
  const before = start();
  await addLicense(before, license);
  await use(before, "ann");
  await before.close();
  clock.setWall(START - 60 * MINUTE);
  const after = start();
  assert.deepEqual(await ends(after), { ann: 10 });
  assert.equal((await after.usage(1))?.now, START);
});

test("[TIME-5] an idle server writes down every 5 s that it is alive", async (t) => {
  t.mock.timers.enable({ apis: ["setInterval"] });
  const { clock, file, start } = site(t);
  const store = start();
  await addLicense(store, license);
  const aliveAt = () => readRows(file, "SELECT alive_at FROM clock")[0]?.["alive_at"];
  for (const seconds of [5, 10, 15]) {
    clock.advance(5_000);
    t.mock.timers.tick(5_000);
    // Answered with the group that the stamp is in.
    await look(store, { license: { licenseId: 1 } });
    assert.equal(aliveAt(), START + seconds * 1_000);
  }
});
