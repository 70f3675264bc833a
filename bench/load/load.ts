import type { Pools } from "../pools.ts";

/**
 * What the connections send, one request at a time each:
 *
 * - `pairs`: a holder that never was there before takes a feature seat and releases it, pool after pool. Devices are
 *   activated beforehand, so there are only so many: one comes back when all others have had their turn
 * - `renewals`: holders 0, 1, 2, … register, and start over at `seats`; also how pools are filled
 * - `denials`: ever new holders ask a full pool
 */
export type LoadKind = "pairs" | "renewals" | "denials";

/** Who asks a License API. */
export interface Application {
  readonly apiKey: string;
  readonly sharedKey: string;
  /** PEM: what replies are verified with. */
  readonly publicKey: string;
  /** Active on each license. The first of them hold the live seats, the others come and go. */
  readonly devices: number;
}

/** One run of the load generator against one server. */
export interface Load {
  readonly kind: LoadKind;
  readonly port: number;
  /** Whose processor time and memory are read. */
  readonly serverPid: number;
  readonly connections: number;
  /** Left out: the requests go to a Floating Server. */
  readonly application?: Application | undefined;
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
