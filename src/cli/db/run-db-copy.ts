import { resolve } from "node:path";
import { options } from "../../config/options.ts";
import { Fault } from "../../fault.ts";
import { isPostgres, withPassword } from "../../sides/open-store.ts";
import { type CopyProgress, type CopySummary, copyInstallation } from "../../store/copy/copy-installation.ts";
import { type CopyReader, CopyRefusal, type CopyTarget } from "../../store/copy/copy-port.ts";
import { CommandFailure } from "../command-failure.ts";
import { CopyBar } from "./copy-bar.ts";

export interface CopyFlags {
  readonly from: string;
  readonly to: string;
  readonly "from-password-file"?: string;
  readonly "to-password-file"?: string;
  readonly json: boolean;
}

/** A database file, or an address with its password. */
export type Place = { readonly file: string } | { readonly url: string };

/** Copies, and prints what was copied. @throws CommandFailure where nothing was */
export async function runDbCopy(flags: CopyFlags): Promise<void> {
  const { from, to, json } = flags;
  const places = [
    placeOf("from", from, flags["from-password-file"]),
    placeOf("to", to, flags["to-password-file"]),
  ] as const;
  const startedAt = performance.now();
  const bar = new CopyBar(json);
  let summary: CopySummary;
  try {
    summary = await copyBetween(...places, (progress) => bar.show(progress));
  } catch (error) {
    if (!(error instanceof CopyRefusal)) throw error;
    throw new CommandFailure(error.kind, error.message);
  } finally {
    bar.end();
  }
  const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
  const shown = { from: shownAddress(from), to: shownAddress(to) };
  process.stdout.write(json ? jsonOf(summary, shown, seconds) : textOf(summary, shown, seconds));
}

/** Opens both, copies, and closes both. @throws CopyRefusal, or Fault */
export async function copyBetween(
  from: Place,
  to: Place,
  onProgress: (progress: CopyProgress) => void,
): Promise<CopySummary> {
  const source = await openSource(from);
  try {
    const target = await openTarget(to);
    try {
      return await copyInstallation(source, target, onProgress);
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

/** Each store is loaded where it is meant. */
async function openSource(place: Place): Promise<CopyReader> {
  if ("url" in place) return (await import("../../store/postgres/copy-source.ts")).openPostgresSource(place.url);
  return (await import("../../store/sqlite/copy-source.ts")).openSqliteSource(place.file);
}

async function openTarget(place: Place): Promise<CopyTarget> {
  if ("url" in place) return (await import("../../store/postgres/copy-target.ts")).openPostgresTarget(place.url);
  return (await import("../../store/sqlite/copy-target.ts")).openSqliteTarget(place.file);
}

/** @throws Fault `config_invalid` */
function placeOf(flag: "from" | "to", address: string, passwordFile: string | undefined): Place {
  const names = { url: `--${flag}`, file: `--${flag}-password-file` };
  if (isPostgres(address)) return { url: withPassword(address, passwordFile, names) };
  if (!/^sqlite:./.test(address)) {
    throw new Fault(
      "config_invalid",
      `--${flag} must be sqlite:FILE or postgres://USER@HOST/DATABASE, not "${shownAddress(address)}"`,
    );
  }
  if (passwordFile !== undefined) throw new Fault("config_invalid", `${names.file}: an SQLite file has no password`);
  return { file: resolve(address.slice("sqlite:".length)) };
}

function shownAddress(address: string): string {
  return options["store.url"].show?.(address) ?? address;
}

type Shown = { readonly from: string; readonly to: string };

/** What `--json` prints. */
function jsonOf({ copiedFrom, tables }: CopySummary, shown: Shown, seconds: number): string {
  const { store, events, lastEventId, hash, at } = copiedFrom;
  const summary = {
    ...shown,
    tables: Object.fromEntries(tables),
    rows: sum(tables),
    copied_from: { store, events, last_event_id: lastEventId, hash, at },
    seconds,
  };
  return `${JSON.stringify(summary)}\n`;
}

function textOf({ copiedFrom, tables }: CopySummary, { from, to }: Shown, seconds: number): string {
  const filled = [...tables].filter(([, rows]) => rows > 0);
  const width = Math.max(0, ...filled.map(([name]) => name.length));
  const lines = filled.map(([name, rows]) => `  ${name.padEnd(width)}  ${rows}\n`);
  const compared =
    "Rows and their digests were read back and compared table by table, and the chain of events was verified";
  return [
    `Copied ${from} to ${to}: ${sum(tables)} rows in ${seconds} seconds.\n`,
    ...lines,
    `${compared}.\n`,
    `The source's chain ended with event ${copiedFrom.lastEventId}, hash ${copiedFrom.hash}.\n`,
  ].join("");
}

function sum(tables: ReadonlyMap<string, number>): number {
  return [...tables.values()].reduce((total, rows) => total + rows, 0);
}
