import { existsSync, readFileSync, statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import type { Side } from "../../management/operation.ts";
import { lockFolder } from "../../store/sqlite/folder-lock.ts";
import { bad, type Finding, ok, skipped } from "./finding.ts";

/** A clock may be off by this much without harm, in milliseconds. */
const OFF_MS = 60_000;

export interface DatabaseFindings {
  readonly findings: readonly Finding[];
  /** Whether a server has it now. */
  readonly isRunning: boolean;
  readonly isThere: boolean;
  /** Whether it holds secrets that need the key file; false where it does not open. */
  readonly hasSecrets: boolean;
}

/** Whether a side's database opens, who has it, and whether the clock fits to what it holds. Changes nothing. */
export function checkDatabase(file: string, side: Side): DatabaseFindings {
  if (!existsSync(file)) {
    const findings = [skipped("database", `no ${side} server has kept data in ${file} yet`)];
    return { findings, isRunning: false, isThere: false, hasSecrets: false };
  }
  const isRunning = isLocked(file);
  return { ...openAndLook(file, side, isRunning), isRunning, isThere: true };
}

/** Looks as a server does at its start, and gives the lock back at once. */
function isLocked(file: string): boolean {
  if (!existsSync(`${file}.lock`)) return false;
  try {
    lockFolder(file)();
    return false;
  } catch {
    return true;
  }
}

function openAndLook(file: string, side: Side, isRunning: boolean): Pick<DatabaseFindings, "findings" | "hasSecrets"> {
  try {
    const db = new DatabaseSync(file, { readOnly: true, timeout: 2_000 });
    try {
      const found = db.prepare("PRAGMA quick_check(1)").get() as { quick_check: string };
      if (found.quick_check !== "ok") {
        const advice = "stop the server, and restore a backup";
        return { findings: [bad("database", `${file} is damaged: ${found.quick_check}`, advice)], hasSecrets: false };
      }
      const owner = isRunning ? `a server has it${processOf(`${file}.lock`)}` : "no server has it";
      const opens = ok("database", `${file} of the ${side} side opens; ${owner}`);
      // The first thing of a vendor that is encrypted, and made at its first start.
      const hasSecrets = db.prepare("SELECT id FROM signing_key LIMIT 1").get() !== undefined;
      return { findings: [opens, lookAtClock(db, side)], hasSecrets };
    } finally {
      db.close();
    }
  } catch (error) {
    const advice = "look at who owns the file and whether it is a database; else restore a backup";
    const findings = [bad("database", `${file} does not open: ${(error as Error).message}`, advice)];
    return { findings, hasSecrets: false };
  }
}

function lookAtClock(db: DatabaseSync, side: Side): Finding {
  const { at } = db.prepare("SELECT max(at) AS at FROM event").get() as { at: number | null };
  if (at === null) return ok("clock", `nothing has happened yet on the ${side} side that this clock could be behind`);
  const behind = at - Date.now();
  if (behind <= OFF_MS) return ok("clock", `this clock is not behind the last event of the ${side} side`);
  const found = `this clock is ${Math.round(behind / 1_000)} seconds behind the last event of the ${side} side`;
  return bad("clock", found, "set the clock right, and keep it so by NTP: times of seats and licenses depend on it");
}

/** Which process it is, where the system tells. */
function processOf(lockFile: string): string {
  try {
    const { ino } = statSync(lockFile);
    const line = readFileSync("/proc/locks", "utf8")
      .split("\n")
      .find((each) => each.includes(`:${ino} `));
    const id = line?.trim().split(/\s+/)[4];
    return id === undefined || id === "-1" ? "" : `: process ${id}`;
  } catch {
    return "";
  }
}
