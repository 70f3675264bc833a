import { hash } from "node:crypto";
import type { Client } from "pg";
import type { ChainHead, CopyClock, CopyReader } from "../copy/copy-port.ts";
import { batchSize, type ColumnKind, type CopyRow, type CopyTable, EVENT } from "../copy/copy-tables.ts";
import type { ChainReport } from "../store.ts";
import { verifyChains } from "./events.ts";
import { LAST_ALIVE } from "./statements.ts";

/** Reads a database in the transaction that is open on a connection. */
export class PostgresCopyReader implements CopyReader {
  readonly kind = "postgres";
  readonly #client: Client;
  #cursors = 0;

  constructor(client: Client) {
    this.#client = client;
  }

  async clock(): Promise<CopyClock> {
    const { rows } = await this.#client.query(
      `SELECT ${LAST_ALIVE} AS alive_at,
         (SELECT CASE WHEN is_called THEN last_value + (SELECT seqincrement FROM pg_sequence
            WHERE seqrelid = 'seat_block'::regclass) ELSE last_value END FROM seat_block) AS block,
         (SELECT coalesce(max(id), 0) + 1 FROM seat) AS next`,
    );
    const { alive_at: aliveAt, block, next } = rows[0] as { alive_at: number; block: number; next: number };
    return { aliveAt, nextSeatId: Math.max(block, next) };
  }

  async chainHead(): Promise<ChainHead> {
    const { rows } = await this.#client.query({
      text: "SELECT license_id, events, hash, last_event_id FROM chain WHERE events > 0 ORDER BY license_id",
      rowMode: "array",
    });
    const chains = rows as unknown as [licenseId: number, events: number, hash: string, lastEventId: number][];
    return {
      events: chains.reduce((sum, [, events]) => sum + events, 0),
      lastEventId: chains.reduce((last, [, , , id]) => Math.max(last, id), 0),
      hash: hash("sha256", JSON.stringify(chains.map(([id, events, end]) => [id, events, end])), "hex"),
    };
  }

  verifyEvents(): Promise<ChainReport> {
    return verifyChains(this.#client);
  }

  async count({ name }: CopyTable): Promise<number> {
    const { rows } = await this.#client.query(`SELECT count(*) AS rows FROM "${name}"`);
    return rows[0]?.["rows"] as number;
  }

  async *rows(table: CopyTable): AsyncGenerator<readonly CopyRow[]> {
    this.#cursors += 1;
    const cursor = `copy_${this.#cursors}`;
    const columns = table.columns.map(([name, kind]) => selected(table, name, kind)).join(", ");
    const order = table === EVENT ? "ORDER BY id" : "";
    await this.#client.query(`DECLARE ${cursor} NO SCROLL CURSOR FOR SELECT ${columns} FROM "${table.name}" ${order}`);
    const size = batchSize(table);
    for (;;) {
      const { rows } = await this.#client.query({ text: `FETCH ${size} FROM ${cursor}`, rowMode: "array" });
      if (rows.length > 0) yield rows as unknown as CopyRow[];
      if (rows.length < size) break;
    }
    await this.#client.query(`CLOSE ${cursor}`);
  }

  /** Its locks are given back with the connection, and a transaction that was not committed never was. */
  async close(): Promise<void> {
    await this.#client.end().catch(() => {});
  }
}

/** JSON columns are read as the text that was written; a reply is kept in a list, because it may be null. */
function selected({ name: table }: CopyTable, name: string, kind: ColumnKind): string {
  if (kind !== "json") return `"${name}"`;
  return table === "kept_reply" ? `("${name}" -> 0)::text` : `"${name}"::text`;
}
