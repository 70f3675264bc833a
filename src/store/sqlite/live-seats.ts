import type { PoolView } from "../../domain/decision.ts";
import type { Instant } from "../../domain/instant.ts";
import type { PoolKey, Seat } from "../../domain/seat.ts";
import { SeatHeap, type Slot } from "../seat-heap.ts";

interface LicenseSeats {
  readonly pools: Map<number, SeatHeap>;
  /** Each holder's seats, chained through `Slot.next`. */
  readonly holders: Map<string, Slot>;
}

const EMPTY_POOL: PoolView = { inUse: 0, firstEndsAt: undefined };

/**
 * All seats by pool and by holder, in memory: what the hot path reads instead of the table behind it.
 * The table stays the truth; this is loaded from it at start and follows every change.
 */
export class LiveSeats {
  readonly #licenses = new Map<number, LicenseSeats>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Puts a seat in the place of the one with the same identity. @returns that one */
  put(seat: Seat): Seat | undefined {
    const license = this.#license(seat.licenseId);
    const head = license.holders.get(seat.holder);
    for (let slot = head; slot !== undefined; slot = slot.next) {
      if (slot.seat.featureId !== seat.featureId) continue;
      const earlier = slot.seat;
      slot.seat = seat;
      if (earlier.endsAt !== seat.endsAt) license.pools.get(seat.featureId)?.moved(slot);
      return earlier;
    }
    const slot: Slot = { seat, position: -1, next: head };
    license.holders.set(seat.holder, slot);
    let pool = license.pools.get(seat.featureId);
    if (pool === undefined) {
      pool = new SeatHeap();
      license.pools.set(seat.featureId, pool);
    }
    pool.add(slot);
    this.#size += 1;
    return undefined;
  }

  /** @returns the seat that was there */
  remove(key: PoolKey & { readonly holder: string }): Seat | undefined {
    const license = this.#license(key.licenseId);
    let before: Slot | undefined;
    for (let slot = license.holders.get(key.holder); slot !== undefined; before = slot, slot = slot.next) {
      if (slot.seat.featureId !== key.featureId) continue;
      if (before !== undefined) before.next = slot.next;
      else if (slot.next !== undefined) license.holders.set(key.holder, slot.next);
      else license.holders.delete(key.holder);
      license.pools.get(key.featureId)?.remove(slot);
      this.#size -= 1;
      return slot.seat;
    }
    return undefined;
  }

  /** The seat of a pool that has run out longest ago, if any has. */
  firstRunOut(key: PoolKey, now: Instant): Seat | undefined {
    const first = this.#licenses.get(key.licenseId)?.pools.get(key.featureId)?.first;
    return first !== undefined && first.endsAt <= now ? first : undefined;
  }

  /** A pool whose run-out seats have been ended. */
  view({ licenseId, featureId }: PoolKey): PoolView {
    const pool = this.#licenses.get(licenseId)?.pools.get(featureId);
    return pool === undefined ? EMPTY_POOL : { inUse: pool.size, firstEndsAt: pool.first?.endsAt };
  }

  /** Live seats of a pool, whether or not its run-out ones have been ended. */
  countLive({ licenseId, featureId }: PoolKey, now: Instant): number {
    const pool = this.#licenses.get(licenseId)?.pools.get(featureId);
    return pool === undefined ? 0 : pool.size - pool.countRunOut(now);
  }

  /** A holder's live seats of one license. */
  ofHolder(licenseId: number, holder: string, now: Instant): Seat[] {
    const seats: Seat[] = [];
    let slot = this.#licenses.get(licenseId)?.holders.get(holder);
    for (; slot !== undefined; slot = slot.next) if (slot.seat.endsAt > now) seats.push(slot.seat);
    return seats;
  }

  /** Every seat of one license. */
  *ofLicense(licenseId: number): Generator<Seat> {
    for (const pool of this.#licenses.get(licenseId)?.pools.values() ?? []) yield* pool.seats();
  }

  /** Every seat of every license. */
  *all(): Generator<Seat> {
    for (const licenseId of this.#licenses.keys()) yield* this.ofLicense(licenseId);
  }

  /** Every pool that holds seats. */
  *pools(): Generator<PoolKey> {
    for (const [licenseId, { pools }] of this.#licenses) {
      for (const [featureId, pool] of pools) if (pool.size > 0) yield { licenseId, featureId };
    }
  }

  #license(licenseId: number): LicenseSeats {
    let license = this.#licenses.get(licenseId);
    if (license === undefined) {
      license = { pools: new Map(), holders: new Map() };
      this.#licenses.set(licenseId, license);
    }
    return license;
  }
}
