import type { Logger } from "pino";
import type { Clock } from "../store/decision-time.ts";
import type { Store } from "../store/store.ts";
import { tidyAccess } from "../use-cases/admins/tidy-access.ts";

const EVERY_MS = 3_600_000;

/** Tidies what admins and programs leave behind, now and each hour. @returns what stops it */
export function startTidyingAccess(store: Store, clock: Clock, log: Logger): () => void {
  const tidy = () => {
    tidyAccess(store, clock.wall()).catch((error: unknown) =>
      log.warn({ err: error }, "ended sessions were not removed"),
    );
  };
  tidy();
  const timer = setInterval(tidy, EVERY_MS).unref();
  return () => clearInterval(timer);
}
