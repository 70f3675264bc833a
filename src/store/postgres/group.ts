import { setImmediate as afterThisTurn } from "node:timers";
import { isShared } from "./needs.ts";
import type { Request, Result } from "./transaction.ts";

/** A transaction decides so many requests at most. */
const MOST_AT_ONCE = 256;

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
      const { scope } = request;
      const key = isShared(scope) ? SHARED : JSON.stringify(scope.license);
      this.#waiting.push({ key, request, resolve, reject });
      this.#plan();
    });
  }

  /** Once nothing waits and nothing is under way. */
  idle(): Promise<void> {
    if (this.#running === 0 && this.#waiting.length === 0) return Promise.resolve();
    return new Promise((resolve) => this.#whenIdle.push(resolve));
  }

  #plan(): void {
    if (this.#isPlanned) return;
    this.#isPlanned = true;
    afterThisTurn(() => {
      this.#isPlanned = false;
      while (this.#running < this.#most && this.#startOne());
    });
  }

  #startOne(): boolean {
    const chosen: Waiting[] = [];
    const left: Waiting[] = [];
    for (const each of this.#waiting) {
      const isFree = chosen.length < MOST_AT_ONCE && !this.#underWay.has(each.key);
      const belongs = chosen[0] === undefined || (chosen[0].key === SHARED) === (each.key === SHARED);
      (isFree && belongs ? chosen : left).push(each);
    }
    if (chosen.length === 0) return false;
    this.#waiting = left;
    void this.#run(chosen);
    return true;
  }

  async #run(chosen: readonly Waiting[]): Promise<void> {
    const keys = new Set(chosen.map(({ key }) => key));
    for (const key of keys) this.#underWay.add(key);
    this.#running += 1;
    const results = await this.#decide(chosen.map(({ request }) => request));
    this.#running -= 1;
    for (const key of keys) this.#underWay.delete(key);
    for (const [at, { resolve, reject }] of chosen.entries()) {
      const result = results[at] as Result;
      if ("value" in result) resolve(result.value);
      else reject(result.error);
    }
    if (this.#waiting.length > 0) this.#plan();
    else if (this.#running === 0) for (const resolve of this.#whenIdle.splice(0)) resolve();
  }
}
