import { hash } from "node:crypto";
import type { SeatEvent } from "../domain/event.ts";
import type { Instant } from "../domain/instant.ts";
import type { ChainReport, EventRecord } from "./store.ts";

/** What the first event's hash is made over. */
export const CHAIN_START = "0".repeat(64);

/** SHA-256 over the previous hash and the event, so that a missing or changed row shows. [STORE-4] */
export function hashEvent(previous: string, event: Omit<EventRecord, "hash">): string {
  const { id, at, kind, licenseId, featureId, holder, data } = event;
  return hash("sha256", `${previous}\n${JSON.stringify([id, at, kind, licenseId, featureId, holder, data])}`, "hex");
}

/** The record that follows `previous` in a chain. */
export function chainEvent(previous: { id: number; hash: string }, at: Instant, event: SeatEvent): EventRecord {
  const record = {
    id: previous.id + 1,
    at,
    kind: event.kind,
    licenseId: event.licenseId,
    featureId: event.featureId,
    holder: event.holder ?? null,
    data: event.data === undefined ? null : JSON.stringify(event.data),
  };
  return { ...record, hash: hashEvent(previous.hash, record) };
}

/** Where a chain has come to. */
interface ChainEnd {
  readonly events: number;
  readonly hash: string;
}

/** Follows a chain from its first event, or on from where it has come to. Ids may have gaps: the hash before is what counts. */
export function verifyChain(
  records: Iterable<EventRecord>,
  start: ChainEnd = { events: 0, hash: CHAIN_START },
): ChainReport {
  let { events, hash: previous } = start;
  for (const record of records) {
    if (record.hash !== hashEvent(previous, record)) return { events, brokenAt: record.id };
    previous = record.hash;
    events += 1;
  }
  return { events, brokenAt: null };
}
