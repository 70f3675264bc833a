import assert from "node:assert/strict";
import { after, type TestContext, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { makeLicense } from "../../../test/support/make-license.ts";
import { giveBack, mostAtOnce, TEN, takeOneOfTen } from "../../../test/support/pool-of-ten.ts";
import { queryDatabase, usePostgresServer } from "../../../test/support/postgres-server.ts";
import { addLicense, take } from "../../../test/support/store-acts.ts";
import { START, TestClock } from "../../../test/support/test-clock.ts";
import type { Seat } from "../../domain/seat.ts";
import { openPostgresStore } from "./open-postgres-store.ts";
import type { PostgresStore } from "./postgres-store.ts";

const server = await usePostgresServer({ after });
const MINUTE = 60_000;

interface Kept {
  /** What its holder was told last: the seat, or that there is none. */
  readonly told: Map<string, Seat | undefined>;
  /** Holders whose last request was answered with a fault. */
  readonly unsure: Set<string>;
  granted: number;
  refused: number;
}

/** Clients that take seats and give them back, until that is over. */
function useSeats(stores: readonly PostgresStore[], isOver: () => boolean): { kept: Kept; done: Promise<unknown> } {
  const kept: Kept = { told: new Map(), unsure: new Set(), granted: 0, refused: 0 };
  const use = async (store: PostgresStore, holder: string) => {
    while (!isOver()) {
      try {
        const held = kept.told.get(holder);
        if (held !== undefined && !kept.unsure.has(holder)) {
          kept.unsure.add(holder);
          await giveBack(store, held);
          kept.told.set(holder, undefined);
        } else {
          kept.unsure.add(holder);
          const seat = await takeOneOfTen(store, holder);
          // Who was not sure may have one already.
          if (seat === undefined && held !== undefined) continue;
          kept.told.set(holder, seat);
          if (seat !== undefined) kept.granted += 1;
        }
        kept.unsure.delete(holder);
      } catch (error) {
        assert.equal((error as { code?: string }).code, "store_unavailable", String(error));
        kept.refused += 1;
      }
    }
  };
  const done = Promise.all(
    stores.flatMap((store, at) => Array.from({ length: 8 }, (_, n) => use(store, `${at} ${n}`))),
  );
  return { kept, done };
}

async function assertKept(store: PostgresStore, kept: Kept): Promise<void> {
  const held = new Map((await store.seats()).map(({ seat }) => [seat.holder, seat.id]));
  for (const [holder, seat] of kept.told) {
    if (!kept.unsure.has(holder)) assert.equal(held.get(holder), seat?.id, `what ${holder} was told`);
  }
  assert.ok((await mostAtOnce(store)) <= TEN);
  assert.equal((await store.verifyEvents()).brokenAt, null);
  const [pool] = await store.seatsAsTold().then(({ seats }) => [seats.length]);
  assert.equal((await store.usage(1))?.inUse.get(11), pool, "seats are counted as they are");
}

async function openNodes(t: TestContext, count: number): Promise<{ url: string; stores: PostgresStore[] }> {
  const url = await server.makeDatabase();
  const stores = await Promise.all(Array.from({ length: count }, () => openPostgresStore(url)));
  t.after(() => Promise.all(stores.map((store) => store.close())));
  await addLicense(stores[0] as PostgresStore, makeLicense());
  return { url, stores };
}

test("[STORE-7] connections that end in the middle of transactions lose no seat that was answered", async (t) => {
  const { url, stores } = await openNodes(t, 2);
  let isOver = false;
  const { kept, done } = useSeats(stores, () => isOver);
  const cut = `SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND random() < 0.5`;
  for (let cuts = 0; cuts < 15; cuts += 1) {
    await queryDatabase(url, cut);
    await pause(60);
  }
  isOver = true;
  await done;
  t.diagnostic(`${kept.granted} granted, ${kept.refused} refused`);
  assert.ok(kept.granted > 20, `${kept.granted} were granted`);
  await assertKept(stores[0] as PostgresStore, kept);
});

test("[STORE-7] a server that crashes and comes back loses no seat that was answered, and nodes go on by themselves", async (t) => {
  if (!server.isOurs) return t.skip("the server is not ours to crash");
  const { stores } = await openNodes(t, 2);
  let isOver = false;
  const { kept, done } = useSeats(stores, () => isOver);
  for (let crashes = 0; crashes < 2; crashes += 1) {
    await pause(300);
    await server.restart("SIGQUIT");
  }
  const grantedBefore = kept.granted;
  while (kept.granted < grantedBefore + 20) await pause(20);
  isOver = true;
  await done;
  t.diagnostic(`${kept.granted} granted, ${kept.refused} refused`);
  await assertKept(stores[0] as PostgresStore, kept);
});

test("[STORE-7] while the database cannot be reached everything is store_unavailable, and a node does not start", async (t) => {
  const gone = "postgres://nobody@127.0.0.1:1/none";
  await assert.rejects(openPostgresStore(gone), { name: "Fault", code: "store_unavailable" });
  const { stores } = await openNodes(t, 1);
  await stores[0]?.close();
  for (const asked of [takeOneOfTen(stores[0] as PostgresStore, "ann"), stores[0]?.seats(), stores[0]?.sweep()]) {
    await assert.rejects(asked as Promise<unknown>, { name: "Fault", code: "store_unavailable" });
  }
});

test("[TIME-5] the first node to start gives the seats the time back in which none was alive, and only that one", async (t) => {
  const url = await server.makeDatabase();
  const clock = new TestClock();
  const before = await openPostgresStore(url, { clock });
  await addLicense(before, makeLicense());
  await take(before, { holder: "ann", ms: 5 * MINUTE });
  const other = await openPostgresStore(url, { clock });
  await before.close();
  clock.advance(MINUTE);
  const ends = async (store: PostgresStore) => ((await store.seats())[0]?.seat.endsAt ?? 0) - START;
  const second = await openPostgresStore(url, { clock });
  assert.equal(await ends(second), 5 * MINUTE, "another node was alive");
  await Promise.all([other.close(), second.close()]);
  clock.advance(2 * MINUTE);
  const started = await Promise.all([openPostgresStore(url, { clock }), openPostgresStore(url, { clock })]);
  t.after(() => Promise.all(started.map((store) => store.close())));
  for (const store of started) assert.equal(await ends(store), 7 * MINUTE);
  const told = (await started[0].events(0, 100)).filter(({ kind }) => kind === "seats_extended");
  assert.deepEqual(
    told.map(({ data }) => data),
    [JSON.stringify({ seats: 1, downMs: 2 * MINUTE })],
  );
});

test("[TIME-2] a node goes on from the time that another has decided at, though the clock was set back", async (t) => {
  const url = await server.makeDatabase();
  const [ahead, behind] = [new TestClock(START + MINUTE), new TestClock(START)];
  const [first, second] = await Promise.all([
    openPostgresStore(url, { clock: ahead }),
    openPostgresStore(url, { clock: behind }),
  ]);
  t.after(() => Promise.all([first.close(), second.close()]));
  await addLicense(first, makeLicense());
  const seat = await take(first, { holder: "ann", ms: 10_000 });
  const later = await take(second, { holder: "bob", ms: 10_000 });
  assert.equal(later.heardAt, seat.heardAt);
  behind.advance(10_000);
  assert.deepEqual((await second.seats()).length, 0, "and time goes on from there");
});
