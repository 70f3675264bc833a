import { SeatkeeperError } from "./errors.ts";
import type { SeatEvents } from "./seat-events.ts";
import type { SeatKeeper } from "./seat-keeper.ts";
import { type Duration, toMs } from "./time.ts";
import type { CallOptions } from "./transport.ts";

/** Older browsers have no such symbol yet; there, call `release`. */
export const asyncDispose: typeof Symbol.asyncDispose = Symbol.asyncDispose ?? Symbol("Symbol.asyncDispose");

/** A seat that was checked out. It is renewed until it is released. */
export class Seat {
  readonly #keeper: SeatKeeper;
  /** Done at its release. */
  readonly #atRelease: (() => void)[] = [];
  #isReleased = false;

  /** Seats come from `checkOut`. */
  constructor(keeper: SeatKeeper, released: () => void) {
    this.#keeper = keeper;
    this.#atRelease.push(released);
  }

  /** The feature's code; undefined is the license's own seat. */
  get feature(): string | undefined {
    return this.#keeper.feature;
  }

  /** False from when it is lost until it is back, and once it is released. */
  get isHeld(): boolean {
    return !this.#isReleased && this.#keeper.isHeld;
  }

  /** Seats in use when the server last told. */
  get inUse(): number | undefined {
    return this.#keeper.confirmed?.inUse;
  }

  /** Seats that there are. */
  get capacity(): number | undefined {
    return this.#keeper.confirmed?.capacity;
  }

  /** Until when it is borrowed, by the server's clock. */
  get borrowedUntil(): Date | undefined {
    return this.#keeper.confirmed?.borrowedUntil;
  }

  /** Calls a listener at every such event of this seat. @returns what ends that */
  on<Name extends keyof SeatEvents>(name: Name, listener: (event: SeatEvents[Name]) => void): () => void {
    const end = this.#keeper.on(name, listener);
    this.#atRelease.push(end);
    return end;
  }

  /**
   * Keeps the seat until then, also without a network and after the program has ended; `release` ends that.
   *
   * @param until a date, or for how long (`"72h"`); left out, as long as allowed
   * @returns the end of the borrow
   */
  async borrow(until?: Date | Duration, options: CallOptions = {}): Promise<Date> {
    this.#expectHeld();
    const offsetMs = this.#keeper.confirmed?.clockOffsetMs ?? 0;
    const end = until === undefined || until instanceof Date ? until : new Date(Date.now() + offsetMs + toMs(until));
    const { borrowedUntil } = await this.#keeper.borrow(end, options);
    return borrowedUntil ?? new Date(Date.now() + offsetMs);
  }

  /** Gives the seat back, and ends its borrow. Again, it does nothing. */
  async release(options: CallOptions = {}): Promise<void> {
    await this.#close(options, false);
  }

  /** Gives the seat back unless it is borrowed. Where no server is reached, the seat runs out by itself. */
  async [asyncDispose](): Promise<void> {
    await this.#close({}, true).catch((error) => {
      if (!(error instanceof SeatkeeperError)) throw error;
    });
  }

  async #close(options: CallOptions, keepsBorrow: boolean): Promise<void> {
    if (this.#isReleased) return;
    this.#isReleased = true;
    for (const end of this.#atRelease) end();
    await this.#keeper.close(options, keepsBorrow);
  }

  #expectHeld(): void {
    if (this.#isReleased) throw new SeatkeeperError("released", "the seat was released before");
  }
}
