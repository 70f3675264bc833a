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

/** The server refused a statement, which ends the transaction. A fatal error ends the connection, whatever was under way. */
export function isAnswered(error: unknown): error is Error {
  return error instanceof Error && (error as { severity?: unknown }).severity === "ERROR";
}

export function unavailable(message: string, cause?: unknown): Fault {
  return new Fault("store_unavailable", message, cause);
}
