import type { Instant } from "../domain/instant.ts";

/** Where time comes from. Both in milliseconds; `monotonic` from any origin, and it never goes back. */
export interface Clock {
  wall(): number;
  monotonic(): number;
}

export const systemClock: Clock = { wall: () => Date.now(), monotonic: () => performance.now() };

/**
 * The time of decisions: the wall clock's, but never below what was decided at before, and never standing still.
 * A clock set back is passed over by counting on from the last time; one set forward is followed. [TIME-2]
 */
export class DecisionTime {
  readonly #clock: Clock;
  #anchor: Instant;
  #anchoredAt: number;

  /** @param lastCommitted the latest time that any decision was committed at */
  constructor(clock: Clock, lastCommitted: Instant) {
    this.#clock = clock;
    this.#anchor = lastCommitted;
    this.#anchoredAt = clock.monotonic();
  }

  now(): Instant {
    const monotonic = this.#clock.monotonic();
    const wall = this.#clock.wall();
    const counted = this.#anchor + Math.floor(monotonic - this.#anchoredAt);
    if (wall < counted) return counted;
    this.#anchor = wall;
    this.#anchoredAt = monotonic;
    return wall;
  }

  /** Goes on from a time that was decided at elsewhere, where that is later. */
  reach(instant: Instant): void {
    if (instant <= this.now()) return;
    this.#anchor = instant;
    this.#anchoredAt = this.#clock.monotonic();
  }
}
