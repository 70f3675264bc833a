import type { Instant } from "../domain/instant.ts";
import type { Seat } from "../domain/seat.ts";

/** A seat's place in its pool's heap, and the link to the next seat of the same holder. */
export interface Slot {
  seat: Seat;
  position: number;
  next: Slot | undefined;
}

/**
 * The seats of one pool, the one that ends first on top: a binary heap whose slots know their positions, so that
 * a renewed seat finds its new place in O(log n).
 */
export class SeatHeap {
  readonly #slots: Slot[] = [];

  get size(): number {
    return this.#slots.length;
  }

  /** The seat that ends first. */
  get first(): Seat | undefined {
    return this.#slots[0]?.seat;
  }

  add(slot: Slot): void {
    slot.position = this.#slots.length;
    this.#slots.push(slot);
    this.#rise(slot);
  }

  remove(slot: Slot): void {
    const last = this.#slots.pop() as Slot;
    if (last === slot) return;
    this.#place(last, slot.position);
    this.moved(last);
  }

  /** To be called when a slot's seat ends at another time than before. */
  moved(slot: Slot): void {
    this.#rise(slot);
    this.#sink(slot);
  }

  /** How many seats have run out by `now`, in time proportional to their number. */
  countRunOut(now: Instant): number {
    let count = 0;
    const toVisit = [0];
    for (let at = toVisit.pop(); at !== undefined; at = toVisit.pop()) {
      const slot = this.#slots[at];
      if (slot === undefined || slot.seat.endsAt > now) continue;
      count += 1;
      toVisit.push(2 * at + 1, 2 * at + 2);
    }
    return count;
  }

  *seats(): Generator<Seat> {
    for (const slot of this.#slots) yield slot.seat;
  }

  #rise(slot: Slot): void {
    while (slot.position > 0) {
      const at = slot.position;
      const parent = this.#slots[(at - 1) >> 1] as Slot;
      if (parent.seat.endsAt <= slot.seat.endsAt) return;
      this.#place(slot, parent.position);
      this.#place(parent, at);
    }
  }

  #sink(slot: Slot): void {
    for (;;) {
      const at = slot.position;
      const left = this.#slots[2 * at + 1];
      const right = this.#slots[2 * at + 2];
      if (left === undefined) return;
      const child = right !== undefined && right.seat.endsAt < left.seat.endsAt ? right : left;
      if (child.seat.endsAt >= slot.seat.endsAt) return;
      this.#place(slot, child.position);
      this.#place(child, at);
    }
  }

  #place(slot: Slot, position: number): void {
    this.#slots[position] = slot;
    slot.position = position;
  }
}
