import { randomUUID } from "node:crypto";
import type { Client } from "pg";
import type { License } from "../../domain/license.ts";
import { type CopyClock, CopyRefusal, type CopyTarget } from "../copy/copy-port.ts";
import { COPY_TABLES, type CopyRow, type CopyTable, EVENT, eventOf, LICENSE, nameOfRow } from "../copy/copy-tables.ts";
import { hashEvent } from "../event-chain.ts";
import { PostgresCopyReader } from "./copy-reader.ts";
import { nameOfDatabase, openCopySession } from "./copy-session.ts";
import { namesToRow } from "./license-names.ts";
import { migrateWithin } from "./migrate.ts";
import { isAnswered } from "./postgres-error.ts";
import { isHoldable, isHoldableJson } from "./searchable.ts";
import { type Chain, NEW_CHAIN } from "./seen.ts";
import { run } from "./session.ts";
import * as sql from "./statements.ts";

/** The rows of licenses, whose seats are there already. */
const PUT_CHAINS = `
  UPDATE chain SET hash = put.hash, events = put.events, last_event_id = put.last_event_id, last_at = put.last_at,
    written_by = $6, pools = coalesce((SELECT json_object_agg(feature_id, seats)::text FROM (
      SELECT feature_id, count(*) AS seats FROM seat WHERE seat.license_id = put.license_id GROUP BY feature_id) AS counted), '{}')
  FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[])
    AS put (license_id, hash, events, last_event_id, last_at)
  WHERE chain.license_id = put.license_id`;

/**
 * Opens an empty database to be written in one transaction, tables and all; nodes are kept out of it until it is closed.
 *
 * @param url `postgres://…`
 * @throws CopyRefusal, Fault `database_too_new` or `config_invalid`
 */
export async function openPostgresTarget(url: string): Promise<CopyTarget> {
  const client = await openCopySession(url);
  try {
    await client.query("BEGIN");
    await migrateWithin(client);
    const kept = COPY_TABLES.map(({ name }) => `EXISTS (SELECT FROM "${name}") AS "${name}"`).join(", ");
    const { rows } = await client.query(
      `SELECT ${kept}, EXISTS (SELECT FROM chain WHERE license_id <> 0 OR events > 0) AS chain`,
    );
    const [full] = Object.entries(rows[0] ?? {}).find(([, isThere]) => isThere) ?? [];
    if (full !== undefined) {
      const sentence = `${nameOfDatabase(url)} is not empty: table ${full} has rows`;
      throw new CopyRefusal(`${sentence}. Make a new database and name that`);
    }
    return new PostgresCopyTarget(client);
  } catch (error) {
    await client.end().catch(() => {});
    if (isAnswered(error))
      throw new CopyRefusal(`${nameOfDatabase(url)} takes no tables: ${error.message}`, "failed", error);
    throw error;
  }
}

class PostgresCopyTarget extends PostgresCopyReader implements CopyTarget {
  readonly #client: Client;
  /** That of a transaction which decided all this. */
  readonly #mark = randomUUID();
  /** Ends of chains, by license. */
  readonly #chains = new Map<number, Chain>();

  constructor(client: Client) {
    super(client);
    this.#client = client;
  }

  async put(table: CopyTable, rows: readonly CopyRow[]): Promise<void> {
    if (rows.length === 0) return;
    for (const row of rows) refuseUnholdable(table, row);
    const columns = [
      ...table.columns.map(([name, kind], at) => column(table, name, kind, rows, at)),
      ...this.#more(table, rows),
    ];
    const names = columns.map(({ name }) => `"${name}"`).join(", ");
    const arrays = columns.map(({ type }, at) => `$${at + 1}::${type}[]`).join(", ");
    const values = columns.map(({ made }, at) => made.replace("?", `c${at}`)).join(", ");
    const read = columns.map((_, at) => `c${at}`).join(", ");
    try {
      await this.#client.query({
        name: `copy ${table.name}`,
        text: `INSERT INTO "${table.name}" (${names}) SELECT ${values} FROM unnest(${arrays}) AS given (${read})`,
        values: columns.map((each) => each.values),
      });
    } catch (error) {
      if (!isAnswered(error)) throw error;
      const where = `table ${table.name}, one of ${rows.length} rows from ${nameOfRow(table, rows[0] ?? [])} on`;
      throw new CopyRefusal(`PostgreSQL refuses ${where}: ${error.message}`, "failed", error);
    }
  }

  async finish({ aliveAt, nextSeatId }: CopyClock): Promise<void> {
    const chains = [...this.#chains];
    const ids = chains.map(([id]) => id);
    await run(this.#client, sql.MAKE_CHAINS, ids);
    await this.#client.query(PUT_CHAINS, [
      ids,
      chains.map(([, chain]) => chain.hash),
      chains.map(([, chain]) => chain.events),
      chains.map(([, chain]) => chain.lastEventId),
      chains.map(([, chain]) => chain.lastAt),
      this.#mark,
    ]);
    await run(this.#client, sql.STAMP_ALIVE, aliveAt);
    await run(this.#client, sql.PUT_NAMED_BY, this.#mark);
    await this.#client.query("SELECT setval('event_id', max(id)) FROM event HAVING count(*) > 0");
    await this.#client.query("SELECT setval('seat_block', $1, false)", [nextSeatId]);
  }

  /** A node reads nothing at its start but what `verifyEvents` has read already. */
  async load(): Promise<void> {}

  async commit(): Promise<void> {
    try {
      const { command } = await this.#client.query("COMMIT");
      if (command !== "COMMIT") throw new CopyRefusal("PostgreSQL did not commit the copy: nothing was kept of it");
    } catch (error) {
      if (error instanceof CopyRefusal || isAnswered(error)) throw error;
      const sentence = "the connection was lost at the end: it is not known whether the copy was committed";
      throw new CopyRefusal(`${sentence}. Run it again: it is refused where all is there`, "unreachable", error);
    }
    // Plans of a node's first statements are made by it; without it, they are made by guesses for a while.
    await this.#client.query("ANALYZE").catch(() => {});
  }

  /** Columns that SQLite has no like of. */
  #more(table: CopyTable, rows: readonly CopyRow[]): readonly Column[] {
    if (table === EVENT)
      return [{ name: "hash", type: "text", made: "?", values: rows.map((row) => this.#chain(row)) }];
    if (table !== LICENSE) return [];
    const licenses = rows.map((row) => JSON.parse(row[3] as string) as License);
    for (const { id } of licenses) if (!this.#chains.has(id)) this.#chains.set(id, NEW_CHAIN);
    const names = licenses.map(namesToRow);
    const text = (name: string): Column => ({ name, type: "text", made: "?", values: names.map((each) => each[name]) });
    const id = (name: string): Column => ({ ...text(name), type: "bigint" });
    return [
      ...["key", "bundle"].map(text),
      ...["customer_id", "order_id", "policy_id"].map(id),
      { name: "written_by", type: "text", made: "?::uuid", values: names.map(() => this.#mark) },
      {
        name: "user_ids",
        type: "text",
        made: "?::bigint[]",
        values: names.map((each) => `{${(each["user_ids"] as readonly number[]).join(",")}}`),
      },
    ];
  }

  /** @returns the event's hash in the chain of its license */
  #chain(row: CopyRow): string {
    const event = eventOf(row);
    const before = this.#chains.get(event.licenseId) ?? NEW_CHAIN;
    const hash = hashEvent(before.hash, event);
    const lastAt = Math.max(before.lastAt, event.at);
    this.#chains.set(event.licenseId, { ...before, hash, events: before.events + 1, lastEventId: event.id, lastAt });
    return hash;
  }
}

interface Column {
  readonly name: string;
  readonly type: "bigint" | "text";
  /** What is written of the value, which is `?`. */
  readonly made: string;
  readonly values: readonly unknown[];
}

function column({ name: table }: CopyTable, name: string, kind: string, rows: readonly CopyRow[], at: number): Column {
  const values = rows.map((row) => row[at]);
  if (kind !== "json") return { name, type: kind === "integer" ? "bigint" : "text", made: "?", values };
  return { name, type: "text", made: table === "kept_reply" ? "('[' || ? || ']')::json" : "?::json", values };
}

/** What no node could have written does not get in by a copy either. [COPY-4] */
function refuseUnholdable(table: CopyTable, row: CopyRow): void {
  for (const [at, [name, kind]] of table.columns.entries()) {
    const value = row[at];
    if (typeof value !== "string" || (kind === "json" ? isHoldableJson(value) : isHoldable(value))) continue;
    const sentence = `${nameOfRow(table, row)}: ${name} has a character that PostgreSQL cannot hold`;
    throw new CopyRefusal(
      `${sentence} (U+0000, or a half of a surrogate pair). Change it with the server, and copy again`,
    );
  }
}
