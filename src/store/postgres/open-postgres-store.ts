import { Fault } from "../../fault.ts";
import type { Clock } from "../decision-time.ts";
import { DatabaseTime } from "./database-time.ts";
import { migrate } from "./migrate.ts";
import { checkServer, openPool } from "./pool.ts";
import { unavailable } from "./postgres-error.ts";
import { PostgresStore } from "./postgres-store.ts";
import { SeatIds } from "./seat-ids.ts";

export interface OpenOptions {
  /** Connections to the database. */
  readonly poolSize?: number;
  /** A server that says nothing for longer is given up, in milliseconds. */
  readonly answerWithinMs?: number;
  /** In the place of the database's. */
  readonly clock?: Clock;
}

const POOL_SIZE = 10;
const ANSWER_WITHIN_MS = 12_000;

/**
 * Opens a database that other nodes may have open as well, and makes what is not there yet.
 *
 * @param url `postgres://…`
 * @throws Fault `database_too_new`, `config_invalid`, or `store_unavailable` where the database cannot be reached
 */
export async function openPostgresStore(url: string, options: OpenOptions = {}): Promise<PostgresStore> {
  const pool = openPool(url, options.poolSize ?? POOL_SIZE, options.answerWithinMs ?? ANSWER_WITHIN_MS);
  try {
    const client = await pool.connect();
    let time: DatabaseTime;
    try {
      await checkServer(client);
      await migrate(client);
      const { rows } = await client.query(
        `SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint AS clock,
           greatest((SELECT alive_at FROM clock), (SELECT max(last_at) FROM chain)) AS last`,
      );
      time = new DatabaseTime(options.clock, rows[0]?.["clock"] as number, rows[0]?.["last"] as number);
    } finally {
      client.release();
    }
    const store = new PostgresStore(url, pool, { time, seatIds: new SeatIds(), known: new Map() });
    try {
      await store.opened();
      return store;
    } catch (error) {
      await store.close();
      throw error;
    }
  } catch (error) {
    await pool.end().catch(() => {});
    if (error instanceof Fault) throw error;
    throw unavailable(`the database of store.url cannot be opened: ${(error as Error).message}`, error);
  }
}
