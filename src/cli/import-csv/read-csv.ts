import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import leven from "leven";
import { CommandFailure } from "../command-failure.ts";
import { COLUMNS, REPORT_COLUMNS } from "./csv-columns.ts";

/** A file of licenses to make. */
export interface CsvFile {
  readonly columns: readonly string[];
  readonly rows: readonly CsvRow[];
  /** SHA-256 of the file, hex. */
  readonly digest: string;
}

export interface CsvRow {
  /** As a spreadsheet counts: the header is row 1. Empty lines do not count. */
  readonly row: number;
  readonly cells: readonly string[];
}

/** Reads a file as a whole, and finds every column that is none. @throws CommandFailure */
export function readCsv(file: string): CsvFile {
  const bytes = readBytes(file);
  const text = decode(file, bytes);
  const [header = [], ...rest] = parseRows(file, text);
  const columns = header.map((name) => name.trim());
  checkColumns(file, columns);
  return {
    columns,
    rows: rest.map((cells, index) => ({ row: index + 2, cells })),
    digest: hash("sha256", bytes, "hex"),
  };
}

function readBytes(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new CommandFailure("failed", `${file} cannot be read: ${(error as Error).message}`);
  }
}

function decode(file: string, bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new CommandFailure("failed", `${file} is not UTF-8: save it as "CSV UTF-8"`);
  }
}

function parseRows(file: string, text: string): string[][] {
  // Some spreadsheets write semicolons, by the language they are set to.
  const [firstLine = ""] = text.split(/\r?\n/, 1);
  const delimiter = firstLine.includes(";") && !firstLine.includes(",") ? ";" : ",";
  try {
    return parse(text, { bom: true, delimiter, relax_column_count: true, skip_empty_lines: true });
  } catch (error) {
    throw new CommandFailure("failed", `${file} is not CSV: ${(error as Error).message}`);
  }
}

function checkColumns(file: string, columns: readonly string[]): void {
  const known: readonly string[] = [...COLUMNS, ...REPORT_COLUMNS];
  const unknown = columns.filter((name) => !known.includes(name));
  const twice = columns.filter((name, index) => columns.indexOf(name) !== index);
  const problems = [
    ...unknown.map((name) => `there is no column "${name}"${suggestion(name)}`),
    ...twice.map((name) => `the column ${name} is there twice`),
    ...(columns.includes("product") ? [] : ["the column product is missing"]),
  ];
  if (problems.length === 0) return;
  throw new CommandFailure("usage", `${file}: ${problems.join("; ")}. Columns are: ${COLUMNS.join(", ")}`);
}

function suggestion(name: string): string {
  const [nearest = ""] = COLUMNS.toSorted((a, b) => leven(a, name) - leven(b, name));
  return leven(nearest, name) <= 3 ? `, did you mean ${nearest}?` : "";
}
