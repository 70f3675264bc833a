import { setImmediate as afterThisTurn } from "node:timers";
import { isShared } from "./needs.ts";
import type { Request, Result } from "./transaction.ts";

/** A transaction decides so many requests at most. */
const MOST_AT_ONCE = 256;

/** Fewer requests are not spread over several transactions: each costs about as much as ten requests in one. */
const LEAST_SHARE = 32;

/** What everything is under that is about no license alone. */
const SHARED = "shared";

interface Waiting {
  readonly key: string;
  readonly request: Request;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/**
 * Gathers what waits at the same time, and has it decided in few transactions. Several may be under way, but no two about
 * one license: the second would only wait for the first, and keep a connection meanwhile. [STORE-2]
 */
export class Group {
  readonly #most: number;
  readonly #decide: (requests: readonly Request[]) => Promise<readonly Result[]>;
  readonly #underWay = new Set<string>();
  #waiting: Waiting[] = [];
  #running = 0;
  #isPlanned = false;
  #whenIdle: (() => void)[] = [];

  /** @param most how many transactions there are at once @param decide never rejects */
  constructor(most: number, decide: (requests: readonly Request[]) => Promise<readonly Result[]>) {
    this.#most = most;
    this.#decide = decide;
  }

  add(request: Request): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const key = isShared(request.scope) ? SHARED : request.ref;
      this.#waiting.push({ key, request, resolve, reject });
      this.#plan();
    });
  }

  /** Once nothing waits and nothing is under way. */
  idle(): Promise<void> {
    if (this.#running === 0 && this.#waiting.length === 0) return Promise.resolve();
    return new Promise((resolve) => this.#whenIdle.push(resolve));
  }

  /** Gathers for as long as each turn of the event loop brings more. */
  #plan(): void {
    if (this.#isPlanned) return;
    this.#isPlanned = true;
    let before = 0;
    const gather = () => {
      const count = this.#waiting.length;
      if (count > before && count < MOST_AT_ONCE && this.#running < this.#most) {
        before = count;
        afterThisTurn(gather);
        return;
      }
      this.#isPlanned = false;
      while (this.#running < this.#most && this.#startOne());
    };
    afterThisTurn(gather);
  }

  #startOne(): boolean {
    const chosen: Waiting[] = [];
    const left: Waiting[] = [];
    const keys = new Set<string>();
    // What waits is shared among the transactions that may still be begun.
    const share = Math.max(LEAST_SHARE, Math.ceil(this.#waiting.length / (this.#most - this.#running)));
    for (const each of this.#waiting) {
      const hasRoom = chosen.length < (keys.has(each.key) ? MOST_AT_ONCE : share);
      const isFree = hasRoom && !this.#underWay.has(each.key);
      const belongs = chosen[0] === undefined || (chosen[0].key === SHARED) === (each.key === SHARED);
      const isChosen = isFree && belongs;
      (isChosen ? chosen : left).push(each);
      if (isChosen) keys.add(each.key);
    }
    if (chosen.length === 0) return false;
    this.#waiting = left;
    void this.#run(chosen, keys);
    return true;
  }

  async #run(chosen: readonly Waiting[], keys: ReadonlySet<string>): Promise<void> {
    for (const key of keys) this.#underWay.add(key);
    this.#running += 1;
    const results = await this.#decide(chosen.map(({ request }) => request));
    this.#running -= 1;
    for (const key of keys) this.#underWay.delete(key);
    for (const [at, { resolve, reject }] of chosen.entries()) {
      const result = results[at] as Result;
      if ("value" in result) resolve(result.value);
      else if ("error" in result) reject(result.error);
    }
    if (this.#waiting.length > 0) this.#plan();
    else if (this.#running === 0) for (const resolve of this.#whenIdle.splice(0)) resolve();
  }
}
