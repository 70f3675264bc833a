import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { readCommits, readRows } from "../../../test/support/database-files.ts";
import { makeFeature, makeLicense } from "../../../test/support/make-license.ts";
import { addLicense, look, record, take } from "../../../test/support/store-acts.ts";
import { useTempFolder } from "../../../test/support/temp-folder.ts";
import { START } from "../../../test/support/test-clock.ts";
import { type CheckedOut, decideFeatureCheckOut } from "../../domain/check-out.ts";
import type { Json } from "../../domain/json.ts";
import type { Refusal } from "../../domain/outcome.ts";
import { seatOf } from "../../domain/seat.ts";
import { releaseAllFeatures } from "../../use-cases/release-all.ts";
import type { Clock } from "../decision-time.ts";
import { openSqliteStore } from "./open-sqlite-store.ts";
import type { SqliteStore } from "./sqlite-store.ts";

const ONE = { licenseId: 1 };

/** Time passes whenever somebody looks. */
class RestlessClock implements Clock {
  #ms = 0;

  wall(): number {
    this.#ms += 1;
    return START + this.#ms;
  }

  monotonic(): number {
    return this.#ms;
  }
}

async function startStore(
  t: TestContext,
  capacity = 1_000,
): Promise<{ store: SqliteStore; commits: () => number; file: string }> {
  const file = join(useTempFolder(t), "floating.db");
  const store = openSqliteStore(file, { clock: new RestlessClock() });
  t.after(() => store.close());
  await addLicense(store, makeLicense({ capacity, features: [makeFeature({ capacity })] }));
  return { store, commits: () => readCommits(file), file };
}

const use = (store: SqliteStore, holder: string) =>
  store.transact({ license: ONE, feature: "render", holder }, (view) =>
    decideFeatureCheckOut(view, "render", { channel: "onPremise", graceMs: 0, borrow: "none", holder }),
  );

/** What one decision does whose seat the database refuses: it lacks a time that must not be null. */
function takeImpossibleSeat(store: SqliteStore, holder: string): Promise<unknown> {
  return store.transact({ license: ONE, holder }, ({ now, nextSeatId }) => {
    const possible = seatOf({
      licenseId: 1,
      featureId: 11,
      holder: `${holder} before`,
      id: nextSeatId,
      takenAt: now,
      heardAt: now,
      beatEndsAt: now + 60_000,
      borrowedUntil: null,
      neededUntil: 0,
    });
    const impossible = { ...possible, id: nextSeatId + 1, holder, takenAt: Number.NaN };
    return {
      outcome: "taken",
      changes: [
        { change: "put_seat", seat: possible },
        { change: "put_seat", seat: impossible },
      ],
      events: [{ kind: "seat_granted", licenseId: 1, featureId: 11, holder }],
    };
  });
}

async function assertMemoryIsDisk(store: SqliteStore, file: string): Promise<void> {
  const rows = readRows(file, "SELECT holder, id FROM seat ORDER BY id").map((row) => [row["holder"], row["id"]]);
  const held = [...(await look(store, { license: ONE, everySeat: true })).seats].sort((a, b) => a.id - b.id);
  assert.deepEqual(
    held.map(({ holder, id }) => [holder, id]),
    rows,
  );
  assert.equal(
    (await look(store, { license: ONE })).nextSeatId,
    readRows(file, "SELECT * FROM clock")[0]?.["next_seat_id"],
  );
  assert.equal((await store.verifyEvents()).brokenAt, null);
}

test("[STORE-2] what is asked in one turn shares one commit, and in two turns two", async (t) => {
  const { store, commits } = await startStore(t);
  const before = commits();
  const holders = Array.from({ length: 50 }, (_, at) => `holder ${at}`);
  await Promise.all(holders.map((holder) => use(store, holder)));
  assert.equal(commits(), before + 1);
  await use(store, "ann");
  await use(store, "bob");
  assert.equal(commits(), before + 3);
});

test("[STORE-2] what is asked later in the same turn, by promises, still shares the commit", async (t) => {
  const { store, commits } = await startStore(t);
  const before = commits();
  const later = async () => {
    for (let hop = 0; hop < 5; hop += 1) await undefined;
    return use(store, "bob");
  };
  await Promise.all([use(store, "ann"), later(), store.fact("a", () => "made")]);
  assert.equal(commits(), before + 1);
});

test("[STORE-2] decisions that change nothing make no commit", async (t) => {
  const { store, commits } = await startStore(t);
  const before = commits();
  await Promise.all([look(store, { license: ONE }), look(store, { license: { product: "unknown" } })]);
  assert.equal(commits(), before);
});

test("[REL-3] releasing all features of all licenses is one commit", async (t) => {
  const { store, commits } = await startStore(t);
  for (const id of [2, 3]) await addLicense(store, makeLicense({ id }));
  for (const licenseId of [1, 2, 3]) await take(store, { licenseId });
  const before = commits();
  const context = { store, channel: "onPremise", graceMs: 0 } as const;
  assert.deepEqual(await releaseAllFeatures(context, {}), { released: 3 });
  assert.equal(commits(), before + 1);
  assert.deepEqual(await store.seats(), []);
});

test("[TIME-4] requests that share a commit share its time, and the next commit has a later one", async (t) => {
  const { store } = await startStore(t);
  const times = (outcomes: readonly object[]) =>
    new Set(outcomes.map((outcome) => (outcome as CheckedOut).seat.heardAt));
  const first = times(await Promise.all(["ann", "bob", "cy"].map((holder) => use(store, holder))));
  assert.equal(first.size, 1);
  const at = (await store.events(0, 100)).map((event) => event.at);
  assert.deepEqual(new Set(at), first);
  const [later] = times([await use(store, "dan")]);
  assert.ok((later ?? 0) > Math.max(...first));
});

test("[STORE-2] refusals and decisions that throw leave the others of their commit alone", async (t) => {
  const { store, commits, file } = await startStore(t, 2);
  const before = commits();
  const results = await Promise.allSettled([
    use(store, "ann"),
    store.transact({ license: ONE }, () => {
      throw new Error("oops");
    }),
    use(store, "bob"),
    use(store, "cy"),
    use(store, "ann"),
  ]);
  const told = results.map((result) => {
    if (result.status === "rejected") return (result.reason as Error).message;
    const outcome = result.value as CheckedOut | Refusal;
    return "refused" in outcome ? outcome.refused : outcome.checkedOut;
  });
  assert.deepEqual(told, ["granted", "oops", "granted", "floating_not_available", "renewed"]);
  assert.equal(commits(), before + 1);
  await assertMemoryIsDisk(store, file);
});

test("[STORE-2] a change that the database refuses fails alone, and leaves nothing of its decision", async (t) => {
  const { store, file } = await startStore(t);
  const results = await Promise.allSettled([
    use(store, "ann"),
    takeImpossibleSeat(store, "cy"),
    use(store, "bob"),
    takeImpossibleSeat(store, "dan"),
  ]);
  assert.deepEqual(
    results.map((result) => (result.status === "rejected" ? result.reason.code : result.status)),
    ["fulfilled", "internal_error", "fulfilled", "internal_error"],
  );
  const holders = new Set((await store.seats()).map(({ seat }) => seat.holder));
  assert.deepEqual(holders, new Set(["ann", "bob"]));
  await assertMemoryIsDisk(store, file);
  await assert.rejects(takeImpossibleSeat(store, "eve"), { name: "Fault", code: "internal_error" });
  await use(store, "fay");
  await assertMemoryIsDisk(store, file);
});

test("[STORE-1] a decision of which one part cannot be written leaves nothing of it", async (t) => {
  const { store, file } = await startStore(t);
  // What holds itself cannot be made into JSON.
  const data: { [name: string]: Json } = {};
  data["data"] = data;
  const taking = store.transact({ license: ONE, holder: "cy" }, (view) => {
    const wish = { channel: "onPremise", graceMs: 0, borrow: "none", holder: "cy" } as const;
    const decision = decideFeatureCheckOut({ ...view, mine: [] }, "render", wish);
    return { ...decision, events: [{ kind: "seat_granted", licenseId: 1, featureId: 11, data }] };
  });
  const results = await Promise.allSettled([use(store, "ann"), taking, use(store, "bob")]);
  assert.deepEqual(
    results.map(({ status }) => status),
    ["fulfilled", "rejected", "fulfilled"],
  );
  const holders = new Set((await store.seats()).map(({ seat }) => seat.holder));
  assert.deepEqual(holders, new Set(["ann", "bob"]));
  await assertMemoryIsDisk(store, file);
});

test("[STORE-1] a request is answered when its commit is on the disk", async (t) => {
  const { store, file } = await startStore(t);
  for (const holder of ["ann", "bob", "cy"]) {
    await take(store, { holder });
    const rows = readRows(file, "SELECT count(*) AS n FROM seat WHERE holder = ?", holder);
    assert.deepEqual(
      rows.map((row) => row["n"]),
      [1],
    );
  }
  await record(store, { kind: "seat_denied", licenseId: 1, featureId: 11 });
  assert.equal(readRows(file, "SELECT kind FROM event ORDER BY id DESC LIMIT 1")[0]?.["kind"], "seat_denied");
});
