import assert from "node:assert/strict";
import { after, type TestContext, test } from "node:test";
import fc from "fast-check";
import { makeLicense } from "../../../test/support/make-license.ts";
import { giveBack, TEN, takeOneOfTen } from "../../../test/support/pool-of-ten.ts";
import { queryDatabase, usePostgresServer } from "../../../test/support/postgres-server.ts";
import { addLicense, change, look } from "../../../test/support/store-acts.ts";
import type { Scope } from "../../domain/decision.ts";
import { openPostgresStore } from "./open-postgres-store.ts";
import type { PostgresStore } from "./postgres-store.ts";

/*
 * What a node remembers of a license must be what the database would say, whoever has changed the license meanwhile.
 */

const server = await usePostgresServer({ after });
const SCOPE: Scope = { license: { product: "cad", licenseId: 1 }, feature: "render" };

async function twoNodes(t: TestContext) {
  const url = await server.makeDatabase();
  const stores = [await openPostgresStore(url), await openPostgresStore(url)] as const;
  t.after(() => Promise.all(stores.map((store) => store.close())));
  await addLicense(stores[0], makeLicense());
  return { url, stores };
}

/** What a node decides by, and what is in the database. */
async function assertTrue(store: PostgresStore, holder: string): Promise<void> {
  const view = await look(store, { ...SCOPE, holder });
  const seats = (await store.seats()).map(({ seat }) => seat);
  assert.equal(view.featurePool.inUse, seats.length);
  assert.equal(view.featurePool.firstEndsAt, seats.map(({ endsAt }) => endsAt).sort((a, b) => a - b)[0]);
  assert.deepEqual(
    view.mine,
    seats.filter((seat) => seat.holder === holder),
  );
}

test("[STORE-9] whatever nodes do in turn, each decides by what is there", async (t) => {
  const { stores } = await twoNodes(t);
  const act = fc.record({ node: fc.nat(1), holder: fc.nat(2 * TEN), other: fc.nat(2 * TEN), isAtOnce: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 40 }), async (acts) => {
      for (const { node, holder, other, isAtOnce } of acts) {
        const [first, second] = node === 0 ? stores : stores.toReversed();
        const takeOrReturn = async (store: PostgresStore, name: string) => {
          const seat = await takeOneOfTen(store, name);
          if (seat !== undefined) return;
          const [mine] = await store.seatsOf(1, name);
          if (mine !== undefined) await giveBack(store, mine);
        };
        const changing = [takeOrReturn(first as PostgresStore, `user ${holder}`)];
        if (isAtOnce) changing.push(takeOrReturn(second as PostgresStore, `user ${other}`));
        await Promise.all(changing);
        await assertTrue(second as PostgresStore, `user ${other}`);
        await assertTrue(first as PostgresStore, `user ${holder}`);
      }
    }),
    { numRuns: 20 },
  );
});

test("[STORE-9] [HOLD-1] a hold that another node has put, or taken away, is seen", async (t) => {
  const { stores } = await twoNodes(t);
  const [first, second] = stores;
  const scope = { ...SCOPE, holder: "ann" };
  const hold = { id: 1, licenseId: 1, featureId: 11, holder: "ann", until: Date.now() + 60_000, reason: null };
  const held = async (store: PostgresStore) => (await look(store, scope)).holds.map(({ id }) => id);
  for (const store of stores) assert.ok((await takeOneOfTen(store, `user of ${stores.indexOf(store)}`)) !== undefined);
  assert.deepEqual([await held(first), await held(second)], [[], []]);
  await change(first, { change: "put_record", kind: "hold", record: hold });
  assert.deepEqual([await held(first), await held(second)], [[1], [1]]);
  await change(second, { change: "remove_record", kind: "hold", id: 1 });
  assert.deepEqual([await held(first), await held(second)], [[], []]);
});

test("[STORE-9] a license that another node has renamed, replaced or removed is meant no longer", async (t) => {
  const { stores } = await twoNodes(t);
  const [first, second] = stores;
  const meant = async (store: PostgresStore) => (await look(store, { license: { product: "cad" } })).license?.id;
  assert.deepEqual([await meant(first), await meant(second)], [1, 1]);
  await addLicense(first, makeLicense({ id: 2 }));
  assert.deepEqual([await meant(first), await meant(second)], [2, 2], "the one that was added last");
  await change(second, { change: "remove_license", licenseId: 2 });
  assert.deepEqual([await meant(first), await meant(second)], [1, 1]);
  await change(first, { change: "remove_license", licenseId: 1 });
  assert.deepEqual([await meant(first), await meant(second)], [undefined, undefined]);
});

test("[STORE-9] what a failover has lost is not remembered, even if as much has happened since", async (t) => {
  const { url, stores } = await twoNodes(t);
  const [first, second] = stores;
  await takeOneOfTen(first, "before");
  const tables = ["chain", "seat", "event", "mark"];
  for (const table of tables) await queryDatabase(url, `CREATE TABLE standby_${table} AS SELECT * FROM ${table}`);
  const lost = await takeOneOfTen(first, "lost");
  for (const table of tables) {
    await queryDatabase(url, `DELETE FROM ${table}; INSERT INTO ${table} SELECT * FROM standby_${table}`);
  }
  const kept = await takeOneOfTen(second, "kept");
  assert.ok(lost !== undefined && kept !== undefined);
  await assertTrue(first, "lost");
  await assertTrue(first, "kept");
});
