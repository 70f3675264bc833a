import assert from "node:assert/strict";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { Seatkeeper } from "../cli/run-seatkeeper.ts";
import { copyStore } from "../support/copy-stores.ts";
import { fillDatabase } from "../support/many-events.ts";
import { queryDatabase, usePostgresServer } from "../support/postgres-server.ts";

const server = await usePostgresServer({ after });
const EVENTS = 60_000;

const WRITING_EVENTS = `
  SELECT FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'INSERT INTO "event"%'`;

test("[COPY-3] a copy killed in the middle leaves an empty database, and the next one takes it", async (t) => {
  const seatkeeper = new Seatkeeper(t);
  const file = join(seatkeeper.folder, "floating.db");
  await fillDatabase(file, { seats: 500, events: EVENTS });
  const url = await server.makeDatabase();
  const copying = seatkeeper.begin(["db", "copy", "--from", `sqlite:${file}`, "--to", url]);
  while ((await queryDatabase(url, WRITING_EVENTS)).length === 0) await pause(5);
  assert.equal((await copying.end("SIGKILL")).ended, "SIGKILL");
  // The server learns of it when it next answers.
  while ((await queryDatabase(url, "SELECT FROM pg_locks WHERE locktype = 'advisory'")).length > 0) await pause(5);
  const [left] = await queryDatabase(url, "SELECT count(*)::int AS tables FROM pg_tables WHERE schemaname = 'public'");
  assert.equal(left?.["tables"], 0);
  const { tables } = await copyStore({ file }, { url });
  assert.ok((tables.get("event") ?? 0) >= EVENTS);

  const back = join(seatkeeper.folder, "back.db");
  const again = seatkeeper.begin(["db", "copy", "--from", url, "--to", `sqlite:${back}`]);
  // Of a database this size some megabytes are rows.
  while (!existsSync(`${back}.copying`) || statSync(`${back}.copying`).size < 2_000_000) await pause(5);
  assert.equal((await again.end("SIGKILL")).ended, "SIGKILL");
  assert.ok(!existsSync(back), "there is no half database under the name");
  while ((await queryDatabase(url, "SELECT FROM pg_locks WHERE locktype = 'advisory'")).length > 0) await pause(5);
  assert.deepEqual((await copyStore({ url }, { file: back })).tables, tables);
  assert.ok(!readdirSync(seatkeeper.folder).includes("back.db.copying"));
});
