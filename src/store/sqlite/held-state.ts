import type { Counter } from "../../domain/counter.ts";
import type { ImportedFile, Scope } from "../../domain/decision.ts";
import type { License } from "../../domain/license.ts";
import type { PoolKey, Seat } from "../../domain/seat.ts";
import { CHAIN_START } from "../event-chain.ts";
import { LiveSeats } from "./live-seats.ts";
import { counterFromRow, eventFromRow, type Row, seatFromRow } from "./rows.ts";
import type { Statements } from "./statements.ts";

export interface HeldLicense {
  readonly license: License;
  readonly file: ImportedFile;
  readonly counters: Map<number, Counter>;
}

/**
 * What the process holds in memory of its database, so that decisions read no table. Every change can be taken
 * back until its commit: `undo` returns to the state of the last `keep`.
 */
export class HeldState {
  readonly seats = new LiveSeats();
  readonly #licenses = new Map<number, HeldLicense>();
  /** Ids by product, in the order they were added. */
  readonly #byProduct = new Map<string, number[]>();
  readonly #undo: (() => void)[] = [];
  #lastEvent: { readonly id: number; readonly hash: string } = { id: 0, hash: CHAIN_START };
  #nextSeatId = 1;

  /** Reads everything from the database. */
  static load(statements: Statements): HeldState {
    const state = new HeldState();
    state.#nextSeatId = (statements.findClock.get() as Row)["next_seat_id"] as number;
    for (const row of statements.allLicenses.iterate() as Iterable<Row>) {
      const file = { digest: row["file_digest"] as string, issuedAt: row["file_issued"] as number };
      state.putLicense(JSON.parse(row["document"] as string), file);
    }
    for (const row of statements.allCounters.iterate() as Iterable<Row>) state.putCounter(counterFromRow(row));
    for (const row of statements.allSeats.iterate() as Iterable<Row>) state.putSeat(seatFromRow(row));
    const last = statements.lastEvent.get();
    if (last !== undefined) state.lastEvent = eventFromRow(last);
    state.keep();
    return state;
  }

  get lastEvent(): { readonly id: number; readonly hash: string } {
    return this.#lastEvent;
  }

  set lastEvent(event: { readonly id: number; readonly hash: string }) {
    const earlier = this.#lastEvent;
    this.#lastEvent = event;
    this.#undo.push(() => {
      this.#lastEvent = earlier;
    });
  }

  get nextSeatId(): number {
    return this.#nextSeatId;
  }

  licenses(): License[] {
    return [...this.#licenses.values()].map(({ license }) => license);
  }

  license(id: number): HeldLicense | undefined {
    return this.#licenses.get(id);
  }

  isProductKnown(product: string): boolean {
    return this.#byProduct.has(product);
  }

  /** The license a scope names: of a product, that of the given id or else the one added last. */
  resolve(scope: Scope["license"]): HeldLicense | undefined {
    if (!("product" in scope)) return this.#licenses.get(scope.licenseId);
    const ids = this.#byProduct.get(scope.product);
    const id = scope.licenseId ?? ids?.at(-1);
    const held = id === undefined ? undefined : this.#licenses.get(id);
    return held?.license.product.code === scope.product ? held : undefined;
  }

  putLicense(license: License, file: ImportedFile): void {
    const earlier = this.#licenses.get(license.id);
    this.#licenses.set(license.id, { license, file, counters: earlier?.counters ?? new Map() });
    if (earlier !== undefined) {
      this.#undo.push(() => this.#licenses.set(license.id, earlier));
      return;
    }
    const product = license.product.code;
    const ids = this.#byProduct.get(product) ?? [];
    this.#byProduct.set(product, [...ids, license.id]);
    this.#undo.push(() => {
      this.#licenses.delete(license.id);
      if (ids.length === 0) this.#byProduct.delete(product);
      else this.#byProduct.set(product, ids);
    });
  }

  putCounter(counter: Counter): void {
    const counters = this.#licenses.get(counter.licenseId)?.counters;
    const earlier = counters?.get(counter.featureId);
    counters?.set(counter.featureId, counter);
    this.#undo.push(() => {
      if (earlier === undefined) counters?.delete(counter.featureId);
      else counters?.set(counter.featureId, earlier);
    });
  }

  /** @returns the seat it replaces */
  putSeat(seat: Seat): Seat | undefined {
    const earlier = this.seats.put(seat);
    const earlierId = this.#nextSeatId;
    if (seat.id >= earlierId) this.#nextSeatId = seat.id + 1;
    this.#undo.push(() => {
      if (earlier === undefined) this.seats.remove(seat);
      else this.seats.put(earlier);
      this.#nextSeatId = earlierId;
    });
    return earlier;
  }

  /** @returns the seat that ends */
  endSeat(key: PoolKey & { readonly holder: string }): Seat | undefined {
    const earlier = this.seats.remove(key);
    if (earlier !== undefined) this.#undo.push(() => this.seats.put(earlier));
    return earlier;
  }

  /** The changes are committed. */
  keep(): void {
    this.#undo.length = 0;
  }

  /** The changes since the last `keep` were not committed. */
  undo(): void {
    for (let undo = this.#undo.pop(); undo !== undefined; undo = this.#undo.pop()) undo();
  }
}
