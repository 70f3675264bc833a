/** Work of which only so much is under way at once, and only so much waits: it costs memory, or a thread. */
export class BoundedWork {
  readonly #atOnce: number;
  readonly #mostWaiting: number;
  readonly #waiting: (() => void)[] = [];
  #underWay = 0;

  constructor(atOnce: number, mostWaiting: number) {
    this.#atOnce = atOnce;
    this.#mostWaiting = mostWaiting;
  }

  /** Whether no more may be asked for now. */
  get isFull(): boolean {
    return this.#underWay >= this.#atOnce && this.#waiting.length >= this.#mostWaiting;
  }

  /** Does the work, in the order in which it was asked for. To be called where it is not full. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#underWay >= this.#atOnce) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#underWay += 1;
    try {
      return await work();
    } finally {
      // The place goes to the next one at once, so that nobody who comes later is before it.
      const next = this.#waiting.shift();
      if (next === undefined) this.#underWay -= 1;
      else next();
    }
  }
}
