import { DatabaseSync } from "node:sqlite";
import { Migrations } from "../migrations.ts";

/**
 * Opens a database for writing. Every commit is on the disk before it returns (`synchronous=FULL`); checkpoints
 * are left to the checkpointer, because an automatic one would run inside somebody's commit.
 */
export function openDatabase(file: string): DatabaseSync {
  const db = new DatabaseSync(file, { timeout: 5_000 });
  db.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA wal_autocheckpoint = 0;
    PRAGMA cache_size = -8192;
    PRAGMA trusted_schema = OFF;
  `);
  return db;
}

const migrations = new Migrations(new URL("./migrations/", import.meta.url));

/** The schema version that this program writes. */
export const NEWEST_VERSION = migrations.newest;

/** @returns 0 where there is no schema yet @throws Fault `database_too_new` [STORE-5] */
export function readVersion(db: DatabaseSync): number {
  const { user_version: version } = db.prepare("PRAGMA user_version").get() as { user_version: number };
  return migrations.check(version);
}

/** Brings the schema to the newest version, each migration in a transaction of its own; refuses a newer one. [STORE-5] */
export function migrate(db: DatabaseSync): void {
  for (const { version, sql } of migrations.after(readVersion(db))) {
    db.exec(`BEGIN IMMEDIATE; ${sql} PRAGMA user_version = ${version}; COMMIT;`);
  }
}
