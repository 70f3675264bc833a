import { setTimeout as wait } from "node:timers/promises";
import type { ManagementClient } from "../management/api-client.ts";
import { ApiFailure } from "../management/api-failure.ts";
import { bodyOf } from "./csv-columns.ts";
import type { Journal } from "./journal.ts";
import type { CsvFile, CsvRow } from "./read-csv.ts";
import type { BadRow } from "./report.ts";

/** How many licenses are asked for at once. */
const AT_ONCE = 32;
/** Waits before a server that is busy is asked again, in milliseconds. */
const WAITS_MS = [250, 500, 1_000, 2_000, 4_000] as const;

export interface Imported {
  /** Licenses made by this run. */
  readonly created: number;
  /** Rows whose license was there from an earlier run. */
  readonly there: number;
  readonly bad: readonly BadRow[];
  /** Why it did not come to the end; undefined where it did. */
  readonly stoppedBy: unknown;
}

/**
 * Makes the license of every row that the journal does not have. A bad row is passed over; what all rows would fail by
 * (no server, no permission) stops the import. [CLI-6]
 */
export async function importRows(
  client: ManagementClient,
  { columns, rows, digest }: CsvFile,
  journal: Journal,
  onRow: (done: number, bad: number) => void,
): Promise<Imported> {
  const left = rows.filter(({ row }) => !journal.has(row));
  const bad: BadRow[] = [];
  let there = rows.length - left.length;
  let created = 0;
  let stoppedBy: unknown;
  const queue = left.values();
  const importOne = async (row: CsvRow) => {
    const read = bodyOf(columns, row.cells);
    if ("problem" in read) {
      bad.push({ ...row, code: "validation_error", sentence: read.problem });
      return;
    }
    try {
      const { headers } = await create(client, read.body, `csv-${digest.slice(0, 40)}-${row.row}`);
      if (headers.has("idempotent-replayed")) there += 1;
      else created += 1;
      journal.add(row.row);
    } catch (error) {
      if (!isOfTheRow(error)) throw error;
      const { code, detail } = error.problem;
      bad.push({ ...row, code, sentence: detail });
    }
  };
  const work = async () => {
    for (const row of queue) {
      if (stoppedBy !== undefined) return;
      try {
        await importOne(row);
      } catch (error) {
        stoppedBy ??= error;
        return;
      }
      onRow(created + there + bad.length, bad.length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { created, there, bad, stoppedBy };
}

/** The same key makes the same license, however often it is asked for. */
async function create(client: ManagementClient, body: object, key: string) {
  for (const pause of WAITS_MS) {
    try {
      return await client.request("POST", "/licenses", { body, headers: { "idempotency-key": key } });
    } catch (error) {
      if (!(error instanceof ApiFailure) || ![429, 503].includes(error.problem.status)) throw error;
      await wait(pause);
    }
  }
  return client.request("POST", "/licenses", { body, headers: { "idempotency-key": key } });
}

function isOfTheRow(error: unknown): error is ApiFailure {
  if (!(error instanceof ApiFailure)) return false;
  const { status, code } = error.problem;
  // A product that is not there is `does_not_exist`; a server that has no such path at all is another one.
  return status >= 400 && status < 500 && ![401, 403, 429].includes(status) && code !== "not_found";
}
