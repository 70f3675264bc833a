import { DatabaseSync } from "node:sqlite";
import { Fault } from "../../fault.ts";

/**
 * Makes this process the only owner of a database: an exclusive lock on a file beside it, which the operating
 * system takes back when the process ends in whatever way. [STORE-6]
 *
 * @returns a function that gives the lock back
 */
export function lockFolder(file: string): () => void {
  const lock = new DatabaseSync(`${file}.lock`);
  try {
    lock.exec("PRAGMA journal_mode = OFF; BEGIN EXCLUSIVE;");
  } catch (error) {
    lock.close();
    throw new Fault(
      "data_folder_in_use",
      `Another seatkeeper is running on ${file}. Stop it first, or choose another data-dir.`,
      error,
    );
  }
  return () => lock.close();
}
