import type { DatabaseSync } from "node:sqlite";
import { Fault } from "../../fault.ts";
import type { Row } from "./rows.ts";
import { isIoError } from "./sqlite-error.ts";
import { prepareStatements, type Statements } from "./statements.ts";

/** The commit did happen or it did not: nobody can tell. The process must end, the restart will tell. */
export class LostCommit extends Error {}

/** The writing connection: begins a transaction when something is written, and knows what a failed commit means. */
export class Connection {
  readonly #open: () => DatabaseSync;
  #db: DatabaseSync;
  #sql: Statements;

  /** @param open opens the database, and opens it anew after a commit of unknown fate */
  constructor(open: () => DatabaseSync) {
    this.#open = open;
    this.#db = open();
    this.#sql = prepareStatements(this.#db);
  }

  get isInTransaction(): boolean {
    return this.#db.isOpen && this.#db.isTransaction;
  }

  /** The statements, for reading. @throws Fault `store_unavailable` once the database is closed */
  get read(): Statements {
    if (!this.#db.isOpen) throw new Fault("store_unavailable", "the database is closed");
    return this.#sql;
  }

  /** The statements, with a transaction begun. */
  get write(): Statements {
    this.begin();
    return this.#sql;
  }

  /** Begins a transaction unless one is open. */
  begin(): void {
    if (!this.#db.isTransaction) this.#sql.begin.run();
  }

  /** How many commits the database counts. */
  get commits(): number {
    return (this.#sql.findClock.get() as Row)["commits"] as number;
  }

  /**
   * Commits. After an I/O error its fate is unknown: then the database is opened anew and asked. [STORE-7]
   *
   * @param commits what the database counts once this commit has happened
   * @throws LostCommit, or SQLite's error when nothing was committed
   */
  commit(commits: number): void {
    try {
      this.#sql.commit.run();
    } catch (error) {
      if (this.#db.isTransaction || !isIoError(error)) throw error;
      if (this.#askAnew() !== commits) throw error;
    }
  }

  rollBack(): void {
    if (this.isInTransaction) this.#db.exec("ROLLBACK");
  }

  close(): void {
    this.#db.close();
  }

  /** How many commits there are, asked of the database opened anew. */
  #askAnew(): number {
    try {
      this.#db.close();
      this.#db = this.#open();
      this.#sql = prepareStatements(this.#db);
      // What was read from the log is only on the disk for sure once it is copied and synced again.
      this.#db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
      return this.commits;
    } catch (error) {
      throw new LostCommit("the database cannot be asked again", { cause: error });
    }
  }
}
