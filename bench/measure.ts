import type { Application, Load, LoadKind, LoadResult } from "./load/load.ts";
import { countPools, type Pools } from "./pools.ts";
import type { Generator, ServerProcess } from "./processes.ts";
import { type MeasuredRow, type RowLabel, toRow } from "./rows.ts";

/** How long and how often. Milliseconds. */
export interface Timing {
  /** Rounds; medians are taken over them. */
  readonly rounds: number;
  /** Before each measurement, under the same load. */
  readonly leadMs: number;
  readonly durationMs: number;
  /** Once for each server and kind of load, before anything is measured. */
  readonly warmUpMs: number;
}

/** What one row measures. */
export interface Target {
  readonly scenario: string;
  readonly kind: LoadKind;
  readonly store: string;
  readonly server: ServerProcess;
  /** Left out: a Floating Server is asked. */
  readonly application?: Application | undefined;
  readonly pools: Pools;
  readonly seats: number;
}

export interface Meter {
  readonly generator: Generator;
  readonly timing: Timing;
}

/** Runs each target for a while at 64 connections, until its code is compiled. */
export async function warmUp({ generator, timing }: Meter, targets: readonly Target[]): Promise<void> {
  for (const target of targets) {
    const load = toLoad(target, 64, { leadMs: 0, durationMs: timing.warmUpMs });
    const { wrong, firstWrong } = await generator.run(load);
    if (wrong > 0) throw new Error(`${target.scenario}: wrong replies while warming up, the first: ${firstWrong}`);
  }
}

/**
 * Measures the targets in turn, round after round, with an echo before, between and after the rounds: machines get
 * faster and slower while one looks, and neighbours in time are comparable. Every other round runs backwards.
 *
 * @returns the echo's row, then the targets' in their order
 */
export async function measureInterleaved(
  { generator, timing }: Meter,
  connections: number,
  echo: Target,
  targets: readonly Target[],
): Promise<MeasuredRow[]> {
  const { leadMs, durationMs } = timing;
  const measure = (target: Target) => generator.run(toLoad(target, connections, { leadMs, durationMs }));
  const echoes = [await measure(echo)];
  const results = new Map(targets.map((target) => [target, [] as LoadResult[]]));
  for (let round = 0; round < timing.rounds; round += 1) {
    for (const target of round % 2 === 0 ? targets : targets.toReversed()) {
      results.get(target)?.push(await measure(target));
    }
    echoes.push(await measure(echo));
  }
  const row = (target: Target, rounds: LoadResult[]) => toRow(toLabel(target, connections), rounds, echoes);
  const echoRow = { ...row(echo, echoes), pools: 0, liveSeats: 0, ratioToEcho: 1, p99ToEcho: 1 };
  return [echoRow, ...[...results].map(([target, rounds]) => row(target, rounds))];
}

function toLoad({ kind, server, application, pools, seats }: Target, connections: number, until: Load["until"]): Load {
  return { kind, port: server.port, serverPid: server.pid, application, connections, pools, seats, until };
}

function toLabel({ scenario, store, pools, seats }: Target, connections: number): RowLabel {
  return { scenario, store, connections, pools: countPools(pools), liveSeats: seats };
}
