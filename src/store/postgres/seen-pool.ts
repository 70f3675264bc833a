import type { PoolView } from "../../domain/decision.ts";
import type { Instant } from "../../domain/instant.ts";
import type { Seat } from "../../domain/seat.ts";
import { SeatHeap, type Slot } from "../seat-heap.ts";

/**
 * A pool as far as it was read: how many seats it has, and those that end first, or some others too. What was not read ends
 * no earlier than the last of those that end first.
 */
export class SeenPool {
  readonly #slots = new Map<string, Slot>();
  readonly #byEnd = new SeatHeap();
  /** Seats that were not read end then or later. */
  #restEndsAt: Instant;
  count: number;

  constructor(count: number) {
    this.count = count;
    this.#restEndsAt = count === 0 ? Number.POSITIVE_INFINITY : 0;
  }

  get isComplete(): boolean {
    return this.#slots.size >= this.count;
  }

  /** How many seats were read. */
  get size(): number {
    return this.#slots.size;
  }

  /** Takes in what was read. @param first they are those that end first */
  read(seats: readonly Seat[], first: boolean): void {
    for (const seat of seats) this.#set(seat);
    if (!first) return;
    const last = seats.at(-1);
    this.#restEndsAt = Math.max(this.#restEndsAt, last === undefined ? Number.POSITIVE_INFINITY : last.endsAt);
  }

  put(seat: Seat, earlier: Seat | undefined): void {
    this.#set(seat);
    if (earlier === undefined) this.count += 1;
  }

  end(seat: Seat): void {
    const slot = this.#slots.get(seat.holder);
    if (slot !== undefined) this.#byEnd.remove(slot);
    this.#slots.delete(seat.holder);
    this.count -= 1;
  }

  seat(holder: string): Seat | undefined {
    return this.#slots.get(holder)?.seat;
  }

  seats(): Seat[] {
    return [...this.#byEnd.seats()];
  }

  /** Whether all seats that have run out were read. */
  knowsRunOut(now: Instant): boolean {
    return this.isComplete || this.#restEndsAt > now;
  }

  /** The seat that has run out longest ago, if any has. */
  firstRunOut(now: Instant): Seat | undefined {
    const { first } = this.#byEnd;
    return first !== undefined && first.endsAt <= now ? first : undefined;
  }

  /** A pool whose run-out seats have been ended; undefined where too little was read to tell. */
  view(): PoolView | undefined {
    if (this.count === 0) return { inUse: 0, firstEndsAt: undefined };
    const firstEndsAt = this.#byEnd.first?.endsAt ?? Number.POSITIVE_INFINITY;
    if (!this.isComplete && firstEndsAt > this.#restEndsAt) return undefined;
    return { inUse: this.count, firstEndsAt };
  }

  #set(seat: Seat): void {
    const slot = this.#slots.get(seat.holder);
    if (slot === undefined) {
      const added: Slot = { seat, position: -1, next: undefined };
      this.#slots.set(seat.holder, added);
      this.#byEnd.add(added);
      return;
    }
    const hasMoved = slot.seat.endsAt !== seat.endsAt;
    slot.seat = seat;
    if (hasMoved) this.#byEnd.moved(slot);
  }
}
