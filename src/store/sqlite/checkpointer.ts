import { Worker } from "node:worker_threads";

const EVERY_MS = 500;

/**
 * Copies the write-ahead log into the database in a thread of its own, so that the copying stays out of commits
 * and off the event loop. The log is overwritten from its start now and then, and never cut: growing a file makes
 * every sync slower.
 */
export class Checkpointer {
  readonly #worker: Worker;
  #isRunning = false;
  #lastStart = 0;

  /** @param logSizeMiB above this size the log is started over */
  constructor(file: string, logSizeMiB: number) {
    this.#worker = new Worker(new URL("./checkpoint-worker.mjs", import.meta.url), {
      workerData: { file, logSizeMiB },
    });
    this.#worker.unref();
    this.#worker.on("message", () => {
      this.#isRunning = false;
    });
    // Without checkpoints the log grows, and everything else goes on.
    this.#worker.on("error", () => {});
  }

  /** Starts a checkpoint unless one is running or has just been. */
  request(): void {
    const now = performance.now();
    if (this.#isRunning || now - this.#lastStart < EVERY_MS) return;
    this.#isRunning = true;
    this.#lastStart = now;
    this.#worker.postMessage("checkpoint");
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }
}
