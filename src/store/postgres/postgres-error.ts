import { Fault } from "../../fault.ts";

/** What the server said: five letters and digits by SQLSTATE; undefined where it said nothing, as when a connection is lost. */
function sqlState(error: unknown): string | undefined {
  const code = error instanceof Error && "severity" in error ? (error as { code?: unknown }).code : undefined;
  return typeof code === "string" ? code : undefined;
}

/** The server gave this transaction up for another one's sake: serialization failures and deadlocks. */
export function isConflict(error: unknown): boolean {
  return ["40001", "40P01"].includes(sqlState(error) ?? "");
}

/**
 * What was asked for is not possible, however often it is tried: bad data (22), and broken constraints (23);
 * or what has no JSON form.
 */
export function isRefusedData(error: unknown): boolean {
  return error instanceof TypeError || error instanceof RangeError || /^2[23]/.test(sqlState(error) ?? "");
}

/** The server does not let that user in, or not with that password. */
export function isWrongPassword(error: unknown): boolean {
  return /^28/.test(sqlState(error) ?? "");
}

/**
 * Errors that may end the connection, whatever was under way: lost connections (08), a server that shuts down or times out
 * (57P, 25P03, 25P04), has no room (53), or is broken (58, XX). What severity says is in the server's language.
 */
const ENDING = /^(08|53|57P|58|XX|25P0[34])/;

/** The server refused a statement, which ends the transaction. */
export function isAnswered(error: unknown): error is Error {
  const state = sqlState(error);
  return state !== undefined && /^[0-9A-Z]{5}$/.test(state) && !ENDING.test(state);
}

export function unavailable(message: string, cause?: unknown): Fault {
  return new Fault("store_unavailable", message, cause);
}
