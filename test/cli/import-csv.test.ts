import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { parse } from "csv-parse/sync";
import { makeProductWith } from "../support/make-products.ts";
import { ManagementClient } from "../support/management-client.ts";
import { makeToken, openDesk } from "./management-desk.ts";

const desk = await openDesk({ after });
await makeProductWith(desk.vendor.side, { code: "cad", name: "CAD" });
const client = new ManagementClient(desk.url, desk.token);

function write(name: string, lines: readonly string[]): string {
  const file = join(desk.seatkeeper.folder, name);
  writeFileSync(file, `${lines.join("\n")}\n`);
  return file;
}

/** @returns the `metadata.row` of every license of a batch, in order */
async function rowsOf(batch: string): Promise<number[]> {
  const rows: number[] = [];
  let cursor = "";
  do {
    const { body } = await client.get(`/licenses?limit=500${cursor}`);
    for (const { metadata } of body.data) if (metadata.batch === batch) rows.push(metadata.row);
    cursor = body.next_cursor === null ? "" : `&cursor=${encodeURIComponent(body.next_cursor)}`;
  } while (cursor !== "");
  return rows.sort((a, b) => a - b);
}

const numbered = (batch: string, count: number) => [
  "product,type,max_activations,valid_until,metadata",
  ...Array.from(
    { length: count },
    (_, at) => `cad,time-limited,${at % 7},2030-01-01T00:00:00Z,"{""batch"":""${batch}"",""row"":${at}}"`,
  ),
];
const upTo = (count: number) => Array.from({ length: count }, (_, at) => at);

test("[CLI-6] each row becomes a license; the same file again makes none", async () => {
  const file = write("good.csv", numbered("good", 40));
  const first = await desk.run("license", "import-csv", file);
  assert.deepEqual([first.ended, first.stdout], [0, "Issued 40 licenses from 40 rows.\n"], first.stderr);
  assert.match(first.stderr, /^10%, 4 of 40 rows, 0 bad, \d+ a second\n/);
  assert.match(first.stderr, /^100%, 40 of 40 rows, 0 bad/m);
  assert.deepEqual(await rowsOf("good"), upTo(40));
  const second = await desk.run("license", "import-csv", file, "--json");
  assert.deepEqual(
    [second.ended, JSON.parse(second.stdout)],
    [0, { rows: 40, created: 0, already_there: 40, bad: 0, report: null, is_dry_run: false }],
  );
  rmSync(`${file}.progress`);
  const third = await desk.json("license", "import-csv", file);
  assert.deepEqual([third.created, third.already_there], [0, 40], "the server knows it by itself");
  assert.deepEqual(await rowsOf("good"), upTo(40));
});

test("[CLI-6] bad rows are passed over and reported with row, code and sentence; corrected, the report is imported", async () => {
  const file = write("bad.csv", [
    "product,max_activations,is_trial,metadata",
    'cad,1,true,"{""batch"":""bad"",""row"":0}"',
    'cda,1,false,"{""batch"":""bad"",""row"":1}"',
    'cad,many,perhaps,"{""batch"":""bad"",""row"":2}"',
    'cad,-1,,"{""batch"":""bad"",""row"":3}"',
    "cad,1",
    'cad,1,,"{""batch"":"',
  ]);
  const { ended, stdout, stderr } = await desk.run("license", "import-csv", file);
  assert.deepEqual([ended, stdout], [1, "Issued 1 license from 6 rows.\n"], stderr);
  assert.match(stderr, /5 rows are bad: see .*bad\.csv\.errors\.csv\n$/);
  const report = parse(readFileSync(`${file}.errors.csv`, "utf8"), { columns: true }) as Record<string, string>[];
  assert.deepEqual(
    report.map(({ row, code }) => [row, code]),
    [
      ["3", "does_not_exist"],
      ["4", "validation_error"],
      ["5", "validation_error"],
      ["6", "validation_error"],
      ["7", "validation_error"],
    ],
  );
  assert.equal(report[1]?.["sentence"], "max_activations must be a number; is_trial must be true or false");
  assert.match(report[2]?.["sentence"] ?? "", /max_activations/);
  assert.match(report[3]?.["sentence"] ?? "", /the row has 2 cells, the header has 4/);
  assert.match(report[4]?.["sentence"] ?? "", /metadata must be JSON/);
  const [header = "", first = ""] = readFileSync(`${file}.errors.csv`, "utf8").split("\n");
  const corrected = write("corrected.csv", [header, first.replace(",cda,", ",cad,")]);
  assert.equal((await desk.json("license", "import-csv", corrected)).created, 1);
  assert.deepEqual(await rowsOf("bad"), [0, 1]);
});

test("[CLI-6] an unknown column is named before anything is made: 2", async () => {
  const file = write("columns.csv", ["product,seat,colour,product", "cad,1,red,cad"]);
  const { ended, stdout, stderr } = await desk.run("license", "import-csv", file);
  assert.deepEqual([ended, stdout], [2, ""]);
  for (const text of ['"seat", did you mean seats?', '"colour"', "product is there twice"]) {
    assert.ok(stderr.includes(text), stderr);
  }
  assert.ok(!existsSync(`${file}.progress`));
});

test("[CLI-6] a dry run makes nothing and reports what it can tell", async () => {
  const file = write("dry.csv", [...numbered("dry", 3), "cad,sometimes,1,,", "nothing,perpetual,1,,"]);
  const { ended, stdout, stderr } = await desk.run("license", "import-csv", file, "--dry-run", "--json");
  assert.equal(ended, 1, stderr);
  const report = `${file}.errors.csv`;
  assert.deepEqual(JSON.parse(stdout), {
    rows: 5,
    created: 0,
    already_there: 0,
    bad: 2,
    report,
    is_dry_run: true,
  });
  assert.deepEqual(
    (parse(readFileSync(report, "utf8"), { columns: true }) as Record<string, string>[]).map(({ row, code }) => [
      row,
      code,
    ]),
    [
      ["5", "validation_error"],
      ["6", "does_not_exist"],
    ],
  );
  assert.ok(!existsSync(`${file}.progress`));
  assert.deepEqual(await rowsOf("dry"), []);
});

test("[CLI-6] kill -9 in the middle, with the journal or without it: run again, every row is there exactly once", async () => {
  for (const hasJournal of [true, false]) {
    const batch = hasJournal ? "killed" : "killed-and-lost";
    const count = 1_500;
    const file = write(`${batch}.csv`, numbered(batch, count));
    const importing = desk.seatkeeper.begin(["license", "import-csv", file], desk.environment);
    await importing.warned(/^20%/m);
    assert.equal((await importing.end("SIGKILL")).ended, "SIGKILL");
    const before = (await rowsOf(batch)).length;
    assert.ok(before >= count * 0.2 && before < count, `${before} were made before`);
    if (!hasJournal) rmSync(`${file}.progress`);
    const { created, already_there, bad } = await desk.json("license", "import-csv", file);
    assert.deepEqual([created + already_there, bad], [count, 0]);
    assert.ok(created < count);
    assert.deepEqual(await rowsOf(batch), upTo(count));
  }
});

test("[CLI-6] where it cannot be told what is there already, it refuses: another content, server or caller", async () => {
  const file = write("changed.csv", numbered("changed", 5));
  assert.equal((await desk.run("license", "import-csv", file)).ended, 0);
  write("changed.csv", numbered("changed", 6));
  const changed = await desk.run("license", "import-csv", file);
  assert.equal(changed.ended, 2);
  assert.match(changed.stderr, /has changed since 5 of its rows were imported/);
  write("changed.csv", numbered("changed", 5));
  const journal = readFileSync(`${file}.progress`, "utf8");
  writeFileSync(`${file}.progress`, journal.replace(desk.url, "http://other.example"));
  const other = await desk.run("license", "import-csv", file);
  assert.deepEqual([other.ended, other.stdout], [2, ""]);
  assert.match(other.stderr, /is of an import into http:\/\/other\.example: remove it/);
  // As it is after a cut by kill -9.
  writeFileSync(`${file}.progress`, journal.replace("settled\n", "").replace('"as":"', '"as":"another '));
  const caller = await desk.run("license", "import-csv", file);
  assert.deepEqual([caller.ended, caller.stdout], [2, ""]);
  assert.match(caller.stderr, /the import was begun as another /);
  assert.deepEqual(await rowsOf("changed"), upTo(5));
});

test("[CLI-4] an import that is not allowed ends with 3, without a server with 4, and with 1 for a file that cannot be read", async () => {
  const file = write("denied.csv", numbered("denied", 3));
  const token = await makeToken(desk.vendor.side.store, "viewer");
  const denied = await desk.run("license", "import-csv", file, "--token", token);
  assert.equal(denied.ended, 3, denied.stderr);
  assert.match(denied.stderr, /0 of 3 rows are imported; run it again to go on/);
  assert.equal((await desk.run("license", "import-csv", file, "--url", "http://127.0.0.1:1")).ended, 4);
  assert.equal((await desk.run("license", "import-csv", "missing.csv")).ended, 1);
});
