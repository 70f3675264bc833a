import type { EventKind } from "../../domain/event.ts";
import { recordFields } from "../../domain/records.ts";
import type { EventRecord } from "../store.ts";

/** JSON is copied as the text it is. */
export type ColumnKind = "integer" | "text" | "json";
export type CopyValue = number | string | null;
/** The values of a row, in the order of its table's columns. */
export type CopyRow = readonly CopyValue[];

/** A table as both stores have it. Columns that only one of them has are made of these, or anew. */
export interface CopyTable {
  readonly name: string;
  readonly columns: readonly (readonly [name: string, kind: ColumnKind])[];
}

function table(name: string, columns: Readonly<Record<string, ColumnKind>>): CopyTable {
  return { name, columns: Object.entries(columns) };
}

const document = { id: "integer", document: "json" } as const;

export const FACT = table("fact", { name: "text", value: "text" });

export const LICENSE = table("license", {
  id: "integer",
  added: "integer",
  product: "text",
  document: "json",
  file_digest: "text",
  file_issued: "integer",
});

/** `hash` is not among them: each store chains events in its own way. */
export const EVENT = table("event", {
  id: "integer",
  at: "integer",
  kind: "text",
  license_id: "integer",
  feature_id: "integer",
  holder: "text",
  data: "text",
});

export function eventOf([id, at, kind, licenseId, featureId, holder, data]: CopyRow): Omit<EventRecord, "hash"> {
  return {
    id: id as number,
    at: at as number,
    kind: kind as EventKind,
    licenseId: licenseId as number,
    featureId: featureId as number,
    holder: holder as string | null,
    data: data as string | null,
  };
}

/** Everything that is kept, in the order in which it is copied. [COPY-1] */
export const COPY_TABLES: readonly CopyTable[] = [
  FACT,
  table("sequence", { kind: "text", next: "integer" }),
  LICENSE,
  table("device", { id: "integer", license_id: "integer", hardware_id: "text", document: "json" }),
  ...Object.keys(recordFields).map((kind) => table(kind, document)),
  table("seat", {
    id: "integer",
    license_id: "integer",
    feature_id: "integer",
    holder: "text",
    taken_at: "integer",
    heard_at: "integer",
    beat_ends_at: "integer",
    borrowed_until: "integer",
    needed_until: "integer",
    ends_at: "integer",
    hostname: "text",
    local_ip: "text",
    info: "text",
    registered_at: "integer",
    sdk_version: "text",
    app_version: "text",
  }),
  table("counter", {
    license_id: "integer",
    feature_id: "integer",
    total: "integer",
    period_started_at: "integer",
    overage_limit: "integer",
  }),
  table("kept_reply", { license_id: "integer", key: "text", reply: "json", until: "integer" }),
  table("usage_span", {
    license_id: "integer",
    length: "text",
    start: "integer",
    feature_id: "integer",
    opening: "integer",
    closing: "integer",
    max: "integer",
    seat_ms: "integer",
    denials: "integer",
    levels: "json",
  }),
  table("usage_position", { one: "integer", until: "integer", built_at: "integer" }),
  EVENT,
];

/** How many rows are in memory at a time: those with documents may be long. */
export function batchSize({ columns }: CopyTable): number {
  return columns.some(([, kind]) => kind === "json") ? 200 : 2_000;
}

/** What tells one row of a table from others, for a sentence about it: its first column. */
export function nameOfRow({ name, columns: [key] }: CopyTable, [value]: CopyRow): string {
  return `table ${name}, row with ${key?.[0]} ${JSON.stringify(value)}`;
}
