import type { DatabaseSync } from "node:sqlite";
import type { ChainHead, CopyClock, CopyReader } from "../copy/copy-port.ts";
import { batchSize, type CopyRow, type CopyTable, EVENT } from "../copy/copy-tables.ts";
import { CHAIN_START } from "../event-chain.ts";
import type { ChainReport } from "../store.ts";
import { verifyEvents } from "./event-search.ts";
import { HeldState } from "./held-state.ts";
import type { Row } from "./rows.ts";
import { prepareStatements, type Statements } from "./statements.ts";

/** Reads a database that this process alone has open. */
export class SqliteCopyReader implements CopyReader {
  readonly kind = "sqlite";
  readonly #db: DatabaseSync;
  readonly #close: () => void;
  #sql: Statements | undefined;

  /** @param db in a transaction, or read by nobody else */
  constructor(db: DatabaseSync, close: () => void) {
    this.#db = db;
    this.#close = close;
  }

  get #statements(): Statements {
    this.#sql ??= prepareStatements(this.#db);
    return this.#sql;
  }

  async clock(): Promise<CopyClock> {
    const { alive_at: aliveAt } = this.#statements.findClock.get() as Row;
    const { next } = this.#db
      .prepare("SELECT max(next_seat_id, (SELECT coalesce(max(id), 0) + 1 FROM seat)) AS next FROM clock")
      .get() as Row;
    return { aliveAt: aliveAt as number, nextSeatId: next as number };
  }

  async chainHead(): Promise<ChainHead> {
    const { events } = this.#db.prepare("SELECT count(*) AS events FROM event").get() as Row;
    const last = this.#statements.lastEvent.get();
    return {
      events: events as number,
      lastEventId: (last?.["id"] ?? 0) as number,
      hash: (last?.["hash"] ?? CHAIN_START) as string,
    };
  }

  verifyEvents(): Promise<ChainReport> {
    return verifyEvents(() => this.#statements);
  }

  async count({ name }: CopyTable): Promise<number> {
    return (this.#db.prepare(`SELECT count(*) AS rows FROM "${name}"`).get() as Row)["rows"] as number;
  }

  async *rows(table: CopyTable): AsyncGenerator<readonly CopyRow[]> {
    const columns = table.columns.map(([name]) => `"${name}"`).join(", ");
    const statement = this.#db.prepare(
      `SELECT ${columns} FROM "${table.name}" ${table === EVENT ? "ORDER BY id" : ""}`,
    );
    statement.setReturnArrays(true);
    const size = batchSize(table);
    let batch: CopyRow[] = [];
    for (const row of statement.iterate() as Iterable<unknown>) {
      batch.push(row as CopyRow);
      if (batch.length < size) continue;
      yield batch;
      batch = [];
    }
    if (batch.length > 0) yield batch;
  }

  /** All that a server holds in memory. */
  async load(): Promise<void> {
    HeldState.load(this.#statements);
  }

  async close(): Promise<void> {
    this.#close();
  }
}
