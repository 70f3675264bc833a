import { Fault } from "../../fault.ts";
import type { Clock } from "../decision-time.ts";
import { DatabaseTime } from "./database-time.ts";
import { migrate } from "./migrate.ts";
import { checkServer, openPool } from "./pool.ts";
import { unavailable } from "./postgres-error.ts";
import { PostgresStore } from "./postgres-store.ts";
import { Remembered } from "./remembered.ts";
import { SeatIds } from "./seat-ids.ts";
import { LAST_ALIVE } from "./statements.ts";

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
  const { poolSize = POOL_SIZE, answerWithinMs = ANSWER_WITHIN_MS, clock } = options;
  try {
    const time = await prepare(url, answerWithinMs, clock);
    const node = { time, seatIds: new SeatIds(), remembered: new Remembered() };
    const store = new PostgresStore(url, poolSize, answerWithinMs, node);
    try {
      await store.opened();
      return store;
    } catch (error) {
      await store.close();
      throw error;
    }
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw unavailable(`the database of store.url cannot be opened: ${(error as Error).message}`, error);
  }
}

/** Makes what is not there yet. @returns the database's clock */
async function prepare(url: string, answerWithinMs: number, clock: Clock | undefined): Promise<DatabaseTime> {
  const pool = openPool(url, 1, answerWithinMs);
  try {
    const client = await pool.connect();
    try {
      await checkServer(client);
      await migrate(client);
      const { rows } = await client.query(
        `SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint AS clock,
           ${LAST_ALIVE} AS last`,
      );
      return new DatabaseTime(clock, rows[0]?.["clock"] as number, rows[0]?.["last"] as number);
    } finally {
      client.release();
    }
  } finally {
    await pool.end();
  }
}
