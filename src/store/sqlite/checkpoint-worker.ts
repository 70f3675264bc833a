import { DatabaseSync } from "node:sqlite";
import { parentPort, workerData } from "node:worker_threads";

/** Frames in the log (4 KiB pages) above which it is started over: 64 MiB. */
const RESTART_ABOVE_FRAMES = 16_384;

const db = new DatabaseSync(workerData as string, { timeout: 1_000 });
db.exec("PRAGMA synchronous = FULL");
const passive = db.prepare("PRAGMA wal_checkpoint(PASSIVE)");
const restart = db.prepare("PRAGMA wal_checkpoint(RESTART)");

parentPort?.on("message", () => {
  try {
    const { log } = passive.get() as { log: number };
    // A restart holds off writers, so it comes right after a passive run that left little to copy.
    if (log > RESTART_ABOVE_FRAMES) restart.get();
  } catch {
    // A busy or full database: the next commit asks again.
  }
  parentPort?.postMessage("done");
});
