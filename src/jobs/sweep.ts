import type { Logger } from "pino";
import type { Store } from "../store/store.ts";

const EVERY_MS = 60_000;

/** Tidies run-out seats away once a minute. Decisions never depend on it. @returns a function that ends it */
export function startSweeping(store: Store, log: Logger): () => void {
  const timer = setInterval(() => {
    store.sweep().catch((error: unknown) => log.warn({ err: error }, "sweep failed"));
  }, EVERY_MS).unref();
  return () => clearInterval(timer);
}
