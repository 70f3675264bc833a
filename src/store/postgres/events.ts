import { setTimeout as wait } from "node:timers/promises";
import type { ClientBase, Pool } from "pg";
import { CHAIN_START, hashEvent } from "../event-chain.ts";
import type { ChainReport, EventFilter, EventRecord } from "../store.ts";
import { eventFromRow, type Row } from "./rows.ts";
import { searchable } from "./searchable.ts";

const COLUMNS = "id, at, kind, license_id, feature_id, holder, data, hash";
const PAGE = 2_000;

/** Up to which id every event is there that ever will be: a statement after this one sees them. */
async function eventHorizon(client: ClientBase | Pool): Promise<number> {
  const { rows } = await client.query({ name: "event_horizon", text: "SELECT event_horizon() AS id" });
  return rows[0]?.["id"] as number;
}

/**
 * Waits until an event that was seen is one that `searchEvents` tells. A commit can be seen before its locks are let go, one
 * after another, so that somebody may know of it a moment before the horizon does.
 */
export async function untilTold(client: ClientBase, eventId: number): Promise<void> {
  while ((await eventHorizon(client)) < eventId) await wait(1);
}

/** Events that fit a filter, in the order of their ids. What commits late is not passed over: it is waited with all after it. */
export async function searchEvents(
  pool: Pool,
  afterId: number,
  limit: number,
  filter: EventFilter = {},
): Promise<readonly EventRecord[]> {
  const { kinds, licenseIds, featureIds, holders, dataHas, since, until, isNewestFirst = false } = filter;
  const horizon = await eventHorizon(pool);
  const values: unknown[] = [];
  const conditions: string[] = [];
  const add = (condition: string, value: unknown) => {
    if (value === undefined) return;
    values.push(searchable(value));
    conditions.push(condition.replace("?", () => `$${values.length}`));
  };
  add("id <= ?", horizon);
  if (!isNewestFirst) add("id > ?", afterId);
  else if (afterId > 0) add("id < ?", afterId);
  add("kind = ANY (?)", kinds);
  add("license_id = ANY (?::bigint[])", licenseIds);
  add("feature_id = ANY (?::bigint[])", featureIds);
  add("holder = ANY (?)", holders);
  add("strpos(data, ?) > 0", dataHas);
  add("at >= ?", since);
  add("at <= ?", until);
  const order = isNewestFirst ? "DESC" : "ASC";
  values.push(limit);
  const text = `SELECT ${COLUMNS} FROM event WHERE ${conditions.join(" AND ")} ORDER BY id ${order} LIMIT $${values.length}`;
  const { rows } = await pool.query(text, values);
  return rows.map(eventFromRow);
}

/** Verifies them as they are at one moment. [STORE-4] */
export async function verifyEvents(client: ClientBase): Promise<ChainReport> {
  await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  try {
    return await verifyChains(client);
  } finally {
    await client.query("ROLLBACK");
  }
}

/**
 * Recomputes the chain of each license, and that of events about none, page by page in the transaction that is open; and
 * compares their ends with what is kept beside the licenses, so that missing last events show too.
 */
export async function verifyChains(client: ClientBase): Promise<ChainReport> {
  const last = new Map<number, { hash: string; events: number }>();
  let events = 0;
  for (let afterId = 0; ; ) {
    const text = `SELECT ${COLUMNS} FROM event WHERE id > $1 ORDER BY id LIMIT ${PAGE}`;
    const { rows } = await client.query({ name: "events_page", text, values: [afterId] });
    for (const record of rows.map(eventFromRow)) {
      const before = last.get(record.licenseId) ?? { hash: CHAIN_START, events: 0 };
      if (record.hash !== hashEvent(before.hash, record)) return { events, brokenAt: record.id };
      last.set(record.licenseId, { hash: record.hash, events: before.events + 1 });
      events += 1;
      afterId = record.id;
    }
    if (rows.length < PAGE) break;
  }
  const { rows } = await client.query(
    "SELECT license_id, hash, events, last_event_id FROM chain ORDER BY last_event_id",
  );
  for (const row of rows as Row[]) {
    const end = last.get(row["license_id"] as number) ?? { hash: CHAIN_START, events: 0 };
    const isWhole = end.hash === row["hash"] && end.events === row["events"];
    if (!isWhole) return { events, brokenAt: row["last_event_id"] as number };
  }
  return { events, brokenAt: null };
}
