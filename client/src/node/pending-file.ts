import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import type { PendingStore } from "../consumption.ts";

/** Keeps consumption that could not be sent in a file, readable by its owner only. One program at a time has it. */
export function pendingFile(path: string): PendingStore {
  return {
    load: () => (existsSync(path) ? readFileSync(path, "utf8") : undefined),
    save(text) {
      // Renamed, so that a crash leaves the one or the other.
      writeFileSync(`${path}.tmp`, text, { mode: 0o600 });
      renameSync(`${path}.tmp`, path);
    },
  };
}
