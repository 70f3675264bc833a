import type { ClientBase } from "pg";
import { hashEvent } from "../event-chain.ts";
import type { EventRecord } from "../store.ts";
import type { Draft } from "./draft.ts";
import { namesToRow } from "./license-names.ts";
import { putRecords, removeRecords } from "./record-statements.ts";
import { counterToRow, eventToRow, seatToRow, usageSpanToRow } from "./rows.ts";
import { type Chain, NEW_CHAIN } from "./seen.ts";
import { run } from "./session.ts";
import type { Shared } from "./shared.ts";
import * as sql from "./statements.ts";

/** Makes records of events, each chained to the one before of its license. [STORE-4] */
export function chainEvents(
  events: Draft["events"],
  ids: readonly number[],
  chains: Map<number, Chain>,
): readonly EventRecord[] {
  return events.map((event, at) => {
    const chain = chains.get(event.licenseId) ?? NEW_CHAIN;
    const id = ids[at] as number;
    const record = { id, ...event };
    const hash = hashEvent(chain.hash, record);
    chains.set(event.licenseId, { ...chain, hash, events: chain.events + 1, lastEventId: id });
    return { ...record, hash };
  });
}

/** What a transaction leaves. */
interface Written {
  readonly draft: Draft;
  /** The rows of the licenses that something was changed of. */
  readonly heads: readonly (readonly [licenseId: number, chain: Chain])[];
  readonly events: readonly EventRecord[];
  readonly shared: Shared | undefined;
  readonly mark: string;
}

/**
 * Sends everything that is to be written, one statement for all of a kind, without waiting in between: the mark with it.
 *
 * @returns the answers, in the order in which the statements were sent
 */
export function writeDraft(client: ClientBase, { draft, heads, events, shared, mark }: Written): Promise<unknown>[] {
  const sent: Promise<unknown>[] = [];
  const send = (statement: sql.Statement, ...values: unknown[]) => sent.push(run(client, statement, ...values));
  const asJson = (rows: readonly unknown[]) => JSON.stringify(rows);
  if (draft.removedLicenses.size > 0) send(sql.REMOVE_LICENSES, [...draft.removedLicenses]);
  const licenses = [...draft.licenses.values()].map(({ license, added, file }) => ({
    id: license.id,
    added,
    ...namesToRow(license),
    document: license,
    file_digest: file?.digest,
    file_issued: file?.issuedAt,
  }));
  if (licenses.length > 0) send(sql.PUT_LICENSES, asJson(licenses), mark);
  const counters = [...draft.counters.values()];
  const gone = counters.filter(({ counter }) => counter === undefined);
  if (gone.length > 0)
    send(
      sql.REMOVE_COUNTERS,
      gone.map((each) => each.licenseId),
      gone.map((each) => each.featureId),
    );
  const counted = counters.flatMap(({ counter }) => (counter === undefined ? [] : [counterToRow(counter)]));
  if (counted.length > 0) send(sql.PUT_COUNTERS, asJson(counted));
  const devices = [...draft.devices.values()].map((document) => {
    const { id, licenseId, hardwareId } = document;
    return { id, license_id: licenseId, hardware_id: hardwareId, document };
  });
  if (devices.length > 0) send(sql.PUT_DEVICES, asJson(devices));
  // In a list, because a null in its place would be no JSON value at all.
  const replies = [...draft.replies.values()].map(({ licenseId, key, reply, until }) => ({
    license_id: licenseId,
    key,
    reply: [reply],
    until,
  }));
  if (replies.length > 0) send(sql.KEEP_REPLIES, asJson(replies));
  for (const { kind, put: records, removed } of shared?.changes() ?? []) {
    if (removed.length > 0) sent.push(removeRecords(client, kind, removed));
    if (records.length > 0) sent.push(putRecords(client, kind, records));
  }
  const used = [...(shared?.usedKinds ?? [])];
  if (used.length > 0)
    send(
      sql.PUT_SEQUENCES,
      used,
      used.map((kind) => shared?.nextIds[kind]),
    );
  for (const change of draft.usage) {
    if (change.change === "put_usage_spans") send(sql.PUT_USAGE_SPANS, asJson(change.spans.map(usageSpanToRow)));
    else if (change.change === "drop_usage_spans") {
      send(sql.DROP_USAGE_SPANS, change.length, change.before, change.most);
    } else if (change.position === null) send(sql.DROP_USAGE_POSITION);
    else send(sql.PUT_USAGE_POSITION, change.position.until, change.position.builtAt);
  }
  const seats = [...draft.seats.values()];
  const ended = seats.filter(({ seat }) => seat === undefined).map(({ key }) => key);
  const put = seats.flatMap(({ seat, details }) => (seat === undefined ? [] : [seatToRow(seat, details)]));
  send(
    sql.WRITE_SEATS,
    ended.map((key) => key.licenseId),
    ended.map((key) => key.holder),
    ended.map((key) => key.featureId),
    asJson(put),
    asJson(events.map(eventToRow)),
    mark,
    heads.map(([id]) => id),
    heads.map(([, chain]) => chain.hash),
    heads.map(([, chain]) => chain.events),
    heads.map(([, chain]) => chain.lastEventId),
    heads.map(([, chain]) => chain.lastAt),
    heads.map(([, chain]) => chain.pools),
  );
  return sent;
}
