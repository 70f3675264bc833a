import type { Pools } from "../pools.ts";

/**
 * What the connections send, one request at a time each:
 *
 * - `pairs`: a holder that never was there before takes a feature seat and releases it, pool after pool
 * - `renewals`: holders 0, 1, 2, … register, and start over at `seats`; also how pools are filled
 * - `denials`: ever new holders ask a full pool
 */
export type LoadKind = "pairs" | "renewals" | "denials";

/** One run of the load generator against one server. */
export interface Load {
  readonly kind: LoadKind;
  readonly port: number;
  /** Whose processor time and memory are read. */
  readonly serverPid: number;
  readonly connections: number;
  readonly pools: Pools;
  /** How many holders renew. */
  readonly seats: number;
  readonly until: TimeLimit | CountLimit;
}

/** Measures for `durationMs`, after `leadMs` that do not count. Milliseconds. */
export interface TimeLimit {
  readonly leadMs: number;
  readonly durationMs: number;
}

/** Stops after so many requests. */
export interface CountLimit {
  readonly requests: number;
}

/** What was measured, of right replies only. Latencies in microseconds, from before the request is written to the reply's last byte. */
export interface LoadResult {
  readonly requests: number;
  readonly reqPerSec: number;
  readonly p50Us: number;
  readonly p99Us: number;
  /** Replies that were not the expected ones, those before and after the measured time included. */
  readonly wrong: number;
  /** The first of them, for the message. */
  readonly firstWrong: string | null;
  readonly generatorCpuUsPerReq: number;
  /** null where the system does not tell. */
  readonly serverCpuUsPerReq: number | null;
  /** The server's highest resident memory since it started, in MiB (2^20 bytes); null where the system does not tell. */
  readonly peakRssMb: number | null;
}

/** What the generator process answers to a `Load`. */
export type LoadReply = { readonly result: LoadResult } | { readonly error: string };
