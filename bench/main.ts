// Measures the server against a bare HTTP echo, and checks every reply.
//   npm run bench                     everything, and writes docs/performance.md (about 9 minutes)
//   npm run bench -- --quick          1 and 64 connections only, little more than a minute
//   npm run bench -- --json FILE      also writes the rows as a JSON array
//   npm run bench -- --api NAME       one of floating-server and license-api only
//   npm run bench -- --store postgres 1, 2 and 4 nodes on one PostgreSQL, beside plain updates; writes nothing
// Exit code 1 when a reply was wrong, or what the server left behind is; missed goals are only reported.
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { judge } from "./goals.ts";
import { measureLicenseApi } from "./license-scenarios.ts";
import { makeVendor } from "./licenses.ts";
import { measureNodes } from "./many-nodes.ts";
import type { Timing } from "./measure.ts";
import { writePerformancePage } from "./performance-page.ts";
import { startGenerator } from "./processes.ts";
import { profile } from "./profile.ts";
import { goalTable, resultTable, toText } from "./report.ts";
import { type MeasuredRow, toJson } from "./rows.ts";
import { type Api, type Bench, compareSeats, comparisons, measureConnections } from "./scenarios.ts";

const QUICK: Timing = { rounds: 3, leadMs: 150, durationMs: 1_200, warmUpMs: 1_000 };
const FULL: Timing = { rounds: 5, leadMs: 300, durationMs: 2_000, warmUpMs: 2_000 };
const APIS: readonly Api[] = ["floating-server", "license-api"];
const STORES = ["sqlite", "postgres"];
/** statfs(2)'s type of a file system in memory, where a sync costs nothing. */
const TMPFS = 0x01021994;

const args = readArguments();
const folder = mkdtempSync(join(tmpdir(), "seatkeeper-bench-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));

const timing = args.quick ? QUICK : FULL;
const generator = startGenerator();
const bench: Bench = {
  meter: { generator, timing },
  servers: { folder, vendor: makeVendor(), generator },
  say: (text) => process.stderr.write(`bench: ${text}\n`),
};
if (statfsSync(folder).type === TMPFS) bench.say(`${folder} is in memory, where syncs cost nothing: set TMPDIR`);

try {
  if (args.profile !== undefined) process.stdout.write(`${await profile(bench, args.profile, args.api)}\n`);
  else if (args.store === "postgres") process.stdout.write(`${toText(await measureNodes(bench))}\n`);
  else await measureAll();
} catch (error) {
  process.stderr.write(`bench: failed: ${(error as Error).message}\n`);
  // Servers may still be running: they end with this process.
  process.exit(1);
}
generator.stop();

async function measureAll(): Promise<void> {
  const rows: MeasuredRow[] = [];
  if (args.api !== "license-api") {
    rows.push(...(await measureConnections(bench, args.quick ? [1, 64] : [1, 16, 64, 256])));
    if (!args.quick) for (const comparison of comparisons) rows.push(...(await compareSeats(bench, comparison)));
  }
  if (args.api !== "floating-server") rows.push(...(await measureLicenseApi(bench, args.quick ? [64] : [1, 64, 256])));
  process.stdout.write(`\n${toText(resultTable(rows))}\n\n${toText(goalTable(judge(rows)))}\n`);
  if (args.json !== undefined) writeFileSync(args.json, `${JSON.stringify(rows.map(toJson), null, 2)}\n`);
  failOnWrong(rows);
  if (!args.quick && args.api === undefined) writePerformancePage(rows, timing);
}

function failOnWrong(rows: readonly MeasuredRow[]): void {
  const wrong = rows.filter((row) => row.wrong > 0);
  for (const row of wrong) bench.say(`${row.scenario}: ${row.wrong} wrong replies, the first: ${row.firstWrong}`);
  if (wrong.length > 0) throw new Error("there were wrong replies");
}

function readArguments() {
  const options = {
    quick: { type: "boolean", default: false },
    json: { type: "string" },
    store: { type: "string", default: "sqlite" },
    api: { type: "string" },
    // Not documented: writes processor profiles of the server into this folder, and measures nothing.
    profile: { type: "string" },
  } as const;
  try {
    const { values } = parseArgs({ options });
    if (!STORES.includes(values.store)) {
      throw new Error(`--store ${values.store} is not known; there are ${STORES.join(" and ")}`);
    }
    const api = APIS.find((each) => each === values.api);
    if (values.api !== undefined && api === undefined) {
      throw new Error(`--api ${values.api} is not known; there are ${APIS.join(" and ")}`);
    }
    return { ...values, api };
  } catch (error) {
    process.stderr.write(`bench: ${(error as Error).message}\n`);
    process.exit(2);
  }
}
