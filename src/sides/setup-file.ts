import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Config } from "../config/options.ts";
import type { Side } from "../management/operation.ts";
import { writeFileAtomically } from "../write-file-atomically.ts";

/** By what a command on this machine makes the first admin of a running server. */
export interface SetupFile {
  /** Origin of the management API, without a final slash. */
  readonly url: string;
  readonly token: string;
  readonly side: Side;
}

/** `<data-dir>/<side>.setup.json`: there while a server runs that has no admin yet. [ADMIN-2] */
export function setupFileOf(config: Pick<Config, "data-dir">, side: Side): string {
  return join(resolve(config["data-dir"]), `${side}.setup.json`);
}

/** For its owner only: who reads it may become the first admin. */
export function writeSetupFile(file: string, content: SetupFile): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileAtomically(
    file,
    `${JSON.stringify(content)}
`,
  );
}

/** @returns undefined where there is none, or one that no server has written */
export function readSetupFile(file: string): SetupFile | undefined {
  let content: Partial<SetupFile>;
  try {
    content = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    // Who may not read it is to learn that.
    if ((error as NodeJS.ErrnoException).code === "EACCES") throw error;
    return undefined;
  }
  const { url, token, side } = content;
  return typeof url === "string" && typeof token === "string" && side !== undefined ? { url, token, side } : undefined;
}

export function removeSetupFile(file: string): void {
  rmSync(file, { force: true });
}
