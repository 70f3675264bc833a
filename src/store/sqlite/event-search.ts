import { setImmediate as turn } from "node:timers/promises";
import type { Instant } from "../../domain/instant.ts";
import { EVENT_DISORDER } from "../copy/own-facts.ts";
import { CHAIN_START, verifyChain } from "../event-chain.ts";
import type { ChainReport, EventFilter, EventRecord } from "../store.ts";
import { eventFromRow, type Row } from "./rows.ts";
import type { Statements } from "./statements.ts";

/*
 * There may be millions of events, and seats are handed out meanwhile: nothing here looks at more than some thousands
 * of them in one turn of the event loop.
 */

const EVENTS_PER_TURN = 10_000;
/** Hashing takes longer than looking. */
const HASHES_PER_TURN = 2_000;

/** Events that fit a filter, found without an index on them: writing one would cost every check-out. */
export async function searchEvents(
  read: () => Statements,
  afterId: number,
  limit: number,
  filter: EventFilter | undefined,
): Promise<readonly EventRecord[]> {
  if (filter === undefined) return read().events.all(afterId, limit).map(eventFromRow);
  const { since, until, isNewestFirst = false } = filter;
  const disorderMs = Number(read().findFact.get(EVENT_DISORDER)?.["value"] ?? 0);
  let first = since === undefined ? 1 : firstIdAt(read(), since - disorderMs);
  let last = until === undefined ? lastId(read()) : firstIdAt(read(), until + disorderMs + 1) - 1;
  if (!isNewestFirst) first = Math.max(first, afterId + 1);
  else if (afterId > 0) last = Math.min(last, afterId - 1);
  const values = {
    kinds: asList(filter.kinds),
    licenses: asList(filter.licenseIds),
    features: asList(filter.featureIds),
    holders: asList(filter.holders),
    part: filter.dataHas ?? null,
    since: since ?? null,
    until: until ?? null,
  };
  const found: EventRecord[] = [];
  while (first <= last && found.length < limit) {
    const from = isNewestFirst ? Math.max(first, last - EVENTS_PER_TURN + 1) : first;
    const to = isNewestFirst ? last : Math.min(last, first + EVENTS_PER_TURN - 1);
    const statement = isNewestFirst ? read().searchEventsBack : read().searchEvents;
    const rows = statement.all({ ...values, first: from, last: to, limit: limit - found.length });
    for (const row of rows) found.push(eventFromRow(row));
    if (isNewestFirst) last = from - 1;
    else first = to + 1;
    if (first <= last && found.length < limit) await turn();
  }
  return found;
}

/** Recomputes the hash chain, page by page. */
export async function verifyEvents(read: () => Statements): Promise<ChainReport> {
  let lastId = 0;
  let previous = { events: 0, hash: CHAIN_START };
  for (;;) {
    const page = read().events.all(lastId, HASHES_PER_TURN).map(eventFromRow);
    const report = verifyChain(page, previous);
    const end = page.at(-1);
    if (report.brokenAt !== null || end === undefined) return report;
    lastId = end.id;
    previous = { events: report.events, hash: end.hash };
    await turn();
  }
}

function lastId(read: Statements): number {
  return ((read.lastEvent.get() as Row | undefined)?.["id"] as number | undefined) ?? 0;
}

/**
 * The first event of that time or later, or the id that the next one will have. Times go back along ids by no more than the
 * disorder that was copied from another store: by that much it may be another one.
 */
function firstIdAt(read: Statements, at: Instant): number {
  let low = 1;
  let high = lastId(read) + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const row = read.eventFrom.get(middle) as Row;
    if ((row["at"] as number) >= at) high = middle;
    else low = (row["id"] as number) + 1;
  }
  return low;
}

function asList(values: readonly unknown[] | undefined): string | null {
  return values === undefined ? null : JSON.stringify(values);
}
