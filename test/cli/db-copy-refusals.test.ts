import assert from "node:assert/strict";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { fillDatabase } from "../support/many-events.ts";
import { queryDatabase, usePostgresServer } from "../support/postgres-server.ts";
import { Seatkeeper } from "./run-seatkeeper.ts";

const server = await usePostgresServer({ after });
const seatkeeper = new Seatkeeper({ after });
const source = join(seatkeeper.folder, "floating.db");
await fillDatabase(source, { seats: 30, events: 100 });

const copy = (from: string, to: string, ...flags: string[]) =>
  seatkeeper.run(["db", "copy", "--from", from, "--to", to, ...flags]);

test("[CLI-1] [COPY-1] db copy prints what was copied and verified, and paths may be relative", async () => {
  const url = await server.makeDatabase();
  const { ended, stdout, stderr } = await copy("sqlite:floating.db", url);
  assert.deepEqual([ended, stderr], [0, ""], "no bar where there is no terminal");
  assert.match(stdout, /^Copied sqlite:floating\.db to postgres:\/\/tester@.*: \d+ rows in [\d.]+ seconds\.\n/);
  assert.match(stdout, /^ {2}license +20\n(?:.*\n)* {2}seat +30\n(?:.*\n)* {2}event +100\n/m);
  assert.match(stdout, /read back and compared.*\nThe source's chain ended with event 100, hash [0-9a-f]{64}\.\n$/);
  const again = await copy(url, "sqlite:sub/back.db", "--json");
  assert.deepEqual([again.ended, again.stderr], [0, ""]);
  const { from, to, tables, rows, copied_from: copiedFrom, seconds, ...other } = JSON.parse(again.stdout);
  assert.deepEqual([from, to, other], [url, "sqlite:sub/back.db", {}]);
  assert.deepEqual([tables.license, tables.seat, tables.event, tables.order], [20, 30, 100, 0]);
  assert.equal(
    rows,
    Object.values<number>(tables).reduce((sum, each) => sum + each, 0),
  );
  assert.ok(seconds > 0);
  assert.deepEqual(Object.keys(copiedFrom), ["store", "events", "last_event_id", "hash", "at"]);
  assert.deepEqual([copiedFrom.store, copiedFrom.events, copiedFrom.last_event_id], ["postgres", 100, 100]);
  assert.ok(existsSync(join(seatkeeper.folder, "sub", "back.db")));
});

test("[CLI-1] [COPY-2] [COPY-3] refusals of db copy end with 1 and a sentence", async () => {
  const url = await server.makeDatabase();
  assert.equal((await copy(`sqlite:${source}`, url)).ended, 0);
  for (const [from, to, sentence] of [
    [`sqlite:${source}`, url, /is not empty: table \w+ has rows\. Make a new database/],
    [url, `sqlite:${source}`, /floating\.db is there already/],
    ["sqlite:missing.db", url, /There is no database .*missing\.db/],
  ] as const) {
    const { ended, stdout, stderr } = await copy(from, to);
    assert.deepEqual([ended, stdout], [1, ""]);
    assert.match(stderr, sentence);
    assert.ok(!stderr.includes("    at "), "no stack");
  }
});

test("[CLI-1] wrong addresses end with 2, a database that is not there with 4, and no password is shown", async () => {
  for (const [from, to, ...flags] of [
    ["floating.db", "sqlite:new.db"],
    ["sqlite:", "sqlite:new.db"],
    [`sqlite:${source}`, "mysql://user:s3cret@host/db"],
    [`sqlite:${source}`, "postgres://user@h:notaport/db"],
    [`sqlite:${source}`, "sqlite:new.db", "--to-password-file", "x"],
    [`sqlite:${source}`, "postgres://user@h/db", "--to-password-file", "missing.txt"],
  ] as const) {
    const { ended, stdout, stderr } = await copy(from, to, ...flags);
    assert.deepEqual([ended, stdout], [2, ""], `${from} ${to}: ${stderr}`);
    assert.ok(!stderr.includes("s3cret"));
  }
  assert.equal((await seatkeeper.run(["db", "copy", "--from", "sqlite:a.db"])).ended, 2);
  const away = "postgres://tester:s3cret@127.0.0.1:1/db";
  const { ended, stderr } = await copy(`sqlite:${source}`, away);
  assert.equal(ended, 4);
  assert.match(stderr, /the database db on 127\.0\.0\.1 cannot be opened: .*ECONNREFUSED/);
  assert.ok(!stderr.includes("s3cret"));
  assert.equal((await copy(away, "sqlite:new.db")).ended, 4);
});

test("[CLI-1] the password of a file or of PGPASSWORD opens a database, and a wrong one ends with 3", async (t) => {
  if (!server.isOurs) return t.skip("the server's own rules of passwords are not ours to change");
  const url = new URL(await server.makeDatabase());
  // Over its socket the server asks for a password where pg_hba.conf says so.
  const [row] = await queryDatabase(url.href, "SELECT setting FROM pg_settings WHERE name = 'hba_file'");
  const hba = row?.["setting"] as string;
  writeFileSync(hba, "local all guarded scram-sha-256\nlocal all all trust\n");
  await queryDatabase(url.href, "CREATE ROLE guarded LOGIN SUPERUSER PASSWORD 'p:ss w%rd'");
  await queryDatabase(url.href, "SELECT pg_reload_conf()");
  url.username = "guarded";
  writeFileSync(join(seatkeeper.folder, "password.txt"), "p:ss w%rd\n");
  writeFileSync(join(seatkeeper.folder, "wrong.txt"), "wrong\n");
  const wrong = await copy(`sqlite:${source}`, url.href, "--to-password-file", "wrong.txt");
  assert.equal(wrong.ended, 3, wrong.stderr);
  const right = await copy(`sqlite:${source}`, url.href, "--to-password-file", "password.txt");
  assert.deepEqual([right.ended, right.stderr], [0, ""]);
  const back = ["db", "copy", "--from", url.href, "--to", "sqlite:by-password.db"];
  const byVariable = await seatkeeper.run(back, { PGPASSWORD: "p:ss w%rd" });
  assert.deepEqual([byVariable.ended, byVariable.stderr], [0, ""]);
});
