import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Pool, PoolClient } from "pg";
import { Fault } from "../../fault.ts";
import { Renamed } from "./lock.ts";
import { NeedMore, Needs } from "./needs.ts";
import { isAnswered, isConflict, isRefusedData, unavailable } from "./postgres-error.ts";
import { run } from "./session.ts";
import { FIND_MARK, TAKE_MARK } from "./statements.ts";
import { type Node, type Request, type Result, transact, UnknownFate } from "./transaction.ts";

/** A database that cannot be reached is tried again this often, so that a connection that was cut costs nobody an answer. */
const MOST_FAILURES = 4;
/** Nobody is kept waiting for longer by a server that is silent. */
const FAIL_AFTER_MS = 5_000;
/** It may have to give way to others so often. */
const MOST_TRIES = 50;
/** The fate of a commit is asked for this long. */
const ASK_FOR_MS = 10_000;
const ASK_AGAIN_AFTER_MS = 100;

/** Has requests decided, in as many tries as it takes: what is tried again has changed nothing. [STORE-7] */
export class Decider {
  readonly #pool: Pool;
  readonly #node: Node;
  readonly #onChange: () => void;
  readonly #ready: () => Promise<void>;

  /** @param ready once it may be decided again after a connection was lost */
  constructor(pool: Pool, node: Node, onChange: () => void, ready = () => Promise.resolve()) {
    this.#pool = pool;
    this.#node = node;
    this.#onChange = onChange;
    this.#ready = ready;
  }

  async decide(requests: readonly Request[]): Promise<readonly Result[]> {
    try {
      return await this.#again(requests, await this.#decideTogether(requests));
    } catch (error) {
      if (!isRefusedData(error)) {
        const fault = error instanceof Fault ? error : unavailable("the database cannot commit", error);
        return requests.map(() => ({ error: fault }));
      }
      if (requests.length === 1) {
        return [{ error: new Fault("internal_error", "the database refused a change", error) }];
      }
      const results: Result[] = [];
      for (const request of requests) results.push(...(await this.decide([request])));
      return results;
    }
  }

  /** Decides those that are to be decided in another transaction. */
  async #again(requests: readonly Request[], results: readonly Result[]): Promise<readonly Result[]> {
    const isAgain = (at: number) => "again" in (results[at] as Result);
    const left = requests.filter((_, at) => isAgain(at));
    if (left.length === 0) return results;
    const later = [...(await this.decide(left))];
    return results.map((result, at) => (isAgain(at) ? (later.shift() as Result) : result));
  }

  async #decideTogether(requests: readonly Request[]): Promise<readonly Result[]> {
    const needs = Needs.of(requests);
    const begunAt = performance.now();
    let failures = 0;
    for (let overtaken = 0; overtaken < MOST_TRIES; ) {
      try {
        return await this.#try(requests, needs);
      } catch (error) {
        if (error instanceof NeedMore) {
          if (!needs.add(error)) throw error;
        } else if (error instanceof UnknownFate) {
          if (await this.#isCommitted(error)) {
            this.#onChange();
            return error.results;
          }
          await this.#ready();
        } else if (error instanceof Renamed || isConflict(error)) {
          overtaken += 1;
        } else {
          failures += 1;
          if (isAnswered(error) || isRefusedData(error) || failures >= MOST_FAILURES) throw error;
          if (performance.now() - begunAt > FAIL_AFTER_MS) throw error;
          await wait(ASK_AGAIN_AFTER_MS * failures);
          // After an outage, seats have its time back before anything is decided.
          await this.#ready();
        }
      }
    }
    throw unavailable("others were always first");
  }

  async #try(requests: readonly Request[], needs: Needs): Promise<readonly Result[]> {
    const client = await this.#pool.connect();
    try {
      const { results, isChanged } = await transact(client, requests, needs, this.#node);
      client.release();
      if (isChanged) this.#onChange();
      return results;
    } catch (error) {
      await this.#giveBack(client, error);
      throw error;
    }
  }

  async #giveBack(client: PoolClient, error: unknown): Promise<void> {
    const isUsable = error instanceof NeedMore || error instanceof Renamed || isAnswered(error);
    const isRolledBack =
      isUsable &&
      (await client.query("ROLLBACK").then(
        () => true,
        () => false,
      ));
    client.release(!isRolledBack);
  }

  /** Reads whether a commit happened, once it can no longer do so. @throws Fault when that cannot be read either */
  async #isCommitted({ mark, cause }: UnknownFate): Promise<boolean> {
    const until = performance.now() + ASK_FOR_MS;
    // Whoever asks leaves a mark too: an answer that is lost leaves it unknown whose the first mark is.
    const asker = randomUUID();
    for (;;) {
      try {
        return await this.#ask(mark, asker);
      } catch (error) {
        if (performance.now() > until) {
          throw unavailable("it cannot be told whether the commit happened", new AggregateError([cause, error]));
        }
        await wait(ASK_AGAIN_AFTER_MS);
      }
    }
  }

  async #ask(mark: string, asker: string): Promise<boolean> {
    const client = await this.#pool.connect();
    try {
      await client.query(`SET statement_timeout = ${ASK_FOR_MS}`);
      await run(client, TAKE_MARK, mark, asker);
      // Another statement sees also what an earlier question has left, whose answer was lost.
      const taken = await run(client, FIND_MARK, asker);
      await client.query("RESET statement_timeout");
      client.release();
      return taken.length === 0;
    } catch (error) {
      client.release(true);
      throw error;
    }
  }
}
