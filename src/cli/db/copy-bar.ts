import type { CopyProgress } from "../../store/copy/copy-installation.ts";
import { bar } from "../bar.ts";

const WIDTH = 30;
const REDRAW_MS = 100;

/** How far a copy is, on standard error where that is a terminal; else nothing. */
export class CopyBar {
  readonly #isShown: boolean;
  readonly #startedAt = performance.now();
  #drawnAt = Number.NEGATIVE_INFINITY;
  #hasDrawn = false;

  constructor(isSilent: boolean) {
    this.#isShown = process.stderr.isTTY && !isSilent;
  }

  show({ doing, table, done, total }: CopyProgress): void {
    const now = performance.now();
    if (!this.#isShown || (now - this.#drawnAt < REDRAW_MS && done < total)) return;
    this.#drawnAt = now;
    this.#hasDrawn = true;
    const share = total === 0 ? 1 : Math.min(1, done / total);
    const seconds = Math.round((now - this.#startedAt) / 1_000);
    const sentence = `${doing} ${table}: ${Math.min(done, total)} of ${total} rows, ${seconds} s`;
    process.stderr.write(`\r${bar(Math.round(share * WIDTH), WIDTH)} ${sentence}\u001b[K`);
  }

  end(): void {
    if (this.#hasDrawn) process.stderr.write("\n");
  }
}
