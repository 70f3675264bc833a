import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { writeFileAtomically } from "../write-file-atomically.ts";

/** A secret that is made once and kept in a file. */
export function readSecret(file: string): string {
  if (!existsSync(file)) writeFileAtomically(file, `${randomBytes(12).toString("base64url")}\n`);
  return readFileSync(file, "utf8").trim();
}
