import type { Pool } from "pg";
import type { SeatsAsTold } from "../store.ts";
import { DECIDING } from "./advisory-locks.ts";
import type { DatabaseTime } from "./database-time.ts";
import { untilTold } from "./events.ts";
import { SEAT_COLUMNS, seatFromRow } from "./rows.ts";

/** In a moment in which nothing is being decided: then what is there is what the events until now tell. */
export async function readSeatsAsTold(pool: Pool, time: DatabaseTime, licenseId?: number): Promise<SeatsAsTold> {
  const client = await pool.connect();
  let isDone = false;
  try {
    // The snapshot is the first statement's that reads, so the lock comes before the transaction.
    await client.query(`SELECT pg_advisory_lock(${DECIDING})`);
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const last = await client.query("SELECT coalesce(max(id), 0) AS id FROM event");
    const now = time.now();
    await client.query(`SELECT pg_advisory_unlock(${DECIDING})`);
    const { rows } = await client.query(
      `SELECT ${SEAT_COLUMNS} FROM seat ${licenseId === undefined ? "" : "WHERE license_id = $1"}`,
      licenseId === undefined ? [] : [licenseId],
    );
    await client.query("COMMIT");
    const lastEventId = last.rows[0]?.["id"] as number;
    await untilTold(client, lastEventId);
    isDone = true;
    return { now, lastEventId, seats: rows.map(seatFromRow) };
  } finally {
    client.release(!isDone);
  }
}
