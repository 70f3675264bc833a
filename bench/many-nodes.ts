import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Pool } from "pg";
import { type PostgresServer, queryDatabase, usePostgresServer } from "../test/support/postgres-server.ts";
import { importLicenses, type Vendor } from "./licenses.ts";
import type { Load, LoadResult } from "./load/load.ts";
import type { Pools } from "./pools.ts";
import { type Generator, type ServerProcess, startGenerator, startServer } from "./processes.ts";
import type { Table } from "./report.ts";
import type { Bench } from "./scenarios.ts";
import { ROOM } from "./seat-server.ts";

/*
 * Nodes on one PostgreSQL, over HTTP. Beside them, in the same round, is what a plain client does at the least for the same
 * requests, without HTTP: one update of a row that counts, or one transaction each that locks, counts and writes a seat.
 */

const NODES = [1, 2, 4];
const CONNECTIONS = [64, 256];
const ROUNDS = 3;
/** A server's code is fast once it has answered some ten thousands of requests. */
const WARM_UPS = 3;
const MANY: Pools = { firstLicenseId: 200_000_001, licenses: 2_000, featuresPerLicense: 1 };
const HOT: Pools = { firstLicenseId: 300_000_001, licenses: 1, featuresPerLicense: 1 };

export async function measureNodes({ servers: { folder, vendor }, meter, say }: Bench): Promise<Table> {
  const cleanUps: (() => void | Promise<void>)[] = [];
  const server = await usePostgresServer({ after: (cleanUp) => cleanUps.push(cleanUp) }, { isDurable: true });
  const nodes: ServerProcess[] = [];
  const generators: Generator[] = [];
  try {
    const url = await server.makeDatabase();
    for (let at = 0; at < Math.max(...NODES); at += 1) {
      nodes.push(await startNode(folder, vendor, url));
      generators.push(startGenerator());
    }
    say("importing licenses");
    const [first] = nodes as [ServerProcess];
    for (const pools of [MANY, HOT]) await importLicenses(first, vendor, pools, { license: ROOM, feature: ROOM });
    say("warming up");
    for (const [at, node] of nodes.entries()) {
      for (const pools of [MANY, HOT]) {
        await (generators[at] as Generator).run(
          pairs(node, pools, 64, { leadMs: 0, durationMs: WARM_UPS * meter.timing.warmUpMs }),
        );
      }
    }
    const lines: string[][] = [];
    for (const [name, pools] of [
      ["many licenses", MANY],
      ["one license", HOT],
    ] as const) {
      for (const connections of CONNECTIONS) {
        say(`${name}: ${connections} connections`);
        lines.push(...(await compare(name, pools, connections, { nodes, generators, server, timing: meter.timing })));
      }
    }
    for (const node of nodes) await node.stop();
    return { head: ["requests", "connections", "by", "req/s", "× update", "× transaction", "p50 ms", "p99 ms"], lines };
  } finally {
    for (const generator of generators) generator.stop();
    for (const cleanUp of cleanUps) await cleanUp();
  }
}

interface Running {
  readonly nodes: readonly ServerProcess[];
  readonly generators: readonly Generator[];
  readonly server: PostgresServer;
  readonly timing: Bench["meter"]["timing"];
}

function pairs({ port, pid }: ServerProcess, pools: Pools, connections: number, until: Load["until"]): Load {
  return { kind: "pairs", port, serverPid: pid, connections, pools, seats: 0, until };
}

/** Round after round the floors and each number of nodes; medians are told. */
async function compare(name: string, pools: Pools, connections: number, running: Running): Promise<string[][]> {
  const { nodes, generators, server, timing } = running;
  const floors = new Map(FLOORS.map((floor) => [floor, [] as number[]]));
  const results = new Map(NODES.map((count) => [count, [] as LoadResult[]]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [floor, rates] of floors) {
      rates.push(await measureFloor(floor, server, pools.licenses, connections, timing.durationMs));
    }
    for (const count of NODES) {
      const until = { leadMs: timing.leadMs, durationMs: timing.durationMs };
      const loads = nodes.slice(0, count).map((node) => pairs(node, pools, Math.ceil(connections / count), until));
      const all = await Promise.all(loads.map((load, at) => (generators[at] as Generator).run(load)));
      const wrong = all.find((each) => each.wrong > 0);
      if (wrong !== undefined) throw new Error(`${name}: wrong replies, the first: ${wrong.firstWrong}`);
      results.get(count)?.push({
        ...(all[0] as LoadResult),
        reqPerSec: all.reduce((sum, each) => sum + each.reqPerSec, 0),
        p99Us: Math.max(...all.map(({ p99Us }) => p99Us)),
      });
    }
  }
  const [update, transaction] = FLOORS.map((floor) => median(floors.get(floor) ?? [])) as [number, number];
  const line = ([count, rounds]: [number, LoadResult[]]) => {
    const reqPerSec = median(rounds.map((round) => round.reqPerSec));
    const [p50, p99] = [median(rounds.map((each) => each.p50Us)), median(rounds.map((each) => each.p99Us))];
    const nodesUsed = `${count} node${count === 1 ? "" : "s"}`;
    return [
      name,
      connections,
      nodesUsed,
      reqPerSec,
      reqPerSec / update,
      reqPerSec / transaction,
      p50 / 1_000,
      p99 / 1_000,
    ];
  };
  const floorLines = [
    [name, connections, "one update each", update, 1, "", "–", "–"],
    [name, connections, "one transaction each", transaction, "", 1, "–", "–"],
  ];
  return [...floorLines, ...[...results].map(line)].map((cells) => cells.map(toCell));
}

/** What a plain client does for each request: a check-out, or a release. */
const FLOORS = ["update", "transaction"] as const;

async function measureFloor(
  floor: (typeof FLOORS)[number],
  server: PostgresServer,
  rows: number,
  callers: number,
  ms: number,
): Promise<number> {
  const url = await server.makeDatabase();
  await queryDatabase(
    url,
    `CREATE TABLE pool (id integer PRIMARY KEY, in_use integer NOT NULL) WITH (fillfactor = 50);
     INSERT INTO pool SELECT id, 0 FROM generate_series(1, ${rows}) AS id;
     CREATE TABLE seat (pool integer, holder integer, PRIMARY KEY (pool, holder))`,
  );
  const pool = new Pool({ connectionString: url, max: 10 });
  const change = floor === "update" ? countUp : lockAndCount;
  const until = performance.now() + ms;
  let done = 0;
  const call = async (caller: number) => {
    for (let turn = 0; performance.now() < until; turn += 1) {
      const id = ((caller + turn) % rows) + 1;
      for (const by of [1, -1]) await change(pool, id, caller, by);
      done += 2;
    }
  };
  await Promise.all(Array.from({ length: callers }, (_, caller) => call(caller)));
  await pool.end();
  return (done / ms) * 1_000;
}

async function countUp(pool: Pool, id: number, _: number, by: number): Promise<void> {
  const text = "UPDATE pool SET in_use = in_use + $2 WHERE id = $1 AND in_use + $2 <= 1000 RETURNING in_use";
  await pool.query({ name: "count_up", text, values: [id, by] });
}

async function lockAndCount(pool: Pool, id: number, holder: number, by: number): Promise<void> {
  const client = await pool.connect();
  await client.query("BEGIN");
  await client.query({ name: "lock", text: "SELECT FROM pool WHERE id = $1 FOR UPDATE", values: [id] });
  await client.query({ name: "count", text: "SELECT count(*) FROM seat WHERE pool = $1", values: [id] });
  const put = { name: "put", text: "INSERT INTO seat VALUES ($1, $2)", values: [id, holder] };
  const end = { name: "end", text: "DELETE FROM seat WHERE pool = $1 AND holder = $2", values: [id, holder] };
  await client.query(by > 0 ? put : end);
  await client.query("COMMIT");
  client.release();
}

async function startNode(folder: string, vendor: Vendor, url: string): Promise<ServerProcess> {
  const dataDir = mkdtempSync(join(folder, "node-"));
  const keyFile = join(dataDir, "vendor.pem");
  const sharedKeyFile = join(dataDir, "shared-key.txt");
  writeFileSync(keyFile, vendor.publicKey);
  writeFileSync(sharedKeyFile, vendor.requestKeys.sharedKey);
  const settings = {
    "data-dir": dataDir,
    "store.url": url,
    "floating-server.port": "0",
    "management.port": "0",
    "vendor.public-key-file": keyFile,
    "vendor.api-key": vendor.requestKeys.apiKey,
    "vendor.shared-key-file": sharedKeyFile,
    "log.level": "warn",
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
  const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));
  return startServer([main, "floating", ...flags], /^Hardware id.*\n/m);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function toCell(value: string | number): string {
  if (typeof value === "string") return value;
  return value >= 100 ? Math.round(value).toLocaleString("en-US") : String(Math.round(value * 100) / 100);
}
