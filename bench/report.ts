import type { Goal } from "./goals.ts";
import type { MeasuredRow } from "./rows.ts";

/** A head and lines of cells. */
export interface Table {
  readonly head: readonly string[];
  readonly lines: readonly (readonly string[])[];
}

export function resultTable(rows: readonly MeasuredRow[]): Table {
  return {
    head: [
      "scenario",
      "connections",
      "pools",
      "live seats",
      "req/s",
      "× echo",
      "p50 ms",
      "p99 ms",
      "p99 × echo",
      "server µs/req",
      "generator µs/req",
      "peak MiB",
      "reused",
    ],
    lines: rows.map((row) => [
      row.scenario,
      whole(row.connections),
      row.pools === 0 ? "–" : whole(row.pools),
      row.pools === 0 ? "–" : whole(row.liveSeats),
      whole(row.reqPerSec),
      row.ratioToEcho.toFixed(2),
      row.p50Ms.toFixed(2),
      row.p99Ms.toFixed(2),
      row.p99ToEcho.toFixed(1),
      row.serverCpuUsPerReq?.toFixed(1) ?? "–",
      row.generatorCpuUsPerReq.toFixed(1),
      row.peakRssMb?.toFixed(0) ?? "–",
      row.reusedSignatures === null ? "–" : `${(100 * row.reusedSignatures).toFixed(1)} %`,
    ]),
  };
}

export function goalTable(goals: readonly Goal[]): Table {
  return {
    head: ["goal", "wanted", "reached", ""],
    lines: goals.map(({ text, wanted, reached, isMet }) => [text, wanted, reached, isMet ? "met" : "not met"]),
  };
}

/** For a terminal: the first column to the left, the others to the right. */
export function toText({ head, lines }: Table): string {
  const all = [head, ...lines];
  const widths = head.map((_, column) => Math.max(...all.map((cells) => (cells[column] ?? "").length)));
  const pad = (cell: string, column: number) => {
    const width = widths[column] ?? 0;
    return column === 0 ? cell.padEnd(width) : cell.padStart(width);
  };
  return all.map((cells) => cells.map(pad).join("  ").trimEnd()).join("\n");
}

export function toMarkdown({ head, lines }: Table): string {
  const rule = head.map((_, column) => (column === 0 ? "---" : "---:"));
  return [head, rule, ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function whole(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}
