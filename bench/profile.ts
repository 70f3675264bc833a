import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type CpuProfile, inspectorFlags, type ProfileNode, profileWhile } from "./inspector.ts";
import type { Load, LoadKind } from "./load/load.ts";
import { type Bench, USUAL } from "./scenarios.ts";
import { startSeatServer } from "./seat-server.ts";

const WARM_UP_MS = 2_000;
const DURATION_MS = 8_000;
const TOP = 20;

/**
 * Profiles the server under pairs and under renewals at 64 connections.
 *
 * @param folder where the `.cpuprofile` files go, for a browser's or an editor's viewer
 * @returns where the main thread's time went
 */
export async function profile(bench: Bench, folder: string): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const texts: string[] = [];
  for (const kind of ["pairs", "renewals"] as const) {
    const result = await run(bench, kind);
    writeFileSync(join(folder, `${kind}.cpuprofile`), JSON.stringify(result));
    texts.push(`${kind}\n${summarize(result)}`);
  }
  return texts.join("\n\n");
}

async function run({ meter, servers, say }: Bench, kind: LoadKind): Promise<CpuProfile> {
  const inspector = await inspectorFlags();
  const seats = await startSeatServer({ ...servers, nodeFlags: inspector.flags }, [USUAL]);
  const { port, pid } = seats.process;
  const load = (durationMs: number): Load => {
    return { kind, port, serverPid: pid, connections: 64, ...USUAL, until: { leadMs: 0, durationMs } };
  };
  await meter.generator.run(load(WARM_UP_MS));
  const result = await profileWhile(inspector.port, async () => {
    const { reqPerSec } = await meter.generator.run(load(DURATION_MS));
    say(`${kind}: ${Math.round(reqPerSec)} req/s while profiled`);
  });
  say(`${kind}: ${await seats.finish()}`);
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
