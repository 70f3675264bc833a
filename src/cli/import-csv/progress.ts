import { bar } from "../bar.ts";

const WIDTH = 30;
const REDRAW_MS = 100;

/** How far long work is, on standard error: a bar where that is a terminal, else a line for every tenth. */
export class Progress {
  readonly #total: number;
  readonly #stream: NodeJS.WriteStream;
  readonly #startedAt = performance.now();
  readonly #alreadyDone: number;
  #drawnAt = 0;
  #tenths: number;

  constructor(total: number, alreadyDone: number, stream: NodeJS.WriteStream = process.stderr) {
    this.#total = total;
    this.#alreadyDone = alreadyDone;
    this.#stream = stream;
    this.#tenths = Math.floor((10 * alreadyDone) / Math.max(1, total));
  }

  /** @param done how many are done, @param bad how many of them went wrong */
  show(done: number, bad: number): void {
    const share = this.#total === 0 ? 1 : done / this.#total;
    if (this.#stream.isTTY) {
      const now = performance.now();
      if (now - this.#drawnAt < REDRAW_MS && done < this.#total) return;
      this.#drawnAt = now;
      this.#stream.write(`\r${bar(Math.round(share * WIDTH), WIDTH)} ${this.#sentence(share, done, bad)}\u001b[K`);
      return;
    }
    const tenths = Math.floor(share * 10);
    if (tenths <= this.#tenths) return;
    this.#tenths = tenths;
    this.#stream.write(`${this.#sentence(share, done, bad)}\n`);
  }

  end(): void {
    if (this.#stream.isTTY) this.#stream.write("\n");
  }

  #sentence(share: number, done: number, bad: number): string {
    const seconds = (performance.now() - this.#startedAt) / 1_000;
    const rate = Math.round((done - this.#alreadyDone) / Math.max(0.001, seconds));
    return `${Math.floor(share * 100)}%, ${done} of ${this.#total} rows, ${bad} bad, ${rate} a second`;
  }
}
