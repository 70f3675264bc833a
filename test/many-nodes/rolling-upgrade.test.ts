import assert from "node:assert/strict";
import { copyFileSync, cpSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { openPostgresStore } from "../../src/store/postgres/open-postgres-store.ts";
import { makeLicense } from "../support/make-license.ts";
import { PoolNode } from "../support/pool-nodes.ts";
import { mostAtOnce, TEN, takeOneOfTen } from "../support/pool-of-ten.ts";
import { queryDatabase, usePostgresServer } from "../support/postgres-server.ts";
import { addLicense } from "../support/store-acts.ts";
import { useTempFolder } from "../support/temp-folder.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const MIGRATIONS = "src/store/postgres/migrations";
const NEXT = fileURLToPath(new URL("./next-version/", import.meta.url));
const CLIENTS = 4;

const server = await usePostgresServer({ after });

/** A program of the next minor version: this one, with a migration more. */
function makeNextVersion(): string {
  const folder = useTempFolder({ after });
  for (const part of ["src", "test/many-nodes", "test/support", "package.json"]) {
    cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  }
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  for (const name of readdirSync(NEXT)) copyFileSync(join(NEXT, name), join(folder, MIGRATIONS, name));
  return folder;
}

test("[STORE-5] [SEAT-2] nodes are upgraded one after another, and seats are handed out meanwhile", async (t) => {
  const next = makeNextVersion();
  const [known, wanted] = [readdirSync(join(ROOT, MIGRATIONS)).length, readdirSync(join(next, MIGRATIONS)).length];
  assert.equal(wanted, known + 1, "the fixture is the migration after the last one");
  const url = await server.makeDatabase();
  const store = await openPostgresStore(url);
  t.after(() => store.close());
  await addLicense(store, makeLicense());
  const held = await takeOneOfTen(store, "held all along");
  const start = async (name: string, root?: string) => {
    const node = new PoolNode(url, name, CLIENTS, root);
    t.after(() => node.process.kill("SIGKILL"));
    await node.ready;
    return node;
  };
  const version = async () => (await queryDatabase(url, "SELECT version FROM schema_version"))[0]?.["version"];

  const old = [await start("old 1"), await start("old 2")] as const;
  await Promise.all(old.map((node) => node.grantsMore(50)));
  assert.equal(await version(), known);
  const fresh = [await start("new 1", next)];
  assert.equal(await version(), wanted, "the first new node has migrated");
  await Promise.all([...old, ...fresh].map((node) => node.grantsMore(50)));
  await old[0].stop();
  fresh.push(await start("new 2", next));
  await Promise.all([old[1], ...fresh].map((node) => node.grantsMore(50)));
  await assert.rejects(openPostgresStore(url), { code: "database_too_new" }, "an old one that is started again");
  await old[1].stop();
  await Promise.all(fresh.map((node) => node.grantsMore(50)));
  await Promise.all(fresh.map((node) => node.stop()));

  for (const node of [...old, ...fresh]) assert.deepEqual([...node.faults], []);
  assert.equal(await mostAtOnce(store), TEN);
  assert.deepEqual(
    (await store.seats()).map(({ seat }) => seat),
    [held],
  );
  assert.equal((await store.verifyEvents()).brokenAt, null);
});

/** Statements that leave whatever a program of the version before does as it was. */
const ADDING = [
  /^CREATE TABLE "?(?<table>\w+)"? \(/,
  /^CREATE SEQUENCE /,
  /^CREATE INDEX /,
  /^CREATE UNIQUE INDEX \w+ ON "?(?<unique>\w+)"? /,
  /^ALTER TABLE "?\w+"? ADD COLUMN (?!.*\b(NOT NULL|UNIQUE|REFERENCES|CHECK)\b)/,
];

test("[STORE-5] migrations after the first add: tables, indexes, columns that may be null", () => {
  const folder = join(ROOT, MIGRATIONS);
  const files = readdirSync(folder).sort().slice(1);
  for (const file of [
    ...files.map((name) => join(folder, name)),
    ...readdirSync(NEXT).map((name) => join(NEXT, name)),
  ]) {
    const statements = readFileSync(file, "utf8")
      .replaceAll(/--.*$/gm, "")
      .split(";")
      .map((each) => each.trim().replaceAll(/\s+/g, " "));
    const tables = new Set<string>();
    for (const statement of statements.filter((each) => each !== "")) {
      const found = ADDING.map((form) => form.exec(statement)).find((match) => match !== null);
      assert.ok(found, `${file}: ${statement}`);
      if (found.groups?.["table"] !== undefined) tables.add(found.groups["table"]);
      const unique = found.groups?.["unique"];
      if (unique !== undefined) assert.ok(tables.has(unique), `${file}: ${unique} was there before`);
    }
  }
});
