import type { Instant } from "./instant.ts";

/** The pool of a license's own seats, beside those of its features (which go by the feature's id). */
export const LICENSE_POOL = 0;

/** Which pool: the seats of one license, or of one of its features. */
export interface PoolKey {
  readonly licenseId: number;
  /** The feature's id, or `LICENSE_POOL`. */
  readonly featureId: number;
}

/**
 * A place in a pool that one holder occupies. Its identity is (license, feature or none, holder).
 * Seats are values: a change makes a new one.
 */
export interface Seat extends PoolKey {
  /** Unique in one database, never reused. */
  readonly id: number;
  /** The user (floating server) or device (License API) in the seat; compared exactly. */
  readonly holder: string;
  readonly takenAt: Instant;
  /** The last check-out or renewal. */
  readonly heardAt: Instant;
  /** When it ends unless renewed: timeout and grace included. 0 where it never was asked for by itself. */
  readonly beatEndsAt: Instant;
  readonly borrowedUntil: Instant | null;
  /** A license seat lasts at least as long as its holder's feature seats do; 0 on feature seats. [SEAT-6] */
  readonly neededUntil: Instant;
  /** The latest of the three above. From this moment on the seat is free. */
  readonly endsAt: Instant;
}

type SeatParts = Omit<Seat, "endsAt">;

/** Makes a seat, deriving when it ends. */
export function seatOf(parts: SeatParts): Seat {
  const { licenseId, featureId, id, holder, takenAt, heardAt, beatEndsAt, borrowedUntil, neededUntil } = parts;
  const endsAt = Math.max(beatEndsAt, borrowedUntil ?? 0, neededUntil);
  return { licenseId, featureId, id, holder, takenAt, heardAt, beatEndsAt, borrowedUntil, neededUntil, endsAt };
}

/** Expiry is this comparison, nothing else. [TIME-1] */
export function isLive(seat: Seat, now: Instant): boolean {
  return seat.endsAt > now;
}

/** A license seat that exists only because its holder has feature seats. [SEAT-6] */
export function isOnDemand(seat: Seat): boolean {
  return seat.featureId === LICENSE_POOL && seat.beatEndsAt === 0 && seat.borrowedUntil === null;
}

/** What is known about a holder's machine and program: for display only. */
export interface SeatDetails {
  readonly hostname?: string | undefined;
  readonly localIp?: string | undefined;
  readonly info?: string | undefined;
  /** The client's own time of registration. Never trusted. */
  readonly registeredAt?: Instant | undefined;
  readonly sdkVersion?: string | undefined;
  readonly appVersion?: string | undefined;
}
