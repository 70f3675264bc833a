import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Client } from "pg";
import { queryDatabase, usePostgresServer } from "../../../test/support/postgres-server.ts";

/*
 * Why a transaction locks first, and reads in another statement. These are the ways that look as good and are not: each
 * gives more seats than there are. They are here so that nobody makes the store simpler by one of them.
 */

const server = await usePostgresServer({ after });
const CAPACITY = 10;
const TAKERS = 24;
/** Races are lost now and then only. */
const MOST_ROUNDS = 40;

const TAKE = "INSERT INTO taken SELECT FROM generate_series(1, 1)";
const COUNT = "(SELECT count(*) FROM taken)";

type Way = (client: Client) => Promise<void>;

const lockThenCount: Way = async (client) => {
  await client.query("SELECT FROM lock FOR UPDATE");
  const { rows } = await client.query(`SELECT ${COUNT} < ${CAPACITY} AS is_free`);
  if (rows[0].is_free) await client.query(TAKE);
};

const countThenLock: Way = async (client) => {
  const { rows } = await client.query(`SELECT ${COUNT} < ${CAPACITY} AS is_free`);
  await client.query("SELECT FROM lock FOR UPDATE");
  if (rows[0].is_free) await client.query(TAKE);
};

const lockAndCountAtOnce: Way = async (client) => {
  const { rows } = await client.query(`SELECT ${COUNT} < ${CAPACITY} AS is_free FROM lock FOR UPDATE`);
  if (rows[0].is_free) await client.query(TAKE);
};

const countOnly: Way = async (client) => {
  await client.query(`INSERT INTO taken SELECT FROM generate_series(1, 1) WHERE ${COUNT} < ${CAPACITY}`);
};

/** @returns the most seats that were out in any round */
async function race(way: Way, isEnough: (taken: number) => boolean): Promise<number> {
  const url = await server.makeDatabase();
  await queryDatabase(url, "CREATE TABLE lock (one integer); INSERT INTO lock VALUES (1); CREATE TABLE taken ()");
  const clients = Array.from({ length: TAKERS }, () => new Client(url));
  await Promise.all(clients.map((client) => client.connect()));
  let most = 0;
  for (let round = 0; round < MOST_ROUNDS && !isEnough(most); round += 1) {
    await queryDatabase(url, "TRUNCATE taken");
    await Promise.all(
      clients.map(async (client) => {
        await client.query("BEGIN");
        await way(client);
        await client.query("COMMIT");
      }),
    );
    const [row] = await queryDatabase(url, `SELECT ${COUNT}::int AS taken`);
    most = Math.max(most, row?.["taken"] as number);
  }
  await Promise.all(clients.map((client) => client.end()));
  return most;
}

test("[STORE-9] a lock, and then a count in another statement, give as many seats as there are", async () => {
  assert.equal(await race(lockThenCount, () => false), CAPACITY);
});

for (const [name, way] of [
  ["a count before the lock", countThenLock],
  ["a lock and a count in one statement", lockAndCountAtOnce],
  ["a count without a lock", countOnly],
] as const) {
  test(`[STORE-9] ${name} would give more seats than there are`, async (t) => {
    const most = await race(way, (taken) => taken > CAPACITY);
    t.diagnostic(`${most} of ${CAPACITY}`);
    assert.ok(most > CAPACITY, `${most} of ${CAPACITY}`);
  });
}
