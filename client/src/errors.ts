import type { FloatingServerCode } from "./wire/floating-server-codes.ts";
import type { LicenseApiCode } from "./wire/license-api-codes.ts";

/** What this library says itself; all other codes are a server's. */
export type ClientCode =
  /** no answer, or one that is not of this API; nothing is known of what was asked */
  | "unreachable"
  /** a reply of the License API whose signature is missing or wrong, or that is about something else */
  | "untrusted_reply"
  /** the seat has run out, because no renewal came through in time */
  | "seat_run_out"
  /** the seat or the client was given up before */
  | "released"
  /** a license file of which a check fails; the message names it */
  | "license_file_invalid"
  | "hardware_id_mismatch";

export type ErrorCode = FloatingServerCode | LicenseApiCode | ClientCode;

/** Every error of this library. Look at `code`; the message is for people. */
export class SeatkeeperError extends Error {
  readonly code: ErrorCode;
  /** The HTTP status, where a server has answered. */
  readonly status: number | undefined;
  /** After how many milliseconds it may go better, where the server says so. */
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, message: string, about: ErrorDetails = {}) {
    super(message, about.cause === undefined ? undefined : { cause: about.cause });
    this.name = new.target.name;
    this.code = code;
    this.status = about.status;
    this.retryAfterMs = about.retryAfterMs;
  }
}

export interface ErrorDetails {
  readonly status?: number | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
}

/** The server has understood, and answered no. */
export class RefusedError extends SeatkeeperError {}

/** All seats are taken: `floating_not_available`. `retryAfterMs` is when the first may be free. */
export class DeniedError extends RefusedError {}

/** No server was reached, or what answered is none. */
export class UnreachableError extends SeatkeeperError {
  constructor(message: string, about?: ErrorDetails) {
    super("unreachable", message, about);
  }
}

/** A reply that did not come from the vendor as it is. Nothing in it was believed. */
export class UntrustedReplyError extends SeatkeeperError {
  constructor(message: string) {
    super("untrusted_reply", message);
  }
}

/** Whether the same request may be answered later, and nothing was changed or its repetition does no harm. */
export function isPassing(error: unknown): boolean {
  if (error instanceof UnreachableError) return true;
  return error instanceof RefusedError && (error.status === 503 || error.status === 429);
}

/** Whether the server has decided, and a repetition changes nothing. */
export function isFinal(error: unknown): error is RefusedError {
  return error instanceof RefusedError && !isPassing(error) && (error.status ?? 0) < 500;
}
