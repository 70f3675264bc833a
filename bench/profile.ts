import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type CpuProfile, inspectorFlags, type ProfileNode, profileWhile } from "./inspector.ts";
import { LICENSE_PAIRS, ONE_HOLDER } from "./license-scenarios.ts";
import type { Load, LoadKind } from "./load/load.ts";
import { type Api, type Bench, USUAL } from "./scenarios.ts";
import { type SeatServerOptions, startSeatServer } from "./seat-server.ts";
import { startVendorServer, type VendorFilling } from "./vendor-server.ts";

const WARM_UP_MS = 2_000;
const DURATION_MS = 8_000;
const TOP = 20;

/** A server to profile, under one kind of load at 64 connections. */
interface Subject {
  readonly name: string;
  start(servers: SeatServerOptions): Promise<{
    readonly load: Omit<Load, "until">;
    finish(): Promise<string>;
  }>;
}

const floating = (name: string, kind: LoadKind): Subject => ({
  name,
  async start(servers) {
    const { process, finish } = await startSeatServer(servers, [USUAL]);
    return { load: { kind, port: process.port, serverPid: process.pid, connections: 64, ...USUAL }, finish };
  },
});

const vendor = (name: string, kind: LoadKind, filling: VendorFilling): Subject => ({
  name,
  async start(servers) {
    const { process, application, finish } = await startVendorServer(servers, filling);
    const load = { kind, port: process.port, serverPid: process.pid, application, connections: 64, ...filling };
    return { load, finish: async () => (await finish()).found };
  },
});

const subjects = {
  "floating-server": [floating("pairs", "pairs"), floating("renewals", "renewals")],
  "license-api": [vendor("license-pairs", "pairs", LICENSE_PAIRS), vendor("license-renewals", "renewals", ONE_HOLDER)],
};

/**
 * Profiles the servers under pairs and under renewals at 64 connections.
 *
 * @param folder where the `.cpuprofile` files go, for a browser's or an editor's viewer
 * @param api only the servers of this one
 * @returns where the main thread's time went
 */
export async function profile(bench: Bench, folder: string, api?: Api): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const texts: string[] = [];
  for (const subject of api === undefined ? Object.values(subjects).flat() : subjects[api]) {
    const result = await run(bench, subject);
    writeFileSync(join(folder, `${subject.name}.cpuprofile`), JSON.stringify(result));
    texts.push(`${subject.name}\n${summarize(result)}`);
  }
  return texts.join("\n\n");
}

async function run({ meter, servers, say }: Bench, { name, start }: Subject): Promise<CpuProfile> {
  const inspector = await inspectorFlags();
  const { load, finish } = await start({ ...servers, nodeFlags: inspector.flags });
  const runFor = (durationMs: number) => meter.generator.run({ ...load, until: { leadMs: 0, durationMs } });
  await runFor(WARM_UP_MS);
  const result = await profileWhile(inspector.port, async () => {
    const { reqPerSec } = await runFor(DURATION_MS);
    say(`${name}: ${Math.round(reqPerSec)} req/s while profiled`);
  });
  say(`${name}: ${await finish()}`);
  return result;
}

/**
 * The functions with the most time of their own, in percent of all time. What Node does in C++ counts for the
 * function that called it; `(idle)` is waiting for the network, and reading from it.
 */
function summarize({ nodes, samples, timeDeltas }: CpuProfile): string {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const callers = new Map(nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node] as const)));
  const times = new Map<string, number>();
  for (const [at, id] of samples.entries()) {
    const name = nameOf(byId.get(id), callers);
    times.set(name, (times.get(name) ?? 0) + (timeDeltas[at] ?? 0));
  }
  const total = timeDeltas.reduce((sum, delta) => sum + delta, 0);
  const top = [...times].sort(([, a], [, b]) => b - a).slice(0, TOP);
  return top.map(([name, time]) => `${((100 * time) / total).toFixed(1).padStart(5)} %  ${name}`).join("\n");
}

function nameOf(node: ProfileNode | undefined, callers: ReadonlyMap<number, ProfileNode>): string {
  if (node === undefined) return "(unknown)";
  const { functionName, url, lineNumber } = node.callFrame;
  const name = functionName || "(anonymous)";
  if (url !== "") return `${name} ${url.split("/").slice(-3).join("/")}:${lineNumber + 1}`;
  return name.startsWith("(") ? name : `${name} called by ${nameOf(callers.get(node.id), callers)}`;
}
