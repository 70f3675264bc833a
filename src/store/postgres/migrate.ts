import type { ClientBase } from "pg";
import { Migrations } from "../migrations.ts";
import { DECIDING, MIGRATING } from "./advisory-locks.ts";

const MAKE_VERSION = `
  CREATE TABLE IF NOT EXISTS schema_version (one integer PRIMARY KEY CHECK (one = 1), version integer NOT NULL);
  INSERT INTO schema_version VALUES (1, 0) ON CONFLICT DO NOTHING`;

const ALONE = `SELECT pg_advisory_xact_lock(${DECIDING})`;
const migrations = new Migrations(new URL("./migrations/", import.meta.url));

/** The schema version that this program writes. */
export const NEWEST_VERSION = migrations.newest;

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
  return migrations.check((rows[0]?.["version"] as number | undefined) ?? 0);
}

/** Statements that bring the schema from one version to the next, in their order. */
async function missingSteps(client: ClientBase): Promise<string[]> {
  const version = await readVersion(client);
  const steps = migrations
    .after(version)
    .map((step) => `${step.sql} UPDATE schema_version SET version = ${step.version}`);
  return version === 0 ? [MAKE_VERSION, ...steps] : steps;
}
