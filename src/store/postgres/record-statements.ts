import type { ClientBase, Pool } from "pg";
import type { RecordKind, RecordRef, Records } from "../../domain/records.ts";
import type { Row } from "./rows.ts";
import { isSearchable } from "./searchable.ts";

/*
 * Every kind has a table of the same form, so its statements are written by name. Names of kinds and fields are those of
 * the domain, never a caller's text.
 */

type Where<Kind extends RecordKind> = Omit<RecordRef<Kind>, "kind">;

/** All records of a kind, or those with that value of a field, by their ids. @param client or a pool of them */
export async function findRecords<Kind extends RecordKind>(
  client: ClientBase | Pool,
  kind: Kind,
  where?: Where<Kind>,
): Promise<Records[Kind][]> {
  if (where === undefined) {
    const { rows } = await client.query({ name: `all ${kind}`, text: `SELECT document FROM "${kind}" ORDER BY id` });
    return rows.map(fromRow<Kind>);
  }
  const { field, value } = where;
  if (!isSearchable(value) || (field === "id" && typeof value !== "number")) return [];
  const column = field === "id" ? "id" : `(document ->> '${String(field)}') COLLATE "C"`;
  const text = `SELECT document FROM "${kind}" WHERE ${column} = $1 ORDER BY id`;
  const { rows } = await client.query({ name: `${kind} by ${String(field)}`, text, values: [String(value)] });
  // The number 7 and the text "7" are different values.
  const isAsked = (record: Records[Kind]) => (record as unknown as Row)[String(field)] === value;
  return rows.map(fromRow<Kind>).filter(isAsked);
}

export async function putRecords(client: ClientBase, kind: RecordKind, records: readonly Records[RecordKind][]) {
  const text = `INSERT INTO "${kind}" SELECT * FROM json_populate_recordset(NULL::"${kind}", $1)
    ON CONFLICT (id) DO UPDATE SET document = excluded.document`;
  const rows = JSON.stringify(records.map((document) => ({ id: document.id, document })));
  await client.query({ name: `put ${kind}`, text, values: [rows] });
}

export async function removeRecords(client: ClientBase, kind: RecordKind, ids: readonly number[]): Promise<void> {
  const text = `DELETE FROM "${kind}" WHERE id = ANY ($1::bigint[])`;
  await client.query({ name: `remove ${kind}`, text, values: [ids] });
}

function fromRow<Kind extends RecordKind>(row: Row): Records[Kind] {
  return row["document"] as Records[Kind];
}
