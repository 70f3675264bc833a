import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { RecordKind, RecordRef, Records } from "../../domain/records.ts";
import type { Row } from "./rows.ts";

/** How many records are kept as they were found. */
const MOST_FOUND = 1_000;

/** Every kind has a table of the same form, so its statements are written by name; each is prepared when first used. */
export class RecordStatements {
  readonly #db: DatabaseSync;
  readonly #prepared = new Map<string, StatementSync>();
  /** Records that were found while nothing was being changed, by what they were looked for. */
  readonly #found = new Map<string, Records[RecordKind]>();

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  /**
   * Outside a transaction a look at the database costs several system calls, and every request looks for its key: so
   * what is found then is kept until any record changes. A transaction sees its own changes, and keeps nothing.
   */
  find<Kind extends RecordKind>(ref: RecordRef<Kind>): Records[Kind] | undefined {
    if (this.#db.isTransaction) return this.#read(ref);
    const name = `${ref.kind} ${String(ref.field)} ${typeof ref.value} ${ref.value}`;
    const known = this.#found.get(name);
    if (known !== undefined) return known as Records[Kind];
    const record = this.#read(ref);
    if (record === undefined) return undefined;
    if (this.#found.size >= MOST_FOUND) this.#found.clear();
    this.#found.set(name, record);
    return record;
  }

  #read<Kind extends RecordKind>({ kind, field, value }: RecordRef<Kind>): Records[Kind] | undefined {
    const sql = `SELECT document FROM "${kind}" WHERE ${column(field)} = ? ORDER BY id LIMIT 1`;
    const row = this.#prepare(sql).get(toSearch(field, value));
    return row && fromRow(row);
  }

  all<Kind extends RecordKind>(kind: Kind, where?: Omit<RecordRef<Kind>, "kind">): Records[Kind][] {
    const rows =
      where === undefined
        ? this.#prepare(`SELECT document FROM "${kind}" ORDER BY id`).all()
        : this.#prepare(`SELECT document FROM "${kind}" WHERE ${column(where.field)} = ? ORDER BY id`).all(
            toSearch(where.field, where.value),
          );
    return rows.map((row) => fromRow<Kind>(row));
  }

  put(kind: RecordKind, record: Records[RecordKind]): void {
    this.#found.clear();
    const sql = `INSERT INTO "${kind}" (id, document) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET document = excluded.document`;
    this.#prepare(sql).run(record.id, JSON.stringify(record));
  }

  remove(kind: RecordKind, id: number): void {
    this.#found.clear();
    this.#prepare(`DELETE FROM "${kind}" WHERE id = ?`).run(id);
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#prepared.get(sql);
    if (statement === undefined) {
      statement = this.#db.prepare(sql);
      this.#prepared.set(sql, statement);
    }
    return statement;
  }
}

/** Field names are those of the domain, never a caller's text. */
function column(field: PropertyKey): string {
  return field === "id" ? "id" : `document ->> '$.${String(field)}'`;
}

/** A column of ids would take a text of digits for the number; the domain does not. */
function toSearch(field: PropertyKey, value: string | number): string | number | null {
  return field === "id" && typeof value === "string" ? null : value;
}

function fromRow<Kind extends RecordKind>(row: Row): Records[Kind] {
  return JSON.parse(row["document"] as string);
}
