import { chmodSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { Fault } from "../../fault.ts";
import { type Clock, systemClock } from "../decision-time.ts";
import { allocateLog } from "./allocate-log.ts";
import { Checkpointer } from "./checkpointer.ts";
import { migrate, openDatabase } from "./database.ts";
import { lockFolder } from "./folder-lock.ts";
import { isSqliteError } from "./sqlite-error.ts";
import { SqliteStore } from "./sqlite-store.ts";

/** Size of the write-ahead log, in MiB: above it the log is started over. */
const LOG_SIZE_MIB = 32;

export interface OpenOptions {
  readonly clock?: Clock;
  /** The process must end: it cannot be told whether the last commit happened. */
  readonly onLost?: (error: unknown) => void;
}

/**
 * Opens the database in `file`, makes it where there is none, and owns it until it is closed.
 *
 * @throws Fault `data_folder_in_use`, `database_too_new`, or `store_unavailable` for a file that is no database
 */
export function openSqliteStore(file: string, options: OpenOptions = {}): SqliteStore {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const unlock = lockFolder(file);
  try {
    const first = openDatabase(file);
    chmodSync(file, 0o600);
    try {
      migrate(first);
    } finally {
      first.close();
    }
    allocateLog(file, LOG_SIZE_MIB);
    const checkpointer = new Checkpointer(file, LOG_SIZE_MIB);
    return new SqliteStore({
      clock: options.clock ?? systemClock,
      openDatabase: () => openDatabase(file),
      onCommit: () => checkpointer.request(),
      onLost: options.onLost ?? (() => process.exit(70)),
      onClosing: () => checkpointer.stop(),
      onClosed: unlock,
    });
  } catch (error) {
    unlock();
    if (isSqliteError(error)) throw new Fault("store_unavailable", `${file} cannot be opened: ${error.message}`, error);
    throw error;
  }
}
