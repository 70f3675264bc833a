import type { Logger } from "pino";
import type { Store } from "../store/store.ts";
import { rollUpUsage } from "../use-cases/usage/roll-up-usage.ts";

const EVERY_MS = 60_000;

/**
 * Rolls usage up, now and each minute. What is asked in between counts the events since.
 *
 * @param needsLicenseSeats a holder of feature seats has a license seat too, as on a floating server [SEAT-6]
 * @returns what stops it: the next start goes on
 */
export function startRollingUpUsage(store: Store, needsLicenseSeats: boolean, log: Logger): () => void {
  const stop = new AbortController();
  const rollUp = () => {
    rollUpUsage(store, { needsLicenseSeats, signal: stop.signal }).catch((err: unknown) => {
      if (!stop.signal.aborted) log.warn({ err }, "usage was not rolled up");
    });
  };
  rollUp();
  const timer = setInterval(rollUp, EVERY_MS).unref();
  return () => {
    clearInterval(timer);
    stop.abort();
  };
}
