import { readdirSync, readFileSync } from "node:fs";
import type { ClientBase } from "pg";
import { Fault } from "../../fault.ts";
import { DECIDING, MIGRATING } from "./advisory-locks.ts";

const MAKE_VERSION = `
  CREATE TABLE IF NOT EXISTS schema_version (one integer PRIMARY KEY CHECK (one = 1), version integer NOT NULL);
  INSERT INTO schema_version VALUES (1, 0) ON CONFLICT DO NOTHING`;

const ALONE = `SELECT pg_advisory_xact_lock(${DECIDING})`;
const MIGRATIONS = new URL("./migrations/", import.meta.url);
const migrations = readdirSync(MIGRATIONS)
  .filter((name) => name.endsWith(".sql"))
  .sort();

/** The schema version that this program writes. */
export const NEWEST_VERSION = migrations.length;

/**
 * Brings the schema to the newest version, each migration in a transaction of its own; refuses a newer one. Of nodes that
 * start together one migrates, and the others wait for it. Nodes of the version before may be at work: what they decide
 * waits too, because a table that is changed between their statements would have both wait for each other. [STORE-5]
 */
export async function migrate(client: ClientBase): Promise<void> {
  await client.query(`SELECT pg_advisory_lock(${MIGRATING})`);
  try {
    for (const step of await missingSteps(client)) await client.query(`BEGIN; ${ALONE}; ${step}; COMMIT;`);
  } finally {
    await client.query(`ROLLBACK; SELECT pg_advisory_unlock(${MIGRATING})`);
  }
}

/** The same in a transaction that is open already, by who has the lock. */
export async function migrateWithin(client: ClientBase): Promise<void> {
  for (const step of await missingSteps(client)) await client.query(step);
}

/** @returns 0 where there is no schema yet @throws Fault `database_too_new` */
export async function readVersion(client: ClientBase): Promise<number> {
  const made = await client.query("SELECT to_regclass('schema_version') IS NOT NULL AS made");
  if (made.rows[0]?.["made"] !== true) return 0;
  const { rows } = await client.query("SELECT version FROM schema_version");
  const version = (rows[0]?.["version"] as number | undefined) ?? 0;
  if (version > NEWEST_VERSION) {
    throw new Fault(
      "database_too_new",
      `The database has schema version ${version}; this program knows versions up to ${NEWEST_VERSION}. ` +
        "Start the newer program that wrote it, or restore a backup made before.",
    );
  }
  return version;
}

/** Statements that bring the schema from one version to the next, in their order. */
async function missingSteps(client: ClientBase): Promise<string[]> {
  const version = await readVersion(client);
  const steps = migrations.slice(version).map((name, index) => {
    const sql = readFileSync(new URL(name, MIGRATIONS), "utf8");
    return `${sql} UPDATE schema_version SET version = ${version + index + 1}`;
  });
  return version === 0 ? [MAKE_VERSION, ...steps] : steps;
}
