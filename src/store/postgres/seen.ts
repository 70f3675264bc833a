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
  /** How many seats each pool has, by feature id: JSON. */
  readonly pools: string;
  /** The mark of the transaction that wrote about the license last; null where none did. */
  readonly writtenBy: string | null;
}

export const NEW_CHAIN: Chain = {
  hash: CHAIN_START,
  events: 0,
  lastEventId: 0,
  lastAt: 0,
  pools: "{}",
  writtenBy: null,
};

/** A license as it is kept. */
export interface KeptLicense {
  readonly license: License;
  readonly added: number;
  readonly file: ImportedFile | undefined;
}

/**
 * One license, as far as a transaction has locked and read it, and as its decisions have changed it since. The license
 * itself, its counters and its holds are read as a whole; of the rest, it is told what was read.
 */
export class SeenLicense {
  readonly id: number;
  kept: KeptLicense | undefined;
  readonly counters = new Map<number, Counter>();
  readonly devices = new Map<string, Device>();
  readonly replies = new Map<string, { readonly reply: Json; readonly until: Instant }>();
  holds: readonly Hold[] = [];
  /** Whose seats were read, all of them. */
  readonly holders = new Set<string>();
  isEverySeatRead = false;
  isEveryDeviceRead = false;
  readonly #pools = new Map<number, SeenPool>();

  constructor(id: number) {
    this.id = id;
  }

  /** How much was read: seats, devices with their variables, and names. */
  get size(): number {
    let size = this.holders.size;
    for (const { variables } of this.devices.values()) size += 1 + variables.length;
    for (const pool of this.#pools.values()) size += pool.size;
    return size;
  }

  pool(featureId: number): SeenPool {
    let pool = this.#pools.get(featureId);
    if (pool === undefined) {
      pool = new SeenPool(0);
      this.#pools.set(featureId, pool);
    }
    return pool;
  }

  /** Takes in how many seats each pool has, before any of them is read. */
  count(pools: string): void {
    for (const [featureId, seats] of Object.entries(JSON.parse(pools) as Record<string, number>)) {
      this.#pools.set(Number(featureId), new SeenPool(seats));
    }
  }

  /** The same, as it is now. */
  counts(): string {
    let counts = "";
    for (const [featureId, { count }] of this.#pools) {
      if (count > 0) counts += `${counts === "" ? "" : ","}"${featureId}":${count}`;
    }
    return `{${counts}}`;
  }

  featureIds(): number[] {
    return [...this.#pools.keys()];
  }

  /** Whether it was read which seats the holder has. */
  knowsHolder(holder: string): boolean {
    if (this.isEverySeatRead || this.holders.has(holder)) return true;
    for (const pool of this.#pools.values()) if (!pool.isComplete) return false;
    return true;
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
    const seats: Seat[] = [];
    for (const featureId of this.#pools.keys()) {
      const seat = this.seat(featureId, holder);
      if (seat !== undefined) seats.push(seat);
    }
    return seats;
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
    this.#pools.clear();
  }
}
