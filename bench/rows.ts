import type { LoadResult } from "./load/load.ts";

/** One line of the result. Medians over the rounds, but for `wrong`, a sum, and `peakRssMb`, the highest. */
export interface Row {
  readonly scenario: string;
  /** `none` for the echo. */
  readonly store: string;
  readonly connections: number;
  /** Pools of features that the requests go to. */
  readonly pools: number;
  /** Seats live in those pools, beside the ones that the requests take. */
  readonly liveSeats: number;
  readonly reqPerSec: number;
  /** Against the mean of the two echoes around each round. */
  readonly ratioToEcho: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Microseconds of processor time; null where the system does not tell. */
  readonly serverCpuUsPerReq: number | null;
  readonly wrong: number;
  /** Highest resident memory of the server since it started, in MiB; null where the system does not tell. */
  readonly peakRssMb: number | null;
  /** Share of the replies whose signature was there already, over the server's whole life; null where none is signed. */
  readonly reusedSignatures: number | null;
}

/** A row with what the report needs beside it. */
export interface MeasuredRow extends Row {
  /** p99 as a multiple of the p99 of the echoes of the same rounds. */
  readonly p99ToEcho: number;
  readonly generatorCpuUsPerReq: number;
  /** Requests a second of each round, to compare rows round by round. */
  readonly rounds: readonly number[];
  readonly firstWrong: string | null;
}

export type RowLabel = Pick<Row, "scenario" | "store" | "connections" | "pools" | "liveSeats">;

/** @param echoes those between the rounds: one more than there are rounds */
export function toRow(label: RowLabel, rounds: readonly LoadResult[], echoes: readonly LoadResult[]): MeasuredRow {
  const of = (pick: (round: LoadResult) => number) => median(rounds.map(pick));
  const ratios = rounds.map(({ reqPerSec }, at) => {
    const before = echoes[at]?.reqPerSec ?? 0;
    const after = echoes[at + 1]?.reqPerSec ?? before;
    return reqPerSec / ((before + after) / 2);
  });
  const p99Us = of((round) => round.p99Us);
  return {
    ...label,
    reqPerSec: of((round) => round.reqPerSec),
    ratioToEcho: median(ratios),
    p50Ms: of((round) => round.p50Us) / 1_000,
    p99Ms: p99Us / 1_000,
    serverCpuUsPerReq: medianOrNull(rounds.map((round) => round.serverCpuUsPerReq)),
    wrong: rounds.reduce((sum, { wrong }) => sum + wrong, 0),
    peakRssMb: highest(rounds.map((round) => round.peakRssMb)),
    reusedSignatures: null,
    p99ToEcho: p99Us / median(echoes.map((echo) => echo.p99Us)),
    generatorCpuUsPerReq: of((round) => round.generatorCpuUsPerReq),
    rounds: rounds.map(({ reqPerSec }) => reqPerSec),
    firstWrong: rounds.find(({ firstWrong }) => firstWrong !== null)?.firstWrong ?? null,
  };
}

/** The documented fields only, rounded to what they are worth. */
export function toJson(row: MeasuredRow): Row {
  return {
    scenario: row.scenario,
    store: row.store,
    connections: row.connections,
    pools: row.pools,
    liveSeats: row.liveSeats,
    reqPerSec: Math.round(row.reqPerSec),
    ratioToEcho: round(row.ratioToEcho, 3),
    p50Ms: round(row.p50Ms, 3),
    p99Ms: round(row.p99Ms, 3),
    serverCpuUsPerReq: row.serverCpuUsPerReq === null ? null : round(row.serverCpuUsPerReq, 1),
    wrong: row.wrong,
    peakRssMb: row.peakRssMb === null ? null : round(row.peakRssMb, 1),
    reusedSignatures: row.reusedSignatures === null ? null : round(row.reusedSignatures, 4),
  };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

function medianOrNull(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : median(known);
}

function highest(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : Math.max(...known);
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
