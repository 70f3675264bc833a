import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";

/** Writes a file that only its owner can read; a reader sees the old content or the new, never a part. */
export function writeFileAtomically(file: string, content: string): void {
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, content, { mode: 0o600 });
  renameSync(temporary, file);
}

/** A secret that is made once and kept in a file. */
export function readSecret(file: string): string {
  if (!existsSync(file)) writeFileAtomically(file, `${randomBytes(12).toString("base64url")}\n`);
  return readFileSync(file, "utf8").trim();
}
