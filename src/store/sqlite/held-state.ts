import type { Counter } from "../../domain/counter.ts";
import type { ImportedFile, LicenseRef } from "../../domain/decision.ts";
import type { Hold } from "../../domain/hold.ts";
import type { License } from "../../domain/license.ts";
import { FIRST_IDS, type IdKind, type NextIds } from "../../domain/records.ts";
import type { PoolKey, Seat } from "../../domain/seat.ts";
import { CHAIN_START } from "../event-chain.ts";
import type { LicenseNames } from "../store.ts";
import { HeldHolds } from "./held-holds.ts";
import {
  bundleName,
  customerName,
  keyName,
  LicenseIndex,
  namesOf,
  orderName,
  policyName,
  productName,
  userName,
} from "./license-index.ts";
import { LiveSeats } from "./live-seats.ts";
import { counterFromRow, eventFromRow, type Row, seatFromRow } from "./rows.ts";
import type { Statements } from "./statements.ts";

export interface HeldLicense {
  readonly license: License;
  /** The file it was last taken from; licenses that were issued here come from none. */
  readonly file: ImportedFile | undefined;
  /** Orders licenses by when they came. */
  readonly added: number;
  readonly counters: Map<number, Counter>;
}

/**
 * What the process holds in memory of its database, so that decisions read no table. Every change can be taken
 * back until its commit: `undo` returns to the state of the last `keep`.
 */
export class HeldState {
  readonly seats = new LiveSeats();
  readonly holds = new HeldHolds();
  readonly #licenses = new Map<number, HeldLicense>();
  readonly #index = new LicenseIndex();
  readonly #undo: (() => void)[] = [];
  #lastEvent: { readonly id: number; readonly hash: string } = { id: 0, hash: CHAIN_START };
  #nextSeatId = 1;
  #nextIds: NextIds = FIRST_IDS;
  #lastAdded = 0;

  /** Reads everything from the database. */
  static load(statements: Statements): HeldState {
    const state = new HeldState();
    state.#nextSeatId = (statements.findClock.get() as Row)["next_seat_id"] as number;
    for (const row of statements.allLicenses.iterate() as Iterable<Row>) {
      const digest = row["file_digest"] as string | null;
      const file = digest === null ? undefined : { digest, issuedAt: row["file_issued"] as number };
      state.putLicense(JSON.parse(row["document"] as string), file);
    }
    for (const row of statements.allCounters.iterate() as Iterable<Row>) state.putCounter(counterFromRow(row));
    for (const row of statements.allSeats.iterate() as Iterable<Row>) state.putSeat(seatFromRow(row));
    for (const hold of statements.records.all("hold")) state.holds.put(hold);
    for (const row of statements.allSequences.iterate() as Iterable<Row>) {
      state.useId(row["kind"] as IdKind, (row["next"] as number) - 1);
    }
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

  get nextIds(): NextIds {
    return this.#nextIds;
  }

  /** @returns whether the next id of the kind is another now */
  useId(kind: IdKind, id: number): boolean {
    const earlier = this.#nextIds;
    if (id < earlier[kind]) return false;
    this.#nextIds = { ...earlier, [kind]: id + 1 };
    this.#undo.push(() => {
      this.#nextIds = earlier;
    });
    return true;
  }

  licenses(): License[] {
    return [...this.#licenses.values()].map(({ license }) => license);
  }

  license(id: number): HeldLicense | undefined {
    return this.#licenses.get(id);
  }

  /** Whether there is a license of the product. */
  isProductHeld(product: string): boolean {
    return this.#index.has(productName(product));
  }

  /** The license a scope names: of those that fit, the one added last. @param userId the user that the scope names */
  resolve(ref: LicenseRef, userId: number | undefined): HeldLicense | undefined {
    if (!("product" in ref)) return this.#licenses.get(ref.licenseId);
    const isPlain = ref.licenseId === undefined && ref.key === undefined && ref.username === undefined;
    if (isPlain && ref.bundleCode === undefined) {
      const last = this.#index.last(productName(ref.product));
      return last === undefined ? undefined : this.#licenses.get(last);
    }
    return this.find(ref, userId).at(-1);
  }

  /** The licenses that every given name fits, in the order they were added. */
  find(names: LicenseNames, userId: number | undefined): HeldLicense[] {
    const { licenseId, product, key, username, bundleCode, customerId, orderId, policyId } = names;
    if (username !== undefined && userId === undefined) return [];
    const wanted = [
      ...(key === undefined ? [] : [keyName(key)]),
      ...(userId === undefined ? [] : [userName(userId)]),
      ...(bundleCode === undefined ? [] : [bundleName(bundleCode)]),
      ...(customerId === undefined ? [] : [customerName(customerId)]),
      ...(orderId === undefined ? [] : [orderName(orderId)]),
      ...(policyId === undefined ? [] : [policyName(policyId)]),
      ...(product === undefined ? [] : [productName(product)]),
    ];
    const [first, ...others] = wanted;
    const candidates =
      licenseId !== undefined ? [licenseId] : first === undefined ? this.#licenses.keys() : this.#index.ids(first);
    const toFit = licenseId === undefined ? others : wanted;
    const found: HeldLicense[] = [];
    for (const id of candidates) {
      const held = this.#licenses.get(id);
      if (held === undefined) continue;
      const known = toFit.length === 0 ? [] : namesOf(held.license);
      if (toFit.every((name) => known.includes(name))) found.push(held);
    }
    return found.sort((a, b) => a.added - b.added);
  }

  putLicense(license: License, file: ImportedFile | undefined): void {
    const earlier = this.#licenses.get(license.id);
    const added = earlier?.added ?? this.#lastAdded + 1;
    this.#lastAdded = Math.max(this.#lastAdded, added);
    this.#licenses.set(license.id, { license, file, added, counters: earlier?.counters ?? new Map() });
    this.#undo.push(() => {
      if (earlier === undefined) this.#licenses.delete(license.id);
      else this.#licenses.set(license.id, earlier);
    });
    const names = earlier === undefined ? [] : namesOf(earlier.license);
    this.#rename({ id: license.id, added }, names, namesOf(license));
  }

  removeLicense(id: number): void {
    const earlier = this.#licenses.get(id);
    if (earlier === undefined) return;
    this.#licenses.delete(id);
    this.#undo.push(() => this.#bringBack(id, earlier));
    this.#rename({ id, added: earlier.added }, namesOf(earlier.license), []);
  }

  /** Puts a license back before those that were added after it. */
  #bringBack(id: number, held: HeldLicense): void {
    const later = [...this.#licenses].filter(([, { added }]) => added > held.added);
    for (const [each] of later) this.#licenses.delete(each);
    this.#licenses.set(id, held);
    for (const [each, other] of later) this.#licenses.set(each, other);
  }

  #rename(entry: { readonly id: number; readonly added: number }, earlier: string[], later: string[]): void {
    for (const name of earlier) {
      if (later.includes(name)) continue;
      this.#index.remove(name, entry);
      this.#undo.push(() => this.#index.add(name, entry));
    }
    for (const name of later) {
      if (earlier.includes(name)) continue;
      this.#index.add(name, entry);
      this.#undo.push(() => this.#index.remove(name, entry));
    }
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

  removeCounter({ licenseId, featureId }: PoolKey): void {
    const counters = this.#licenses.get(licenseId)?.counters;
    const earlier = counters?.get(featureId);
    if (earlier === undefined) return;
    counters?.delete(featureId);
    this.#undo.push(() => counters?.set(featureId, earlier));
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

  putHold(hold: Hold): void {
    const earlier = this.holds.put(hold);
    this.#undo.push(() => {
      if (earlier === undefined) this.holds.remove(hold.id);
      else this.holds.put(earlier);
    });
  }

  removeHold(id: number): void {
    const earlier = this.holds.remove(id);
    if (earlier !== undefined) this.#undo.push(() => this.holds.put(earlier));
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
