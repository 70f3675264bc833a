import { type MeasuredRow, median } from "./rows.ts";

/** What the server is meant to reach, and what it reached. */
export interface Goal {
  readonly text: string;
  readonly wanted: string;
  readonly reached: string;
  readonly isMet: boolean;
}

/** @returns the goals that the rows can answer */
export function judge(rows: readonly MeasuredRow[]): Goal[] {
  const at64 = (scenario: string) => rows.find((row) => row.scenario === scenario && row.connections === 64);
  const goals: (Goal | undefined)[] = [
    atLeast("check-out and release, 64 connections, against the echo", 0.4, at64("pairs")?.ratioToEcho),
    atMost("its p99, as a multiple of the echo's", 8, at64("pairs")?.p99ToEcho, "×"),
    atLeast("renewals, 64 connections, against the echo", 0.45, at64("renewals")?.ratioToEcho),
    atLeast("100,000 seats in 10,000 pools against 1,000 in 100", 0.7, compare(rows, "pairs-many-pools")),
    atLeast("one pool of 10,000 seats against one of 100", 0.8, compare(rows, "pairs-one-pool")),
    atLeast(
      "License API: check and release, against a server that only signs",
      0.85,
      againstSigner(rows, "license-pairs"),
    ),
    atLeast("the same where every check is signed anew", 0.85, againstSigner(rows, "license-pairs-signed")),
    atLeast("License API: renewals, against the echo", 0.3, at64("license-renewals")?.ratioToEcho),
    atMost("highest memory of any server", 200, highestMemory(rows), " MiB"),
  ];
  return goals.filter((goal) => goal !== undefined);
}

/** Requests a second with more seats against those with fewer. */
function compare(rows: readonly MeasuredRow[], scenario: string): number | undefined {
  const [fewer, more] = rows.filter((row) => row.scenario === scenario);
  return ratioOf(more, fewer);
}

/** Requests a second at 64 connections against those of the server that only signs. */
function againstSigner(rows: readonly MeasuredRow[], scenario: string): number | undefined {
  const [row, signer] = [scenario, "license-signer"].map((name) =>
    rows.find((each) => each.scenario === name && each.connections === 64),
  );
  return ratioOf(row, signer);
}

/** The median of the rounds' ratios. */
function ratioOf(row: MeasuredRow | undefined, base: MeasuredRow | undefined): number | undefined {
  if (row === undefined || base === undefined) return undefined;
  return median(row.rounds.map((reqPerSec, round) => reqPerSec / (base.rounds[round] ?? Number.NaN)));
}

function highestMemory(rows: readonly MeasuredRow[]): number | undefined {
  const known = rows.filter(({ store }) => store !== "none").flatMap(({ peakRssMb }) => peakRssMb ?? []);
  return known.length === 0 ? undefined : Math.max(...known);
}

function atLeast(text: string, wanted: number, reached: number | undefined): Goal | undefined {
  if (reached === undefined) return undefined;
  return { text, wanted: `≥ ${wanted.toFixed(2)}`, reached: reached.toFixed(2), isMet: reached >= wanted };
}

function atMost(text: string, wanted: number, reached: number | undefined, unit: string): Goal | undefined {
  if (reached === undefined) return undefined;
  return { text, wanted: `≤ ${wanted}${unit}`, reached: `${reached.toFixed(1)}${unit}`, isMet: reached <= wanted };
}
