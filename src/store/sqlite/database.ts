import { readdirSync, readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { Fault } from "../../fault.ts";

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

const MIGRATIONS = new URL("./migrations/", import.meta.url);
const migrations = readdirSync(MIGRATIONS)
  .filter((name) => name.endsWith(".sql"))
  .sort();

/** The schema version that this program writes. */
export const NEWEST_VERSION = migrations.length;

/** @returns 0 where there is no schema yet @throws Fault `database_too_new` [STORE-5] */
export function readVersion(db: DatabaseSync): number {
  const { user_version: version } = db.prepare("PRAGMA user_version").get() as { user_version: number };
  if (version > NEWEST_VERSION) {
    throw new Fault(
      "database_too_new",
      `The database has schema version ${version}; this program knows versions up to ${NEWEST_VERSION}. ` +
        "Start the newer program that wrote it, or restore a backup made before.",
    );
  }
  return version;
}

/** Brings the schema to the newest version, each migration in a transaction of its own; refuses a newer one. [STORE-5] */
export function migrate(db: DatabaseSync): void {
  const version = readVersion(db);
  for (const [index, name] of migrations.entries()) {
    if (index < version) continue;
    const sql = readFileSync(new URL(name, MIGRATIONS), "utf8");
    db.exec(`BEGIN IMMEDIATE; ${sql} PRAGMA user_version = ${index + 1}; COMMIT;`);
  }
}
