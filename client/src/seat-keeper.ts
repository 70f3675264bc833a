import { DeniedError, isFinal, SeatkeeperError } from "./errors.ts";
import { Emitter } from "./events.ts";
import type { Host } from "./host.ts";
import type { Confirmation, SeatEvents } from "./seat-events.ts";
import { backoffMs, jittered, later, monotonic } from "./time.ts";
import type { Effort } from "./transport.ts";

/** How an API takes, borrows and gives back one seat. Each of them may be repeated. */
export interface SeatCalls {
  take(effort: Effort): Promise<Confirmation>;
  /** @param until undefined is as long as allowed */
  borrow(until: Date | undefined, effort: Effort): Promise<Confirmation>;
  /** Succeeds as well where there is nothing to give back. */
  giveBack(effort: Effort): Promise<void>;
}

/** Codes by which a license or a feature that has expired is refused. */
const EXPIRED = new Set<string>(["license_expired", "invalid_license_feature_code"]);
const LONGEST_BACKOFF_MS = 15_000;
/** Whatever a server says of its timeout, it is not flooded. */
const SHORTEST_MS = 100;
/** A program that ends waits no longer for a server. */
const EXIT_EFFORT: Effort = { timeoutMs: 2_000, retries: 0 };

/**
 * Keeps one seat for all in this program who hold it: takes it for the first, renews it at a third of its timeout, and
 * gives it back after the last. [CLIENT-1] [CLIENT-2]
 */
export class SeatKeeper extends Emitter<SeatEvents> {
  readonly feature: string | undefined;
  readonly #calls: SeatCalls;
  readonly #host: Host;
  #handles = 0;
  #confirmed: Confirmation | undefined;
  #isHeld = false;
  /** In `monotonic` time: until then the server keeps the seat, whatever happens. */
  #endsAt = 0;
  #failures = 0;
  /** One call at a time, so that a release never overtakes a check-out. */
  #turn: Promise<unknown> = Promise.resolve();
  #stopRenewing = () => {};
  #stopEnding = () => {};
  #stopWatchingExit: (() => void) | undefined;

  constructor(feature: string | undefined, calls: SeatCalls, host: Host) {
    super();
    this.feature = feature;
    this.#calls = calls;
    this.#host = host;
  }

  get isHeld(): boolean {
    return this.#isHeld;
  }

  get confirmed(): Confirmation | undefined {
    return this.#confirmed;
  }

  /** Whether anybody in this program holds the seat, or is taking it. */
  get isIdle(): boolean {
    return this.#handles === 0;
  }

  /** Takes the seat for one more. @throws DeniedError and others */
  async open(signal: AbortSignal | undefined): Promise<void> {
    this.#handles += 1;
    try {
      await this.#inTurn(async () => {
        if (!this.#isHeld) await this.#take({ signal });
      });
    } catch (error) {
      this.#handles -= 1;
      // Nobody knows whether the call that was broken off has taken a seat.
      const isUnknown = this.isIdle && signal?.aborted && !this.#isBorrowed();
      if (isUnknown) this.#inTurn(() => this.#giveBack(EXIT_EFFORT)).catch(() => {});
      throw error;
    }
  }

  /** One less holds the seat; after the last it is given back. */
  async close(effort: Effort, keepsBorrow: boolean): Promise<void> {
    this.#handles -= 1;
    if (!this.isIdle) return;
    this.#stop();
    await this.#inTurn(async () => {
      if (!this.isIdle) return;
      if (!keepsBorrow || !this.#isBorrowed()) await this.#giveBack(effort);
      // Who comes next asks the server, and renews.
      this.#isHeld = false;
    });
  }

  borrow(until: Date | undefined, effort: Effort): Promise<Confirmation> {
    return this.#inTurn(() => this.#confirm((each) => this.#calls.borrow(until, each), effort));
  }

  async #take(effort: Effort): Promise<void> {
    await this.#confirm((each) => this.#calls.take(each), effort);
    this.#stopWatchingExit ??= this.#host.onExit?.(() => this.#leave());
  }

  /** Before the program ends. A borrowed seat is for the time after it. */
  async #leave(): Promise<void> {
    this.#stop();
    if (this.#isHeld && !this.#isBorrowed()) await this.#inTurn(() => this.#giveBack(EXIT_EFFORT));
  }

  async #giveBack(effort: Effort): Promise<void> {
    this.#isHeld = false;
    await this.#calls.giveBack(effort);
  }

  async #confirm(call: (effort: Effort) => Promise<Confirmation>, effort: Effort): Promise<Confirmation> {
    const confirmed = await call(effort);
    const { askedAt, timeoutMs, borrowedUntil, clockOffsetMs } = confirmed;
    const borrowMs = borrowedUntil === undefined ? 0 : borrowedUntil.getTime() - clockOffsetMs - Date.now();
    this.#confirmed = confirmed;
    this.#isHeld = true;
    this.#failures = 0;
    // From when it was asked for: the server began to count later.
    this.#endsAt = Math.max(askedAt + timeoutMs, monotonic() + borrowMs);
    this.#stopEnding();
    if (this.isIdle) return confirmed;
    this.#stopEnding = later(this.#endsAt - monotonic(), () => this.#runOut());
    this.#renewIn(jittered(timeoutMs / 3));
    return confirmed;
  }

  #renewIn(ms: number): void {
    this.#stopRenewing();
    this.#stopRenewing = later(Math.max(ms, SHORTEST_MS), () => void this.#renew());
  }

  async #renew(): Promise<void> {
    try {
      await this.#inTurn(async () => {
        if (this.isIdle) return;
        const thirdMs = (this.#confirmed?.timeoutMs ?? 0) / 3;
        await this.#take({ retries: 0, timeoutMs: Math.min(Math.max(thirdMs, 1_000), 10_000) });
        this.emit("renewed", { feature: this.feature });
      });
    } catch (error) {
      if (!this.isIdle) this.#failed(error as SeatkeeperError);
    }
  }

  #failed(error: SeatkeeperError): void {
    const timeoutMs = this.#confirmed?.timeoutMs ?? 0;
    if (!isFinal(error)) {
      this.#failures += 1;
      const longestMs = Math.min(LONGEST_BACKOFF_MS, Math.max(timeoutMs / 10, 100));
      this.#renewIn(backoffMs(this.#failures, longestMs));
      return;
    }
    const { retryAfterMs } = error;
    if (error instanceof DeniedError) this.emit("denied", { feature: this.feature, retryAfterMs });
    this.#lose(error);
    this.#renewIn(jittered(Math.min(timeoutMs / 3, retryAfterMs ?? timeoutMs / 3)));
  }

  #runOut(): void {
    // A timer holds four weeks at most.
    if (monotonic() < this.#endsAt - 1) {
      this.#stopEnding = later(this.#endsAt - monotonic(), () => this.#runOut());
      return;
    }
    this.#lose(new SeatkeeperError("seat_run_out", "the seat has run out: no renewal came through in time"));
  }

  #lose(error: SeatkeeperError): void {
    if (!this.#isHeld) return;
    this.#isHeld = false;
    this.#stopEnding();
    this.emit(EXPIRED.has(error.code) ? "expired" : "lost", { feature: this.feature, error });
  }

  #isBorrowed(): boolean {
    const { borrowedUntil, clockOffsetMs = 0 } = this.#confirmed ?? {};
    return borrowedUntil !== undefined && borrowedUntil.getTime() > Date.now() + clockOffsetMs;
  }

  #stop(): void {
    this.#stopRenewing();
    this.#stopEnding();
    this.#stopWatchingExit?.();
    this.#stopWatchingExit = undefined;
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(act);
    this.#turn = done.catch(() => {});
    return done;
  }
}
