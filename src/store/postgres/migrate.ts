import { readdirSync, readFileSync } from "node:fs";
import type { ClientBase } from "pg";
import { Fault } from "../../fault.ts";
import { MIGRATING } from "./advisory-locks.ts";

const MAKE_VERSION = `
  CREATE TABLE IF NOT EXISTS schema_version (one integer PRIMARY KEY CHECK (one = 1), version integer NOT NULL);
  INSERT INTO schema_version VALUES (1, 0) ON CONFLICT DO NOTHING`;

/**
 * Brings the schema to the newest version, each migration in a transaction of its own; refuses a newer one. Of nodes that
 * start together one migrates, and the others wait for it. [STORE-5]
 */
export async function migrate(client: ClientBase): Promise<void> {
  const folder = new URL("./migrations/", import.meta.url);
  const migrations = readdirSync(folder)
    .filter((name) => name.endsWith(".sql"))
    .sort();
  await client.query(`SELECT pg_advisory_lock(${MIGRATING})`);
  try {
    const made = await client.query("SELECT to_regclass('schema_version') IS NOT NULL AS made");
    if (made.rows[0]?.["made"] !== true) await client.query(MAKE_VERSION);
    const { rows } = await client.query("SELECT version FROM schema_version");
    const version = (rows[0]?.["version"] as number | undefined) ?? 0;
    if (version > migrations.length) {
      throw new Fault(
        "database_too_new",
        `The database has schema version ${version}; this program knows versions up to ${migrations.length}. ` +
          "Start the newer program that wrote it, or restore a backup made before.",
      );
    }
    for (const [index, name] of migrations.entries()) {
      if (index < version) continue;
      const sql = readFileSync(new URL(name, folder), "utf8");
      await client.query(`BEGIN; ${sql} UPDATE schema_version SET version = ${index + 1}; COMMIT;`);
    }
  } finally {
    await client.query(`ROLLBACK; SELECT pg_advisory_unlock(${MIGRATING})`);
  }
}
