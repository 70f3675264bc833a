import { type Need, NeedMore } from "./needs.ts";

/**
 * What decisions turn out to need that was not locked or read. It is gathered from all that are decided together, so that
 * they are decided anew once for all of it, and not once for each.
 */
export class Missing {
  /** By the need as JSON: however many ask for it, it is one. */
  readonly #needs = new Map<string, Need>();

  /** @returns undefined where something was missing. What follows then is only to find what else is. */
  gather<T>(run: () => T): T | undefined {
    try {
      return run();
    } catch (error) {
      if (error instanceof NeedMore) for (const need of error.needs) this.#needs.set(JSON.stringify(need), need);
      else if (this.#needs.size === 0) throw error;
      return undefined;
    }
  }

  /** @throws NeedMore where anything was missing */
  check(): void {
    if (this.#needs.size > 0) throw new NeedMore(...this.#needs.values());
  }
}
