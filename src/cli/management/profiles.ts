import { mkdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import type { Side } from "../../management/operation.ts";
import { writeFileAtomically } from "../../write-file-atomically.ts";
import { CommandFailure } from "../command-failure.ts";

/** What `seatkeeper login` remembers of one server. */
export interface Profile {
  /** Origin of the management API. */
  readonly url: string;
  readonly side: Side;
  /** Of the admin, or of the token. */
  readonly name: string;
  /** An API token; where there is none, the two of a session. */
  readonly token?: string | undefined;
  /** Id of a token that the login itself has made; the logout revokes it. */
  readonly token_id?: number | undefined;
  readonly cookie?: string | undefined;
  readonly csrf_token?: string | undefined;
}

export interface Profiles {
  /** Name of the profile that counts where none is named. */
  readonly current?: string | undefined;
  readonly profiles: Readonly<Record<string, Profile>>;
}

/** Where profiles are kept. */
export function profilesFile(): string {
  const configured = process.env["XDG_CONFIG_HOME"];
  const base = configured === undefined || configured === "" ? join(homedir(), ".config") : configured;
  return join(base, "seatkeeper", "config.json");
}

/** @throws CommandFailure where the file is there and cannot be understood */
export function readProfiles(): Profiles {
  const file = profilesFile();
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    // On a machine without a home there is no file either.
    if (code === "ENOENT" || code === "ENOTDIR") return { profiles: {} };
    throw new CommandFailure("failed", `${file} cannot be read: ${message}`);
  }
  try {
    const { current, profiles } = JSON.parse(text) as Profiles;
    if (typeof profiles === "object" && profiles !== null) return { current, profiles };
  } catch {
    // It is told below what to do.
  }
  throw new CommandFailure("failed", `${file} is not what seatkeeper login writes: remove it, and log in again`);
}

/** For its owner only: who reads the file is logged in. */
export function writeProfiles(profiles: Profiles): void {
  const file = profilesFile();
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileAtomically(
      file,
      `${JSON.stringify(profiles, null, 2)}
`,
    );
  } catch (error) {
    throw new CommandFailure("failed", `${file} cannot be written: ${(error as Error).message}`);
  }
}
