import { hash } from "node:crypto";
import { MINUTE_MS } from "../../../domain/instant.ts";

const DEFAULT_MAX_KEYS = 10_000;

export interface FailureLimitOptions {
  readonly perMinute: number;
  /** Milliseconds from any origin; never goes back. */
  readonly monotonic: () => number;
  /** How many keys are counted at once. */
  readonly maxKeys?: number;
}

/**
 * Slows down who guesses signatures: counts failures per key, each in minutes that begin with its first failure.
 * [HMAC-4]
 *
 * Only failures are counted and refused, so a valid signature passes whatever others do under the same key. Beyond
 * `maxKeys`, the key whose minute began first is forgotten: who has that many keys to fail with is not slowed down,
 * but does not fill the memory.
 */
export class FailureLimit {
  readonly #perMinute: number;
  readonly #monotonic: () => number;
  readonly #maxKeys: number;
  /** The minute of each key that began first comes first. */
  readonly #minutes = new Map<string, { readonly endsAt: number; failures: number }>();

  constructor({ perMinute, monotonic, maxKeys = DEFAULT_MAX_KEYS }: FailureLimitOptions) {
    this.#perMinute = perMinute;
    this.#monotonic = monotonic;
    this.#maxKeys = maxKeys;
  }

  /**
   * Counts a failure.
   *
   * @param key who failed, of any length: a digest of it is kept, so that neither secrets nor long texts are
   * @returns seconds to wait, at least 1, when this minute had more than `perMinute` of them; else undefined
   */
  fail(key: string): number | undefined {
    const now = this.#monotonic();
    this.#forgetBefore(now);
    const id = hash("sha256", key);
    let minute = this.#minutes.get(id);
    if (minute === undefined) {
      minute = { endsAt: now + MINUTE_MS, failures: 0 };
      this.#minutes.set(id, minute);
      this.#forgetSurplus();
    }
    minute.failures++;
    return minute.failures > this.#perMinute ? Math.ceil((minute.endsAt - now) / 1_000) : undefined;
  }

  /**
   * @param underWay attempts that may still turn out to be failures
   * @returns seconds to wait, at least 1, when this minute has had its failures, or may have had them; else undefined
   */
  waitOf(key: string, underWay = 0): number | undefined {
    const now = this.#monotonic();
    this.#forgetBefore(now);
    const minute = this.#minutes.get(hash("sha256", key));
    const failures = minute?.failures ?? 0;
    if (failures + underWay < this.#perMinute) return undefined;
    return minute !== undefined && failures >= this.#perMinute ? Math.ceil((minute.endsAt - now) / 1_000) : 1;
  }

  #forgetBefore(now: number): void {
    for (const [id, { endsAt }] of this.#minutes) {
      if (endsAt > now) return;
      this.#minutes.delete(id);
    }
  }

  #forgetSurplus(): void {
    for (const id of this.#minutes.keys()) {
      if (this.#minutes.size <= this.#maxKeys) return;
      this.#minutes.delete(id);
    }
  }
}
