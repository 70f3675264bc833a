// The thread of the checkpointer. Plain JavaScript: reading TypeScript would cost it 20 MB.
import { DatabaseSync } from "node:sqlite";
import { parentPort, workerData } from "node:worker_threads";

/** A frame of the log holds a page of 4 KiB and 24 bytes about it. */
const FRAME_BYTES = 4_120;
/** Starting over a little early keeps the log from growing. */
const RESTART_ABOVE_FRAMES = (workerData.logSizeMiB * 1_048_576 * 0.9) / FRAME_BYTES;

const db = new DatabaseSync(workerData.file, { timeout: 1_000 });
db.exec("PRAGMA synchronous = FULL; PRAGMA cache_size = -1024");
const passive = db.prepare("PRAGMA wal_checkpoint(PASSIVE)");
const restart = db.prepare("PRAGMA wal_checkpoint(RESTART)");

parentPort?.on("message", () => {
  try {
    const { log } = passive.get();
    // A restart holds off writers, so it comes right after a passive run that left little to copy.
    if (log > RESTART_ABOVE_FRAMES) restart.get();
  } catch {
    // A busy or full database: the next commit asks again.
  }
  parentPort?.postMessage("done");
});
