import type { PoolView } from "../../domain/decision.ts";
import type { Instant } from "../../domain/instant.ts";
import type { Seat } from "../../domain/seat.ts";

/**
 * A pool as far as a transaction has read it: how many seats it has, and those that end first. What was not read ends no
 * earlier than the last of them.
 */
export class SeenPool {
  readonly #seats = new Map<string, Seat>();
  /** Seats that were not read end then or later. */
  #restEndsAt: Instant;
  count: number;

  constructor(count: number) {
    this.count = count;
    this.#restEndsAt = count === 0 ? Number.POSITIVE_INFINITY : 0;
  }

  get isComplete(): boolean {
    return this.#seats.size >= this.count;
  }

  /** Takes in what was read. @param first they are those that end first */
  read(seats: readonly Seat[], first: boolean): void {
    for (const seat of seats) this.#seats.set(seat.holder, seat);
    if (!first) return;
    const last = seats.at(-1);
    this.#restEndsAt = Math.max(this.#restEndsAt, last === undefined ? Number.POSITIVE_INFINITY : last.endsAt);
  }

  put(seat: Seat, earlier: Seat | undefined): void {
    this.#seats.set(seat.holder, seat);
    if (earlier === undefined) this.count += 1;
  }

  end(seat: Seat): void {
    this.#seats.delete(seat.holder);
    this.count -= 1;
  }

  clear(): void {
    this.#seats.clear();
    this.count = 0;
    this.#restEndsAt = Number.POSITIVE_INFINITY;
  }

  seat(holder: string): Seat | undefined {
    return this.#seats.get(holder);
  }

  seats(): Seat[] {
    return [...this.#seats.values()];
  }

  /** Whether all seats that have run out were read. */
  knowsRunOut(now: Instant): boolean {
    return this.isComplete || this.#restEndsAt > now;
  }

  runOut(now: Instant): Seat[] {
    return this.seats()
      .filter((seat) => seat.endsAt <= now)
      .sort((a, b) => a.endsAt - b.endsAt);
  }

  /** A pool whose run-out seats have been ended; undefined where too little was read to tell. */
  view(): PoolView | undefined {
    if (this.count === 0) return { inUse: 0, firstEndsAt: undefined };
    let firstEndsAt = Number.POSITIVE_INFINITY;
    for (const { endsAt } of this.#seats.values()) if (endsAt < firstEndsAt) firstEndsAt = endsAt;
    if (!this.isComplete && firstEndsAt > this.#restEndsAt) return undefined;
    return { inUse: this.count, firstEndsAt };
  }
}
