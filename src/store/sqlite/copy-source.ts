import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { type CopyReader, CopyRefusal } from "../copy/copy-port.ts";
import { olderSchema } from "../copy/older-schema.ts";
import { SqliteCopyReader } from "./copy-reader.ts";
import { NEWEST_VERSION, readVersion } from "./database.ts";
import { lockFolder } from "./folder-lock.ts";
import { isSqliteError } from "./sqlite-error.ts";

/**
 * Opens a database to be copied, and keeps servers out of it until it is closed. It is left as it is.
 *
 * @throws CopyRefusal, Fault `data_folder_in_use` or `database_too_new`
 */
export function openSqliteSource(file: string): CopyReader {
  if (!existsSync(file)) throw new CopyRefusal(`There is no database ${file}`);
  const unlock = lockFolder(file);
  let db: DatabaseSync | undefined;
  const close = () => {
    db?.close();
    unlock();
  };
  try {
    // Not opened as read-only: that could not put the log away again when it is closed.
    db = new DatabaseSync(file, { timeout: 5_000 });
    db.exec("PRAGMA query_only = ON; PRAGMA trusted_schema = OFF; BEGIN");
    const version = readVersion(db);
    if (version === 0) throw new CopyRefusal(`There is no installation in ${file}`);
    if (version < NEWEST_VERSION) throw olderSchema(file, version, NEWEST_VERSION);
    return new SqliteCopyReader(db, close);
  } catch (error) {
    close();
    if (isSqliteError(error)) throw new CopyRefusal(`${file} cannot be opened: ${error.message}`, "failed", error);
    throw error;
  }
}
