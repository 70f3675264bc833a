import { isFinal, RefusedError, type SeatkeeperError } from "./errors.ts";
import { backoffMs, later } from "./time.ts";

/** What was used, as it is sent and kept. */
export interface Consumption {
  /** The server counts what comes by this key once. */
  readonly key: string;
  readonly amount: number;
  /** Undefined counts on the license itself. */
  readonly feature?: string;
  /** When it was sent first, in milliseconds since 1970; nobody may know whether it arrived. */
  readonly sentAt?: number;
}

export interface ConsumeOptions {
  readonly feature?: string;
  /** Ends the waiting, not the sending: what was used was used. */
  readonly signal?: AbortSignal;
}

/** Keeps a text over a restart. One program at a time has one. */
export interface PendingStore {
  /** What was saved last. */
  load(): string | undefined;
  save(text: string): void;
}

interface QueueOptions {
  readonly send: (consumption: Consumption) => Promise<number>;
  readonly refused: (consumption: Consumption, error: SeatkeeperError) => void;
  readonly store: PendingStore | undefined;
}

interface Waiting {
  resolve(count: number | undefined): void;
  reject(error: unknown): void;
}

/** Servers know a key for 7 days; what was sent before, and may have arrived, would be counted twice. */
const LONGEST_UNKNOWN_MS = 6.5 * 24 * 3_600_000;
const LONGEST_BACKOFF_MS = 60_000;

/** Sends what was used in its order, and keeps what cannot be sent. [CLIENT-7] */
export class ConsumptionQueue {
  readonly #options: QueueOptions;
  #kept: Consumption[];
  readonly #waiting = new Map<string, Waiting>();
  #flushing: Promise<number> | undefined;
  #failures = 0;
  #stopRetrying = () => {};

  constructor(options: QueueOptions) {
    this.#options = options;
    this.#kept = JSON.parse(options.store?.load() || "[]") as Consumption[];
    if (this.#kept.length > 0) this.#retryIn(0);
  }

  async add(amount: number, { feature, signal }: ConsumeOptions): Promise<number | undefined> {
    signal?.throwIfAborted();
    if (!Number.isSafeInteger(amount)) throw new TypeError(`not a whole number: ${amount}`);
    const consumption = { key: randomKey(), amount, ...(feature !== undefined && { feature }) };
    this.#keep([...this.#kept, consumption]);
    const stop = () => this.#settle(consumption.key, (waiting) => waiting.reject(signal?.reason));
    signal?.addEventListener("abort", stop);
    const counted = new Promise<number | undefined>((resolve, reject) => {
      this.#waiting.set(consumption.key, { resolve, reject });
    });
    // What fails here is tried again later.
    this.flush().catch(() => {});
    return counted.finally(() => signal?.removeEventListener("abort", stop));
  }

  flush(): Promise<number> {
    this.#flushing ??= this.#sendAll();
    return this.#flushing;
  }

  async close(): Promise<void> {
    if (this.#kept.length > 0) await this.flush();
    this.#stopRetrying();
  }

  async #sendAll(): Promise<number> {
    // By now the caller knows that this is under way.
    await null;
    this.#stopRetrying();
    try {
      for (let next = this.#kept[0]; next !== undefined; next = this.#kept[0]) {
        const now = Date.now();
        const first = { ...next, sentAt: next.sentAt ?? now };
        // Before it is sent, so that a crash in between does not make it look new.
        this.#keep([first, ...this.#kept.slice(1)]);
        const isPassed = await this.#sendFirst(first, now - first.sentAt > LONGEST_UNKNOWN_MS);
        if (!isPassed) break;
      }
      return this.#kept.length;
    } finally {
      this.#flushing = undefined;
      if (this.#kept.length > 0) this.#retryLater();
    }
  }

  /** @returns false where it is kept, and all after it */
  async #sendFirst(consumption: Consumption, isTooOld: boolean): Promise<boolean> {
    try {
      if (isTooOld) throw new RefusedError("unreachable", "it was sent a week ago, and may have been counted");
      const count = await this.#options.send(consumption);
      this.#failures = 0;
      this.#keep(this.#kept.slice(1));
      this.#settle(consumption.key, (waiting) => waiting.resolve(count));
      return true;
    } catch (error) {
      if (!isFinal(error)) return false;
      this.#keep(this.#kept.slice(1));
      const isTold = this.#settle(consumption.key, (waiting) => waiting.reject(error));
      if (!isTold) this.#options.refused(consumption, error as SeatkeeperError);
      return true;
    }
  }

  /** @returns whether somebody waits for it */
  #settle(key: string, act: (waiting: Waiting) => void): boolean {
    const waiting = this.#waiting.get(key);
    this.#waiting.delete(key);
    if (waiting !== undefined) act(waiting);
    return waiting !== undefined;
  }

  #keep(kept: Consumption[]): void {
    this.#options.store?.save(JSON.stringify(kept));
    this.#kept = kept;
  }

  #retryLater(): void {
    this.#retryIn(backoffMs(this.#failures, LONGEST_BACKOFF_MS));
    this.#failures += 1;
    for (const waiting of this.#waiting.values()) waiting.resolve(undefined);
    this.#waiting.clear();
  }

  #retryIn(ms: number): void {
    this.#stopRetrying = later(ms, () => this.flush().catch(() => {}));
  }
}

/** `crypto.randomUUID` is not there on pages without TLS. */
function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
