import type { Instant } from "./instant.ts";
import { LICENSE_POOL, type Seat } from "./seat.ts";
import { type SpanSink, SpanWalk } from "./span-walk.ts";

/*
 * How many seats were in use, found by walking back from what is in use now: the events since then are all it takes.
 */

/** What an event says of the seats of a license. */
export interface SeatStep {
  /** When it was so: an expiry is told of later than it happened. */
  readonly at: Instant;
  readonly step: "taken" | "ended" | "denied";
  readonly featureId: number;
  readonly holder: string;
  /** Which pool was full, on a denial. */
  readonly full?: "license" | "feature" | undefined;
}

/** A license as events have told of it so far. */
export interface LicenseNow {
  readonly licenseId: number;
  readonly now: Instant;
  /** Seats whose end has not been told, without license seats taken on demand: no event tells of these. */
  readonly seats: readonly Pick<Seat, "featureId" | "holder" | "endsAt">[];
  /** A holder of feature seats has a license seat too. [SEAT-6] */
  readonly needsLicenseSeats: boolean;
}

/** The usage of all pools of one license, told backwards. [USAGE-1] */
export class LicenseWalk {
  /** Seats in use now, by feature id. */
  readonly inUse: ReadonlyMap<number, number>;
  readonly #license: LicenseNow;
  readonly #sink: SpanSink;
  readonly #pools = new Map<number, SpanWalk>();
  /** Seats that hold a license seat, by holder. */
  readonly #holders = new Map<string, number>();
  /** Ends that happened before what was told last, the latest first. */
  readonly #waiting: SeatStep[] = [];

  constructor(license: LicenseNow, sink: SpanSink) {
    this.#license = license;
    this.#sink = sink;
    const inUse = new Map<number, number>();
    for (const { featureId, holder, endsAt } of license.seats) {
      // It has run out, and will be told of so.
      if (endsAt <= license.now) {
        this.#wait({ at: endsAt, step: "ended", featureId, holder });
        continue;
      }
      if (this.#holdsLicenseSeat(featureId)) this.#holders.set(holder, (this.#holders.get(holder) ?? 0) + 1);
      inUse.set(featureId, (inUse.get(featureId) ?? 0) + 1);
    }
    if (this.#holders.size > 0) inUse.set(LICENSE_POOL, this.#holders.size);
    this.inUse = inUse;
  }

  /** The step before the one told last, as it was told. @param toldAt when: not after that of the one told last */
  back(step: SeatStep, toldAt: Instant): void {
    this.#settle(toldAt);
    if (step.at >= toldAt) this.#apply({ ...step, at: toldAt });
    else this.#wait(step);
  }

  /** After the last step. @param until what happened before it is left out */
  finish(until: Instant): void {
    this.#settle(until);
    for (const pool of this.#pools.values()) pool.finish();
  }

  /** Applies what happened after a time and was told of later still. */
  #settle(until: Instant): void {
    for (let first = this.#waiting[0]; first !== undefined && first.at >= until; first = this.#waiting[0]) {
      this.#waiting.shift();
      this.#apply(first);
    }
  }

  #wait(step: SeatStep): void {
    const place = this.#waiting.findLastIndex(({ at }) => at > step.at);
    this.#waiting.splice(place + 1, 0, step);
  }

  #apply({ at, step, featureId, holder, full }: SeatStep): void {
    if (step === "denied") {
      this.#pool(full === "license" ? LICENSE_POOL : featureId).deny(at);
      return;
    }
    const change = step === "taken" ? 1 : -1;
    if (featureId !== LICENSE_POOL) this.#pool(featureId).step(at, change);
    if (!this.#holdsLicenseSeat(featureId)) return;
    const before = this.#holders.get(holder) ?? 0;
    const after = before - change;
    if (after > 0) this.#holders.set(holder, after);
    else this.#holders.delete(holder);
    if (before > 0 && after <= 0) this.#pool(LICENSE_POOL).step(at, 1);
    if (before <= 0 && after > 0) this.#pool(LICENSE_POOL).step(at, -1);
  }

  #holdsLicenseSeat(featureId: number): boolean {
    return featureId === LICENSE_POOL || this.#license.needsLicenseSeats;
  }

  #pool(featureId: number): SpanWalk {
    const { licenseId, now } = this.#license;
    let pool = this.#pools.get(featureId);
    if (pool === undefined) {
      pool = new SpanWalk({ licenseId, featureId }, this.inUse.get(featureId) ?? 0, now, this.#sink);
      this.#pools.set(featureId, pool);
    }
    return pool;
  }
}
