import { setImmediate as afterThisTurn } from "node:timers";
import type { Instant } from "../../domain/instant.ts";
import { Fault } from "../../fault.ts";
import { LostCommit } from "./connection.ts";
import { isOutOfOrder } from "./sqlite-error.ts";

/** Turns of the event loop after which a group is committed, whatever else comes. */
const MOST_TURNS = 16;

/** One caller's part of a group: runs inside the transaction, is answered after the commit. */
interface Job {
  run(now: Instant): unknown;
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

type Result = { readonly value: unknown } | { readonly error: unknown };

/** An error that has changed nothing concerns one job only; any other concerns the whole group. */
export class LoneError extends Error {}

/**
 * Gathers what is asked for at the same time, and has it done in one transaction. [STORE-2]
 */
export class Group {
  readonly #commit: (run: (now: Instant) => Result[]) => Result[];
  #queue: Job[] = [];
  #isPlanned = false;

  /** @param commit runs the jobs of a group inside a transaction and commits; throws when nothing was changed */
  constructor(commit: (run: (now: Instant) => Result[]) => Result[]) {
    this.#commit = commit;
  }

  /** @returns what `run` returns, once it is committed */
  add<T>(run: (now: Instant) => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#queue.push({ run, resolve: resolve as (value: unknown) => void, reject });
      if (this.#isPlanned) return;
      this.#isPlanned = true;
      afterThisTurn(() => this.#gather(1));
    });
  }

  /** Goes on gathering as long as each turn brings more, so that a busy server syncs once for all who are asking. */
  #gather(turns: number): void {
    const before = this.#queue.length;
    afterThisTurn(() => {
      if (this.#queue.length > before && turns < MOST_TURNS) this.#gather(turns + 1);
      else this.#flush();
    });
  }

  #flush(): void {
    this.#isPlanned = false;
    const jobs = this.#queue;
    this.#queue = [];
    const results = this.#runAll(jobs);
    for (const [index, job] of jobs.entries()) {
      const result = results[index] as Result;
      if ("value" in result) job.resolve(result.value);
      else job.reject(result.error);
    }
  }

  /** All in one transaction; each by itself after an error that one of them has caused. */
  #runAll(jobs: readonly Job[]): Result[] {
    try {
      return this.#commit((now) => jobs.map((job) => runJob(job, now)));
    } catch (error) {
      if (error instanceof LostCommit || isOutOfOrder(error)) {
        const fault = new Fault("store_unavailable", "the database cannot commit", error);
        return jobs.map(() => ({ error: fault }));
      }
      if (jobs.length === 1) return [{ error: new Fault("internal_error", "the database refused a change", error) }];
      return jobs.flatMap((job) => this.#runAll([job]));
    }
  }
}

function runJob(job: Job, now: Instant): Result {
  try {
    return { value: job.run(now) };
  } catch (error) {
    if (error instanceof LoneError) return { error: error.cause };
    throw error;
  }
}
