import { chmodSync, renameSync, writeFileSync } from "node:fs";

/** Writes a file that only its owner can read; a reader sees the old content or the new, never a part. */
export function writeFileAtomically(file: string, content: string): void {
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, content, { mode: 0o600 });
  // One that a killed process has left keeps the mode that it had.
  chmodSync(temporary, 0o600);
  renameSync(temporary, file);
}
