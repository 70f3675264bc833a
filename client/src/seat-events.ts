import type { SeatkeeperError } from "./errors.ts";

interface SeatEvent {
  /** Undefined is the license's own seat. */
  readonly feature: string | undefined;
}

/** What is told about seats. Of a seat that is lost, `renewed` tells that it is back. */
export interface SeatEvents {
  /** The server has confirmed the seat anew. */
  renewed: SeatEvent;
  /**
   * The seat is not there any more: it has run out unrenewed (`seat_run_out`), somebody else has it
   * (`floating_not_available`), or the server refuses it. It is tried for anew until it is released.
   */
  lost: SeatEvent & { readonly error: SeatkeeperError };
  /** All seats are taken. `retryAfterMs` is when the first may be free, where the server knows. */
  denied: SeatEvent & { readonly retryAfterMs: number | undefined };
  /** The license or its feature has expired, and the seat with it. */
  expired: SeatEvent & { readonly error: SeatkeeperError };
}

/** What a server has confirmed of a seat. */
export interface Confirmation {
  /** When the server was asked, by `monotonic`. */
  readonly askedAt: number;
  /** How long the seat lasts unrenewed. */
  readonly timeoutMs: number;
  /** Seats in use and seats at once, where the server says so. */
  readonly inUse: number | undefined;
  readonly capacity: number | undefined;
  readonly borrowedUntil: Date | undefined;
  /** The server's time less this program's. */
  readonly clockOffsetMs: number;
}
