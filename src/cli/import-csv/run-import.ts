import { CommandFailure } from "../command-failure.ts";
import { type ConnectionFlags, openClient } from "../management/api-client.ts";
import { importRows } from "./import-rows.ts";
import { Journal } from "./journal.ts";
import { Progress } from "./progress.ts";
import { readCsv } from "./read-csv.ts";
import { type BadRow, writeReport } from "./report.ts";

export interface ImportFlags extends ConnectionFlags {
  readonly "dry-run": boolean;
  readonly json: boolean;
}

/** What `--json` prints. */
interface Summary {
  readonly rows: number;
  readonly created: number;
  /** Rows whose license was there from an earlier run of the same file. */
  readonly already_there: number;
  readonly bad: number;
  /** The report of bad rows; null without any. */
  readonly report: string | null;
  readonly is_dry_run: boolean;
}

/** Imports a file, or checks it, and prints the summary. @throws CommandFailure where it did not come to a good end */
export async function runImport(flags: ImportFlags, file: string): Promise<void> {
  const csv = readCsv(file);
  const client = openClient(flags, ["vendor"]);
  const reportFile = `${file}.errors.csv`;
  const report = (bad: readonly BadRow[]) => {
    writeReport(reportFile, csv, bad);
    return bad.length === 0 ? null : reportFile;
  };
  const rows = csv.rows.length;
  if (flags["dry-run"]) {
    const { checkRows } = await import("./check-rows.ts");
    const bad = await checkRows(client, csv);
    const summary = { rows, created: 0, already_there: 0, bad: bad.length, report: report(bad), is_dry_run: true };
    return finish(summary, flags.json);
  }
  const { body: session } = await client.request("GET", "/session");
  const journal = new Journal(`${file}.progress`, { digest: csv.digest, url: client.url, as: session.name });
  const progress = new Progress(rows, csv.rows.filter(({ row }) => journal.has(row)).length);
  const { created, there, bad, stoppedBy } = await importRows(client, csv, journal, (done, wrong) =>
    progress.show(done, wrong),
  );
  progress.end();
  const summary = { rows, created, already_there: there, bad: bad.length, report: report(bad), is_dry_run: false };
  if (stoppedBy !== undefined) throw stopped(stoppedBy, summary);
  journal.settle();
  finish(summary, flags.json);
}

/** @throws CommandFailure where a row was bad */
function finish(summary: Summary, isJson: boolean): void {
  const { rows, created, already_there: there, bad, report, is_dry_run: isDryRun } = summary;
  const earlier = there === 0 ? "" : `, ${there} were there from an earlier run`;
  const made = isDryRun
    ? `Checked ${counted(rows, "row")}, issued nothing`
    : `Issued ${counted(created, "license")} from ${counted(rows, "row")}${earlier}`;
  process.stdout.write(isJson ? `${JSON.stringify(summary)}\n` : `${made}.\n`);
  if (bad > 0) throw new CommandFailure("failed", `${bad} ${bad === 1 ? "row is" : "rows are"} bad: see ${report}`);
}

function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? "" : "s"}`;
}

/** The reason, and that nothing is lost. */
function stopped(reason: unknown, { rows, created, already_there: there }: Summary): unknown {
  if (!(reason instanceof CommandFailure)) return reason;
  const sentence = `${created + there} of ${rows} rows are imported; run it again to go on`;
  const kind = reason.exitCode === 3 ? "denied" : reason.exitCode === 4 ? "unreachable" : "failed";
  return new CommandFailure(kind, `${reason.message}\n${sentence}`);
}
