import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { after, test } from "node:test";
import { queryDatabase, usePostgresServer } from "../../../test/support/postgres-server.ts";
import { openPostgresStore } from "../postgres/open-postgres-store.ts";
import { migrate } from "../sqlite/database.ts";
import { COPY_TABLES } from "./copy-tables.ts";

const server = await usePostgresServer({ after });

const copied = COPY_TABLES.flatMap(({ name, columns }) => columns.map(([column]) => `${name}.${column}`));

/** Made by the target: from other columns, from what is copied beside tables, or anew. */
const MADE_IN_SQLITE = ["clock", "event.hash"];
const MADE_IN_POSTGRES = [
  ...["clock", "chain", "mark", "schema_version", "event.hash"],
  ...["written_by", "key", "bundle", "customer_id", "order_id", "policy_id", "user_ids"].map(
    (name) => `license.${name}`,
  ),
];

function left(columns: readonly { table: unknown; name: unknown }[], made: readonly string[]): string[] {
  return columns
    .filter(({ table, name }) => !made.includes(String(table)) && !made.includes(`${table}.${name}`))
    .map(({ table, name }) => `${table}.${name}`)
    .sort();
}

test("[COPY-1] every table and column of a SQLite store is copied, or made anew", () => {
  const db = new DatabaseSync(":memory:");
  migrate(db);
  const columns = db
    .prepare(
      "SELECT m.name AS 'table', c.name FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table'",
    )
    .all();
  db.close();
  assert.deepEqual(left(columns as never, MADE_IN_SQLITE), copied.toSorted());
});

test("[COPY-1] every table and column of a PostgreSQL store is copied, or made anew", async () => {
  const url = await server.makeDatabase();
  await (await openPostgresStore(url)).close();
  const columns = await queryDatabase(
    url,
    `SELECT table_name AS "table", column_name AS name FROM information_schema.columns WHERE table_schema = 'public'`,
  );
  assert.deepEqual(left(columns as never, MADE_IN_POSTGRES), copied.toSorted());
});
