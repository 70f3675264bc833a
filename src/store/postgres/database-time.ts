import type { Instant } from "../../domain/instant.ts";
import { type Clock, DecisionTime, systemClock } from "../decision-time.ts";

/**
 * The database's clock, as one node knows it: read with every decision, and counted on from there in between. It never goes
 * back on this node, nor below what any node has decided at, which comes with the rows that are locked. [TIME-2]
 */
export class DatabaseTime {
  readonly #clock: Clock | undefined;
  readonly #time: DecisionTime;
  #read: Instant;
  #readAt: number;

  /**
   * @param clock in the place of the database's
   * @param read what the database's clock says
   * @param lastCommitted the latest time that any decision was committed at
   */
  constructor(clock: Clock | undefined, read: Instant, lastCommitted: Instant) {
    this.#clock = clock;
    this.#read = read;
    this.#readAt = systemClock.monotonic();
    const wall = () => this.#wall();
    this.#time = new DecisionTime({ wall, monotonic: () => (clock ?? systemClock).monotonic() }, lastCommitted);
  }

  /** Takes in what the database's clock says now. */
  read(instant: Instant): void {
    this.#read = instant;
    this.#readAt = systemClock.monotonic();
  }

  now(): Instant {
    return this.#time.now();
  }

  /** The time of decisions about rows that were decided about last at those times. */
  after(lastTimes: Iterable<Instant>): Instant {
    for (const last of lastTimes) this.#time.reach(last);
    return this.#time.now();
  }

  #wall(): Instant {
    return this.#clock?.wall() ?? this.#read + Math.floor(systemClock.monotonic() - this.#readAt);
  }
}
