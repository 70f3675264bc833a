/** SQLite's primary result codes (https://www.sqlite.org/rescode.html) that concern the database, not a change. */
const OUT_OF_ORDER: ReadonlySet<number> = new Set([
  5, // BUSY
  6, // LOCKED
  7, // NOMEM
  8, // READONLY
  10, // IOERR
  11, // CORRUPT
  13, // FULL
  14, // CANTOPEN
  26, // NOTADB
]);

interface SqliteError extends Error {
  /** SQLite's extended result code. */
  readonly errcode: number;
}

export function isSqliteError(error: unknown): error is SqliteError {
  return error instanceof Error && "code" in error && error.code === "ERR_SQLITE_ERROR";
}

/** The database as a whole cannot be written now: a full disk, an I/O error. */
export function isOutOfOrder(error: unknown): boolean {
  return isSqliteError(error) && OUT_OF_ORDER.has(error.errcode & 0xff);
}

export function isIoError(error: unknown): boolean {
  return isSqliteError(error) && (error.errcode & 0xff) === 10;
}
