import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Something that runs clean-ups when it is over: a test, or a file's `{ after }`. */
interface Finishing {
  after(cleanUp: () => void | Promise<void>): void;
}

/**
 * An empty folder that is removed when the test is over. Clean-ups asked for later must not need it, though they may still
 * be closing files in it: removing is tried again.
 */
export function useTempFolder(test: Finishing): string {
  const folder = mkdtempSync(join(tmpdir(), "seatkeeper-test-"));
  test.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 }));
  return folder;
}
