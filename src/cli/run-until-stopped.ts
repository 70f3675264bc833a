import closeWithGrace from "close-with-grace";
import type { Logger } from "pino";

/** Longest time a stop may take, in milliseconds. */
const STOP_WITHIN_MS = 1_000;

/** Closes what runs on SIGTERM, SIGINT or an error nobody caught, then ends the process. [OPS-1] */
export function runUntilStopped(log: Logger, close: () => Promise<void>): void {
  closeWithGrace({ delay: STOP_WITHIN_MS, logger: false }, async ({ err, signal }) => {
    if (err !== undefined) log.fatal({ err }, "stopping after an error");
    else log.info({ signal }, "stopping");
    await close();
  });
}
