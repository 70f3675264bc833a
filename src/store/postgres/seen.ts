import type { Counter } from "../../domain/counter.ts";
import type { ImportedFile } from "../../domain/decision.ts";
import type { Device } from "../../domain/device.ts";
import type { Hold } from "../../domain/hold.ts";
import type { Instant } from "../../domain/instant.ts";
import type { Json } from "../../domain/json.ts";
import type { License } from "../../domain/license.ts";
import type { Seat } from "../../domain/seat.ts";
import { CHAIN_START } from "../event-chain.ts";
import { NeedMore } from "./needs.ts";
import { SeenPool } from "./seen-pool.ts";

/** The locked row of a license, or of what belongs to none. */
export interface Chain {
  readonly hash: string;
  readonly events: number;
  readonly lastEventId: number;
  readonly lastAt: Instant;
}

export const NEW_CHAIN: Chain = { hash: CHAIN_START, events: 0, lastEventId: 0, lastAt: 0 };

/** A license as it is kept. */
export interface KeptLicense {
  readonly license: License;
  readonly added: number;
  readonly file: ImportedFile | undefined;
}

/** One license, as far as a transaction has locked and read it, and as its decisions have changed it since. */
export class SeenLicense {
  readonly id: number;
  kept: KeptLicense | undefined;
  readonly counters = new Map<number, Counter>();
  readonly devices = new Map<string, Device>();
  readonly replies = new Map<string, { readonly reply: Json; readonly until: Instant }>();
  readonly holds: Hold[] = [];
  /** Whose seats were read, all of them. */
  readonly holders = new Set<string>();
  isEverySeatRead = false;
  readonly #pools = new Map<number, SeenPool>();

  constructor(id: number) {
    this.id = id;
  }

  pool(featureId: number): SeenPool {
    let pool = this.#pools.get(featureId);
    if (pool === undefined) {
      pool = new SeenPool(0);
      this.#pools.set(featureId, pool);
    }
    return pool;
  }

  addPool(featureId: number, count: number): void {
    this.#pools.set(featureId, new SeenPool(count));
  }

  featureIds(): number[] {
    return [...this.#pools.keys()];
  }

  /** @throws NeedMore where it was not read whether the holder has one */
  seat(featureId: number, holder: string): Seat | undefined {
    const pool = this.pool(featureId);
    const seat = pool.seat(holder);
    if (seat !== undefined || pool.isComplete || this.isEverySeatRead || this.holders.has(holder)) return seat;
    throw new NeedMore({ holder: { licenseId: this.id, holder } });
  }

  /** All seats of one holder. @throws NeedMore where they were not read */
  seatsOf(holder: string): Seat[] {
    return this.featureIds()
      .map((featureId) => this.seat(featureId, holder))
      .filter((seat) => seat !== undefined);
  }

  /** @throws NeedMore where not all of them were read */
  everySeat(): Seat[] {
    return this.featureIds().flatMap((featureId) => {
      const pool = this.pool(featureId);
      if (!pool.isComplete) throw new NeedMore({ everySeat: this.id });
      return pool.seats();
    });
  }

  /** It is gone, with all that belongs to it. */
  clear(): void {
    this.kept = undefined;
    for (const things of [this.counters, this.devices, this.replies]) things.clear();
    for (const pool of this.#pools.values()) pool.clear();
  }
}
