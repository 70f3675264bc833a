import { fileURLToPath } from "node:url";
import { type Meter, measureInterleaved, type Target, warmUp } from "./measure.ts";
import type { Pools } from "./pools.ts";
import { type ServerProcess, startServer } from "./processes.ts";
import type { MeasuredRow } from "./rows.ts";
import { askFloatingServer, type SampleReplies } from "./sample-replies.ts";
import { type Filling, type SeatServerOptions, startSeatServer } from "./seat-server.ts";

export interface Bench {
  readonly meter: Meter;
  readonly servers: SeatServerOptions;
  /** Tells the person who waits what is going on. */
  readonly say: (text: string) => void;
}

/** What is measured, by the wire API that answers. */
export type Api = "floating-server" | "license-api";

export const STORE = "sqlite";

/** 1,000 live seats in 100 pools: a busy site's morning. */
export const USUAL: Filling = {
  pools: { firstLicenseId: 200_000_001, licenses: 1, featuresPerLicense: 100 },
  seats: 1_000,
};
const FULL: Filling = {
  pools: { firstLicenseId: 300_000_001, licenses: 1, featuresPerLicense: 1 },
  seats: 10,
  isFull: true,
};

/** Two ways of holding seats, whose pairs are compared at 64 connections. */
export interface Comparison {
  readonly scenario: string;
  readonly fewer: Filling;
  readonly more: Filling;
}

const onePool: Pools = { firstLicenseId: 200_000_001, licenses: 1, featuresPerLicense: 1 };
export const comparisons: readonly Comparison[] = [
  { scenario: "pairs-many-pools", fewer: USUAL, more: { pools: { ...USUAL.pools, licenses: 100 }, seats: 100_000 } },
  { scenario: "pairs-one-pool", fewer: { pools: onePool, seats: 100 }, more: { pools: onePool, seats: 10_000 } },
];

/** Pairs, renewals and denials between echoes, at each number of connections. */
export async function measureConnections(bench: Bench, counts: readonly number[]): Promise<MeasuredRow[]> {
  const { meter, servers, say } = bench;
  say("pairs, renewals, denials: starting");
  const seats = await startSeatServer(servers, [USUAL, FULL]);
  const echo = await startFloatingEcho(seats.process);
  const at = { store: STORE, server: seats.process };
  const targets: Target[] = [
    { ...at, scenario: "pairs", kind: "pairs", ...USUAL },
    { ...at, scenario: "renewals", kind: "renewals", ...USUAL },
    { ...at, scenario: "denials", kind: "denials", ...FULL },
  ];
  await warmUp(meter, [echo, ...targets]);
  const rows: MeasuredRow[] = [];
  for (const connections of counts) {
    say(`pairs, renewals, denials: ${connections} connections`);
    rows.push(...(await measureInterleaved(meter, connections, echo, targets)));
  }
  await echo.server.stop();
  say(`pairs, renewals, denials: ${await seats.finish()}`);
  return rows;
}

/** Pairs on two servers that run at the same time and are measured in turn. @returns two rows, the one of fewer seats first */
export async function compareSeats(bench: Bench, { scenario, fewer, more }: Comparison): Promise<MeasuredRow[]> {
  const { meter, servers, say } = bench;
  say(`${scenario}: filling ${more.seats + fewer.seats} seats`);
  const fillings = [fewer, more];
  const both = [await startSeatServer(servers, [fewer]), await startSeatServer(servers, [more])];
  const targets = both.map(({ process }, at) => {
    return { scenario, kind: "pairs", store: STORE, server: process, ...(fillings[at] as Filling) } satisfies Target;
  });
  const echo = await startFloatingEcho((both[0] as (typeof both)[0]).process);
  await warmUp(meter, [echo, ...targets]);
  say(`${scenario}: 64 connections`);
  const [, ...rows] = await measureInterleaved(meter, 64, echo, targets);
  await echo.server.stop();
  for (const server of both) say(`${scenario}: ${await server.finish()}`);
  return rows;
}

async function startFloatingEcho(real: ServerProcess): Promise<Target> {
  const server = await startEcho(await askFloatingServer(real.port, USUAL.pools));
  return { scenario: "echo", kind: "pairs", store: "none", server, ...USUAL };
}

/** An echo that answers with the very bytes that the real server has just answered with. */
export function startEcho(replies: SampleReplies): Promise<ServerProcess> {
  const file = fileURLToPath(new URL("./echo-server.ts", import.meta.url));
  return startServer([file, JSON.stringify(replies)], /^Echo.*\n/m);
}
