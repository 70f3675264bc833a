import type { FastifyInstance } from "fastify";
import type { Logger } from "pino";
import type { Config } from "../config/options.ts";
import { startSweeping } from "../jobs/sweep.ts";
import type { Clock } from "../store/decision-time.ts";
import type { Store } from "../store/store.ts";

/*
 * What both sides have in common: a store, and a listener on it.
 */

/** Requests in flight have this long to be answered when the program stops. */
const ANSWER_WITHIN_MS = 600;

/** A side, running. */
export interface Side {
  readonly store: Store;
  /** Origin of its API, without a final slash. */
  readonly url: string;
  /** Stops taking requests, answers those in flight, closes the store. */
  close(): Promise<void>;
}

/** What a side is started in. */
export interface Surroundings {
  readonly log: Logger;
  readonly clock?: Clock;
}

/** Starts something on an open store; where that fails, the store is closed. */
export async function closeOnFailure<T>(store: Store, start: () => Promise<T>): Promise<T> {
  try {
    return await start();
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Listens, and tidies the store meanwhile. */
export async function listen(
  app: FastifyInstance,
  store: Store,
  log: Logger,
  address: { readonly host: string; readonly port: number },
): Promise<Side> {
  const stopSweeping = startSweeping(store, log);
  const close = async () => {
    stopSweeping();
    await answerWithin(app);
    await store.close();
  };
  try {
    return { store, url: await app.listen(address), close };
  } catch (error) {
    stopSweeping();
    throw error;
  }
}

/** Stops a listener: requests in flight are answered, but for those that take too long. */
export async function answerWithin(app: FastifyInstance): Promise<void> {
  const force = setTimeout(() => app.server.closeAllConnections(), ANSWER_WITHIN_MS);
  await app.close();
  clearTimeout(force);
}

/** Starts what belongs to a running side; where that fails, the side is closed. */
export async function alongside<Of extends { close(): Promise<void> }>(
  side: Side,
  start: () => Promise<Of>,
): Promise<Of> {
  try {
    return await start();
  } catch (error) {
    await side.close();
    throw error;
  }
}

/** How long a seat outlives its timeout, in milliseconds. */
export function graceMs(config: Config): number {
  return Math.round(config["seats.grace-seconds"] * 1_000);
}
