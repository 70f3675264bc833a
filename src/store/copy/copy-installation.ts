import { type ChainHead, type CopyReader, CopyRefusal, type CopyTarget, type StoreKind } from "./copy-port.ts";
import { COPY_TABLES, type CopyRow, type CopyTable, EVENT, FACT } from "./copy-tables.ts";
import { COPIED_FROM, isOwnFact } from "./own-facts.ts";
import { RowDigest } from "./row-digest.ts";

/** What is kept of a copy in the copy, so that a backup of the source can be held against it. [COPY-5] */
export interface CopiedFrom extends ChainHead {
  readonly store: StoreKind;
  /** ISO 8601, UTC. */
  readonly at: string;
}

export interface CopySummary {
  readonly copiedFrom: CopiedFrom;
  /** Rows by table. */
  readonly tables: ReadonlyMap<string, number>;
}

export interface CopyProgress {
  readonly doing: "checking" | "copying" | "verifying";
  readonly table: string;
  /** Rows, of all tables. */
  readonly done: number;
  readonly total: number;
}

/**
 * Copies all that one database has into an empty one, reads it back, and commits it where the two are the same. [COPY-1]
 *
 * @throws CopyRefusal, and nothing is left in the target then
 */
export async function copyInstallation(
  source: CopyReader,
  target: CopyTarget,
  onProgress: (progress: CopyProgress) => void,
): Promise<CopySummary> {
  let total = 0;
  for (const table of COPY_TABLES) total += await source.count(table);
  onProgress({ doing: "checking", table: EVENT.name, done: 0, total });
  await refuseBrokenChain(source);
  const head = await source.chainHead();
  const earlier: CopiedFrom[] = [];
  const copied = await eachTable(source, "copying", total, onProgress, async (table, rows, own) => {
    for (const [name, value] of own) if (name === COPIED_FROM) earlier.push(...JSON.parse(String(value)));
    await target.put(table, rows);
  });
  const copiedFrom: CopiedFrom = { store: source.kind, ...head, at: new Date().toISOString() };
  await target.put(FACT, [[COPIED_FROM, JSON.stringify([...earlier, copiedFrom])]]);
  await target.finish(await source.clock());
  const found = await eachTable(target, "verifying", total, onProgress, async () => {});
  for (const { name } of COPY_TABLES) {
    if (!copied.get(name)?.equals(found.get(name) ?? new RowDigest())) throw differs(`table ${name}`);
  }
  const report = await target.verifyEvents();
  if (report.brokenAt !== null || report.events !== head.events) throw differs("the chain of events");
  await target.load();
  await target.commit();
  return { copiedFrom, tables: new Map([...copied].map(([name, { rows }]) => [name, rows])) };
}

/** A chain that is made anew is whole: what was changed in the source would never show again. [COPY-5] */
async function refuseBrokenChain(source: CopyReader): Promise<void> {
  const { brokenAt } = await source.verifyEvents();
  if (brokenAt === null) return;
  const sentence = `the chain of events is broken at event ${brokenAt}: somebody changed events, or the disk did`;
  throw new CopyRefusal(`${sentence}. Restore a backup whose chain is whole, and copy that`);
}

/** Reads all tables. @returns what each has, own facts left out */
async function eachTable(
  reader: CopyReader,
  doing: CopyProgress["doing"],
  total: number,
  onProgress: (progress: CopyProgress) => void,
  onRows: (table: CopyTable, rows: readonly CopyRow[], own: readonly CopyRow[]) => Promise<void>,
): Promise<ReadonlyMap<string, RowDigest>> {
  const digests = new Map<string, RowDigest>();
  let done = 0;
  for (const table of COPY_TABLES) {
    const digest = new RowDigest();
    digests.set(table.name, digest);
    for await (const rows of reader.rows(table)) {
      const own = table === FACT ? rows.filter(([name]) => isOwnFact(name)) : [];
      const shared = own.length === 0 ? rows : rows.filter((row) => !own.includes(row));
      digest.add(shared);
      await onRows(table, shared, own);
      done += rows.length;
      onProgress({ doing, table: table.name, done, total });
    }
  }
  return digests;
}

function differs(what: string): CopyRefusal {
  return new CopyRefusal(`${what} is not the same in the copy as in the source: nothing was kept of it`);
}
