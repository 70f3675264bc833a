import { rmSync, writeFileSync } from "node:fs";
import { stringify } from "csv-stringify/sync";
import { REPORT_COLUMNS } from "./csv-columns.ts";
import type { CsvFile, CsvRow } from "./read-csv.ts";

/** A row that no license was made of. */
export interface BadRow extends CsvRow {
  readonly code: string;
  readonly sentence: string;
}

/**
 * Writes which rows are bad and why, each with its cells as they were: corrected, the report may be imported itself.
 * Without a bad row there is no report. [CLI-6]
 */
export function writeReport(file: string, { columns }: CsvFile, bad: readonly BadRow[]): void {
  if (bad.length === 0) {
    rmSync(file, { force: true });
    return;
  }
  const kept = [...columns.keys()].filter((index) => !isReportColumn(columns[index]));
  const lines = bad
    .toSorted((a, b) => a.row - b.row)
    .map(({ row, code, sentence, cells }) => [String(row), code, sentence, ...kept.map((index) => cells[index] ?? "")]);
  const header = [...REPORT_COLUMNS, ...kept.map((index) => columns[index] ?? "")];
  writeFileSync(file, stringify([header, ...lines]), { mode: 0o600 });
}

function isReportColumn(name: string | undefined): boolean {
  return REPORT_COLUMNS.some((each) => each === name);
}
