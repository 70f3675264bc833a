const FREE_TRIES = 5;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15 * 60_000;
/** Names are anybody's to invent. */
const MOST_NAMES = 10_000;

/**
 * Locks a name after wrong passwords, each time twice as long. Nothing is compared while it is locked, so that guessing
 * costs the server nothing. It forgets at a restart. [ADMIN-4]
 */
export class LockOut {
  readonly #failed = new Map<string, { readonly times: number; readonly lockedUntil: number }>();
  readonly #underWay = new Map<string, number>();
  readonly #monotonic: () => number;

  /** @param monotonic milliseconds that never go back */
  constructor(monotonic: () => number) {
    this.#monotonic = monotonic;
  }

  /** How long the name is locked from now on, in milliseconds; 0 is not at all. A try under way counts as wrong. */
  waitMs(name: string): number {
    const { times = 0, lockedUntil = 0 } = this.#failed.get(name) ?? {};
    const wait = Math.max(0, lockedUntil - this.#monotonic());
    if (wait > 0) return wait;
    const underWay = this.#underWay.get(name) ?? 0;
    // While one try is compared, a storm of others must not be.
    return underWay > 0 && times + underWay >= FREE_TRIES ? FIRST_WAIT_MS : 0;
  }

  /** Runs one try. @param compare whether the password is right */
  async attempt(name: string, compare: () => Promise<boolean>): Promise<boolean> {
    this.#underWay.set(name, (this.#underWay.get(name) ?? 0) + 1);
    try {
      const isRight = await compare();
      if (isRight) this.#failed.delete(name);
      else this.#fail(name);
      return isRight;
    } finally {
      const left = (this.#underWay.get(name) ?? 1) - 1;
      if (left > 0) this.#underWay.set(name, left);
      else this.#underWay.delete(name);
    }
  }

  #fail(name: string): void {
    const times = (this.#failed.get(name)?.times ?? 0) + 1;
    const wait = times < FREE_TRIES ? 0 : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (times - FREE_TRIES));
    this.#failed.delete(name);
    this.#failed.set(name, { times, lockedUntil: this.#monotonic() + wait });
    const oldest = this.#failed.keys().next();
    if (this.#failed.size > MOST_NAMES && !oldest.done) this.#failed.delete(oldest.value);
  }
}
