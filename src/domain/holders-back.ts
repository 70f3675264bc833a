import type { Instant } from "./instant.ts";
import type { SeatStep } from "./license-walk.ts";
import { isOnDemand, type Seat } from "./seat.ts";

/** Who was in the seats of a license at a moment, told backwards from now. [USAGE-6] */
export class HoldersBack {
  readonly #at: Instant;
  readonly #holders = new Map<number, Set<string>>();

  /** @param seats whose end has not been told yet */
  constructor(seats: readonly Seat[], at: Instant) {
    this.#at = at;
    for (const seat of seats) if (!isOnDemand(seat) && seat.endsAt > at) this.#pool(seat.featureId).add(seat.holder);
  }

  /** The step before the one told last. @param toldAt when: each after the moment, if in the same millisecond */
  back({ at, step, featureId, holder }: SeatStep, toldAt: Instant): void {
    if (step === "taken") this.#pool(featureId).delete(holder);
    // Who had run out before was not in the seat any more.
    if (step === "ended" && (at > this.#at || at === toldAt)) this.#pool(featureId).add(holder);
  }

  /** In the order of their names, each once. @param featureId left out: of any pool */
  holders(featureId?: number): readonly string[] {
    const pools = featureId === undefined ? [...this.#holders.values()] : [this.#pool(featureId)];
    return [...new Set(pools.flatMap((holders) => [...holders]))].sort();
  }

  #pool(featureId: number): Set<string> {
    let pool = this.#holders.get(featureId);
    if (pool === undefined) {
      pool = new Set();
      this.#holders.set(featureId, pool);
    }
    return pool;
  }
}
