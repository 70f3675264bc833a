import { copyFileSync, existsSync } from "node:fs";
import { DatabaseSync, type SQLInputValue, type SQLOutputValue } from "node:sqlite";

/**
 * Copies a database in use as a cut of the power would leave it: the file and its log. The log's index is not copied,
 * because it lives in memory.
 */
export function copyDatabase(file: string, copy: string): void {
  copyFileSync(file, copy);
  if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${copy}-wal`);
}

/** Rows of a database as they are on the disk, read through a connection of its own. */
export function readRows(file: string, sql: string, ...values: SQLInputValue[]): Record<string, SQLOutputValue>[] {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    return db.prepare(sql).all(...values);
  } finally {
    db.close();
  }
}

/** How many commits there were. */
export function readCommits(file: string): number {
  return readRows(file, "SELECT commits FROM clock")[0]?.["commits"] as number;
}

/** Changes a database behind the back of the program. */
export function tamper(file: string, sql: string): void {
  const db = new DatabaseSync(file);
  try {
    db.exec(sql);
  } finally {
    db.close();
  }
}
