import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { type CopyClock, CopyRefusal, type CopyTarget } from "../copy/copy-port.ts";
import { type CopyRow, type CopyTable, EVENT, eventOf, FACT } from "../copy/copy-tables.ts";
import { EVENT_DISORDER } from "../copy/own-facts.ts";
import { CHAIN_START, hashEvent } from "../event-chain.ts";
import { SqliteCopyReader } from "./copy-reader.ts";
import { migrate } from "./database.ts";
import { lockFolder } from "./folder-lock.ts";

/**
 * Makes a database under another name, which gets its own once all is there and on the disk. What a killed copy has left
 * under the other name is overwritten by the next. [COPY-3]
 *
 * @throws CopyRefusal, Fault `data_folder_in_use`
 */
export function openSqliteTarget(file: string): CopyTarget {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const unlock = lockFolder(file);
  try {
    for (const suffix of ["", "-wal", "-journal"]) refuseExisting(`${file}${suffix}`);
    return new SqliteCopyTarget(file, `${file}.copying`, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

/** A log of another database that is left beside the copy would be taken for its own. */
function refuseExisting(file: string): void {
  if (existsSync(file)) throw new CopyRefusal(`${file} is there already: name a file that is not, or move it away`);
}

class SqliteCopyTarget extends SqliteCopyReader implements CopyTarget {
  readonly #file: string;
  readonly #temporary: string;
  readonly #db: DatabaseSync;
  readonly #unlock: () => void;
  readonly #inserts = new Map<string, StatementSync>();
  #lastHash = CHAIN_START;
  #latest = 0;
  #disorderMs = 0;

  constructor(file: string, temporary: string, unlock: () => void) {
    const db = makeDatabase(temporary);
    super(db, () => {});
    this.#file = file;
    this.#temporary = temporary;
    this.#db = db;
    this.#unlock = unlock;
  }

  async put(table: CopyTable, rows: readonly CopyRow[]): Promise<void> {
    const insert = this.#insertInto(table);
    if (table !== EVENT) {
      for (const row of rows) insert.run(...row);
      return;
    }
    for (const row of rows) {
      const event = eventOf(row);
      this.#lastHash = hashEvent(this.#lastHash, event);
      this.#latest = Math.max(this.#latest, event.at);
      this.#disorderMs = Math.max(this.#disorderMs, this.#latest - event.at);
      insert.run(...row, this.#lastHash);
    }
  }

  async finish({ aliveAt, nextSeatId }: CopyClock): Promise<void> {
    if (this.#disorderMs > 0) await this.put(FACT, [[EVENT_DISORDER, String(this.#disorderMs)]]);
    this.#db.prepare("UPDATE clock SET alive_at = ?, next_seat_id = ?").run(aliveAt, nextSeatId);
    this.#db.exec("COMMIT");
  }

  override async load(): Promise<void> {
    const check = this.#db.prepare("PRAGMA quick_check(1)").get() as { quick_check: string };
    if (check.quick_check !== "ok") throw new CopyRefusal(`the copy is damaged: ${check.quick_check}`);
    await super.load();
  }

  async commit(): Promise<void> {
    this.#db.close();
    syncToDisk(this.#temporary);
    renameSync(this.#temporary, this.#file);
    syncToDisk(dirname(this.#file));
  }

  override async close(): Promise<void> {
    if (this.#db.isOpen) this.#db.close();
    rmSync(this.#temporary, { force: true });
    this.#unlock();
  }

  #insertInto(table: CopyTable): StatementSync {
    let insert = this.#inserts.get(table.name);
    if (insert === undefined) {
      const columns = [...table.columns.map(([name]) => name), ...(table === EVENT ? ["hash"] : [])];
      const names = columns.map((name) => `"${name}"`).join(", ");
      const values = columns.map(() => "?").join(", ");
      insert = this.#db.prepare(`INSERT INTO "${table.name}" (${names}) VALUES (${values})`);
      this.#inserts.set(table.name, insert);
    }
    return insert;
  }
}

/** Nothing of it needs to outlive a crash: it is synced as a whole in the end. */
function makeDatabase(file: string): DatabaseSync {
  for (const suffix of ["", "-wal", "-shm", "-journal"]) rmSync(`${file}${suffix}`, { force: true });
  closeSync(openSync(file, "wx", 0o600));
  const db = new DatabaseSync(file);
  db.exec("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;");
  migrate(db);
  db.exec("BEGIN");
  return db;
}

function syncToDisk(path: string): void {
  const handle = openSync(path, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
