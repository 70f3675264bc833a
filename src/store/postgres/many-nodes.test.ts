import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { after, type TestContext, test } from "node:test";
import { makeLicense } from "../../../test/support/make-license.ts";
import { giveBack, mostAtOnce, TEN, takeOneOfTen } from "../../../test/support/pool-of-ten.ts";
import { queryDatabase, usePostgresServer } from "../../../test/support/postgres-server.ts";
import { addLicense, record } from "../../../test/support/store-acts.ts";
import type { Seat } from "../../domain/seat.ts";
import { openPostgresStore } from "./open-postgres-store.ts";
import type { PostgresStore } from "./postgres-store.ts";
import { TAKE_EVENT_IDS } from "./statements.ts";

const server = await usePostgresServer({ after });

/** Nodes on one database, which is empty unless its address is given. */
async function nodes(t: TestContext, count: number, given?: string): Promise<{ url: string; stores: PostgresStore[] }> {
  const url = given ?? (await server.makeDatabase());
  const stores = await Promise.all(Array.from({ length: count }, () => openPostgresStore(url)));
  t.after(() => Promise.all(stores.map((store) => store.close())));
  return { url, stores };
}

test("[STORE-5] nodes that start together migrate once, and each finds the newest schema", async (t) => {
  const { url, stores } = await nodes(t, 4);
  const newest = readdirSync(new URL("./migrations/", import.meta.url)).length;
  assert.deepEqual(await queryDatabase(url, "SELECT version FROM schema_version"), [{ version: newest }]);
  for (const store of stores) assert.deepEqual(await store.licenses(), []);
});

test("[STORE-5] migrations have the numbers that SQLite's have", () => {
  const names = (store: string) => readdirSync(new URL(`../${store}/migrations/`, import.meta.url)).sort();
  assert.deepEqual(names("postgres"), names("sqlite"));
});

test("[STORE-5] a database from a newer version is refused with a sentence, and left as it is", async (t) => {
  const { url, stores } = await nodes(t, 1);
  await addLicense(stores[0] as PostgresStore, makeLicense());
  await queryDatabase(url, "UPDATE schema_version SET version = version + 1");
  const tooNew = { name: "Fault", code: "database_too_new", message: /schema version .* Start the newer program/ };
  await assert.rejects(openPostgresStore(url), tooNew);
  await assert.rejects(openPostgresStore(url), tooNew);
  assert.equal((await stores[0]?.licenses())?.length, 1, "a node of before goes on");
});

test("[SEAT-2] [STORE-9] nodes that race for one pool never give more seats than there are", async (t) => {
  const { stores } = await nodes(t, 3);
  const [first] = stores as [PostgresStore];
  await addLicense(first, makeLicense());
  let granted = 0;
  const useAndReturn = async (store: PostgresStore, holder: string) => {
    for (let round = 0; round < 40; round += 1) {
      const seat = await takeOneOfTen(store, holder);
      if (seat === undefined) continue;
      granted += 1;
      await giveBack(store, seat);
    }
  };
  await Promise.all(
    stores.flatMap((store, at) => Array.from({ length: 16 }, (_, n) => useAndReturn(store, `${at} ${n}`))),
  );
  assert.ok(granted > 100, `${granted} were granted`);
  assert.equal(await mostAtOnce(first), TEN);
  assert.deepEqual(await first.seats(), []);
  const ids = (await first.events(0, 100_000)).map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
  assert.equal((await first.verifyEvents()).brokenAt, null);
});

test("[STORE-8] nodes give no seat id twice", async (t) => {
  const { stores } = await nodes(t, 2);
  const [first, second] = stores as [PostgresStore, PostgresStore];
  for (let id = 1; id <= 20; id += 1) await addLicense(first, makeLicense({ id }));
  const takes = Array.from({ length: 400 }, (_, at) =>
    takeOneOfTen(at % 2 === 0 ? first : second, `user ${at}`, (at % 20) + 1),
  );
  const ids = (await Promise.all(takes)).flatMap((seat) => (seat === undefined ? [] : [seat.id]));
  assert.equal(ids.length, 200);
  assert.equal(new Set(ids).size, 200);
});

test("[STORE-9] what one node decides, another sees at once, and hears of", async (t) => {
  const { stores } = await nodes(t, 2);
  const [first, second] = stores as [PostgresStore, PostgresStore];
  await addLicense(first, makeLicense());
  const heard = new Promise<void>((resolve) => t.after(second.onChange(resolve)));
  const seat = await takeOneOfTen(first, "ann");
  assert.deepEqual(
    (await second.seats()).map((each) => each.seat),
    [seat],
  );
  assert.equal(await takeOneOfTen(second, "ann"), undefined);
  await heard;
});

test("[STORE-9] an event that is committed late is passed over by no reader", async (t) => {
  const { url, stores } = await nodes(t, 1);
  const [store] = stores as [PostgresStore];
  await addLicense(store, makeLicense());
  await addLicense(store, makeLicense({ id: 2 }));
  await record(store, { kind: "license_updated", licenseId: 1, featureId: 0 });
  const [{ id: before } = { id: 0 }] = await store.events(0, 1, { isNewestFirst: true });
  const late = new (await import("pg")).Client(url);
  await late.connect();
  t.after(() => late.end());
  await late.query("BEGIN");
  const [lateId] = (await late.query(TAKE_EVENT_IDS.text, [1])).rows[0].ids.map(Number);
  await takeOneOfTen(store, "ann", 2);
  assert.deepEqual(await store.events(before, 10), [], "what comes after it waits for it");
  await late.query("INSERT INTO event VALUES ($1, 0, 'license_updated', 3, 0, NULL, NULL, 'late')", [lateId]);
  await late.query("COMMIT");
  const after = await store.events(before, 10);
  assert.deepEqual(
    after.map(({ licenseId }) => licenseId),
    [3, 2],
  );
});

test("[STORE-4] events of several nodes are one chain for each license, and a change to any shows", async (t) => {
  const { url, stores } = await nodes(t, 2);
  const [first, second] = stores as [PostgresStore, PostgresStore];
  for (const id of [1, 2]) await addLicense(first, makeLicense({ id }));
  for (const holder of ["ann", "bob", "cy"]) {
    await Promise.all([takeOneOfTen(first, holder, 1), takeOneOfTen(second, holder, 2)]);
  }
  assert.deepEqual(await second.verifyEvents(), { events: 6, brokenAt: null });
  const tampered = async (sql: string) => {
    await queryDatabase(url, `CREATE TABLE kept AS SELECT * FROM event; ${sql}`);
    const { brokenAt } = await first.verifyEvents();
    await queryDatabase(url, "DELETE FROM event; INSERT INTO event SELECT * FROM kept; DROP TABLE kept");
    return brokenAt;
  };
  const ids = (await first.events(0, 10, { licenseIds: [1] })).map(({ id }) => id);
  const [one = 0, two = 0, three = 0] = ids;
  assert.equal(await tampered(`UPDATE event SET holder = 'mallory' WHERE id = ${two}`), two);
  assert.equal(await tampered(`UPDATE event SET at = at + 1 WHERE id = ${three}`), three);
  assert.equal(await tampered(`DELETE FROM event WHERE id = ${one}`), two);
  assert.equal(await tampered(`DELETE FROM event WHERE id = ${three}`), three, "the last one is missing");
  assert.equal(
    (await tampered("DELETE FROM event WHERE license_id = 2")) !== null,
    true,
    "all of a license are missing",
  );
  assert.equal((await first.verifyEvents()).brokenAt, null);
});

test("[USAGE-4] seats as events tell them are those of one moment, whatever nodes are doing", async (t) => {
  const { stores } = await nodes(t, 2);
  const [first, second] = stores as [PostgresStore, PostgresStore];
  for (let id = 1; id <= 4; id += 1) await addLicense(first, makeLicense({ id }));
  let isOver = false;
  const busy = stores.flatMap((store, node) =>
    [1, 2, 3, 4].map(async (licenseId) => {
      const kept: Seat[] = [];
      for (let round = 0; !isOver; round += 1) {
        const seat = await takeOneOfTen(store, `user ${node} ${round}`, licenseId);
        if (seat !== undefined) kept.push(seat);
        const back = kept.length > round % 5 ? kept.shift() : undefined;
        if (back !== undefined) await giveBack(store, back);
      }
    }),
  );
  for (let look = 0; look < 40; look += 1) {
    const { lastEventId, seats } = await second.seatsAsTold();
    const told = new Map<string, boolean>();
    for (const { id, licenseId, holder, kind } of await first.events(0, 1_000_000)) {
      if (id <= lastEventId) told.set(`${licenseId} ${holder}`, kind === "seat_granted");
    }
    const expected = [...told].filter(([, isOut]) => isOut).map(([name]) => name);
    assert.deepEqual(seats.map((seat) => `${seat.licenseId} ${seat.holder}`).sort(), expected.sort());
  }
  isOver = true;
  await Promise.all(busy);
});

test("[USAGE-4] what the seats are told to follow from can be read, even while its commit is still letting go of locks", async (t) => {
  const { url, stores } = await nodes(t, 1);
  const [store] = stores as [PostgresStore];
  await addLicense(store, makeLicense());
  const committing = new (await import("pg")).Client(url);
  await committing.connect();
  t.after(() => committing.end());
  // Of the lock that the commit of the seat holds: others may see the seat before it is gone.
  await takeOneOfTen(store, "ann");
  await committing.query("SELECT pg_advisory_lock_shared((24231::bigint << 48) + 0)");
  let isTold = false;
  const told = store.seatsAsTold().finally(() => {
    isTold = true;
  });
  assert.deepEqual(await store.events(0, 10), []);
  for (let look = 0; look < 20; look += 1) await store.seats();
  assert.equal(isTold, false);
  await committing.query("SELECT pg_advisory_unlock_all()");
  const { lastEventId, seats } = await told;
  assert.equal(seats.length, 1);
  assert.deepEqual((await store.events(0, 10)).at(-1)?.id, lastEventId);
});

test("[STORE-9] a job is one node's at a time, and free again when it is done, or its node is gone", async (t) => {
  const { url, stores } = await nodes(t, 2);
  const [first, second] = stores as [PostgresStore, PostgresStore];
  const other = (job: string) => second.alone(job, async () => ({ by: "second" }));
  const done = await first.alone("job", async () => ({ meanwhile: await other("job"), else: await other("another") }));
  assert.deepEqual(done, { meanwhile: undefined, else: { by: "second" } });
  assert.deepEqual(await other("job"), { by: "second" });
  await assert.rejects(
    first.alone("job", async () => {
      throw new Error("oops");
    }),
    { message: "oops" },
  );
  const free = async () => {
    while ((await other("job")) === undefined);
  };
  await free();
  const cut = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND mode = 'ExclusiveLock'";
  await assert.rejects(first.alone("job", async () => ({ cut: await queryDatabase(url, cut) })));
  await free();
});
