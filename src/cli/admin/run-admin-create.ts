import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Config } from "../../config/options.ts";
import type { Role } from "../../domain/admin.ts";
import { Fault } from "../../fault.ts";
import { SIDES, type Side } from "../../management/operation.ts";
import { readSetupFile, setupFileOf } from "../../sides/setup-file.ts";
import { CommandFailure } from "../command-failure.ts";
import { configFromFlags } from "../config-flags.ts";
import { ManagementClient } from "../management/api-client.ts";
import { type Connection, type ConnectionFlags, findConnection } from "../management/connection.ts";
import { makeByApi, makeBySetup } from "./make-by-api.ts";
import type { Made, Wish } from "./new-admin.ts";
import { readPassword } from "./read-password.ts";

export interface CreateFlags extends ConnectionFlags {
  readonly name: string;
  readonly role: Role;
  readonly "password-stdin": boolean;
  readonly "with-token"?: string;
  readonly "data-dir"?: string;
  readonly config?: string;
  readonly json: boolean;
}

/** Makes the admin, wherever that has to be done, and prints it. @throws CommandFailure */
export async function runAdminCreate(flags: CreateFlags): Promise<void> {
  const { name, role, "with-token": newToken } = flags;
  const password = await readPassword(flags["password-stdin"]);
  const made = await make(flags, { name, password, role, newToken });
  if (flags.json) process.stdout.write(`${JSON.stringify(made)}\n`);
  else tell(made);
}

/** Only what a script needs is on standard output. */
function tell({ admin, token }: Made): void {
  const sentence = `Made ${admin["name"]}, ${admin["role"]}.\n`;
  if (token === null) process.stdout.write(sentence);
  else {
    process.stderr.write(`${sentence}The API token is shown this once:\n`);
    process.stdout.write(`${token.token}\n`);
  }
}

/** Where the data folder is meant, it is that of a server which may run or not. */
async function make(flags: CreateFlags, wish: Wish): Promise<Made> {
  const connection = knownConnection(flags);
  const isFolderMeant = flags["data-dir"] !== undefined || flags.config !== undefined;
  const isServerMeant = [flags.url, flags.token, flags.profile].some((flag) => flag !== undefined);
  if (isServerMeant && isFolderMeant) {
    throw new CommandFailure("usage", "--data-dir and --config are of this machine; --url, --token, --profile are not");
  }
  if (isServerMeant || (connection !== undefined && !isFolderMeant)) {
    return makeByApi(new ManagementClient(connection ?? findConnection(flags)), wish);
  }
  const { "data-dir": folder, config: file } = flags;
  const config = configFromFlags({
    ...(folder !== undefined && { "data-dir": folder }),
    ...(file !== undefined && { config: file }),
  });
  const side = flags.side ?? sideIn(config);
  const setup = readSetupFile(setupFileOf(config, side));
  const made = setup && (await makeBySetup(setup, wish));
  if (made !== undefined) return made;
  // Loaded here, because a database is more than a request needs.
  const { makeOffline } = await import("./make-offline.ts");
  try {
    return await makeOffline(config, side, wish);
  } catch (error) {
    if (!(error instanceof Fault && error.code === "data_folder_in_use")) throw error;
    const sentence = `a server runs on ${resolve(config["data-dir"])} and has an admin already`;
    throw new CommandFailure("denied", `${sentence}: name it by --url and an admin's --token, or stop it first`);
  }
}

/** The connection with something to show; undefined without. */
function knownConnection(flags: CreateFlags): Connection | undefined {
  try {
    const connection = findConnection(flags);
    return Object.keys(connection.headers).length > 0 ? connection : undefined;
  } catch (error) {
    // `--side` alone names a folder's side as well.
    if (error instanceof CommandFailure && flags.profile === undefined && flags.url === undefined) return undefined;
    throw error;
  }
}

/** The one side that the folder is of. */
function sideIn(config: Config): Side {
  const folder = resolve(config["data-dir"]);
  const sides = SIDES.filter((side) => existsSync(setupFileOf(config, side)) || existsSync(join(folder, `${side}.db`)));
  const [side] = sides;
  if (side !== undefined && sides.length === 1) return side;
  const why = sides.length === 0 ? `there is no server's data in ${folder} yet` : `${folder} is of both sides`;
  throw new CommandFailure("usage", `${why}: say --side vendor or --side floating`);
}
