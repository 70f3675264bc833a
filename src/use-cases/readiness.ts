import { setTimeout as wait } from "node:timers/promises";
import { unchanged } from "../domain/decision.ts";
import { Fault } from "../fault.ts";
import type { Store } from "../store/store.ts";

/** Who asks gives up after some seconds, and learns less from that than from an answer. */
const ANSWER_WITHIN_MS = 2_000;

/** Whether a request would be decided now, which load balancers ask every few seconds. [OPS-3] */
export class Readiness {
  readonly #store: Store;
  readonly #answerWithinMs: number;
  #underWay: Promise<unknown> | undefined;

  constructor(store: Store, answerWithinMs = ANSWER_WITHIN_MS) {
    this.#store = store;
    this.#answerWithinMs = answerWithinMs;
  }

  /** @throws Fault `store_unavailable` when the store does not decide, or has not said so in time */
  async check(): Promise<void> {
    const late = new AbortController();
    try {
      await Promise.race([this.#decide(), this.#tooLate(late.signal)]);
    } finally {
      late.abort();
    }
  }

  /** Those who ask meanwhile are told by the same decision, so that no number of them is a burden. */
  #decide(): Promise<unknown> {
    if (this.#underWay !== undefined) return this.#underWay;
    const ended = () => {
      this.#underWay = undefined;
    };
    // No product has an empty name: it waits for nobody's lock, and changes nothing.
    const deciding = this.#store.transact({ license: { product: "" } }, () => unchanged(undefined));
    this.#underWay = deciding;
    deciding.then(ended, ended);
    return deciding;
  }

  async #tooLate(signal: AbortSignal): Promise<never> {
    await wait(this.#answerWithinMs, undefined, { signal, ref: false });
    throw new Fault("store_unavailable", "the store has not answered in time");
  }
}
