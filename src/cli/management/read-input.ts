import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { CommandFailure } from "../command-failure.ts";
import { askHidden } from "./prompt.ts";

/** @param file a path, or `-` for standard input @throws CommandFailure `failed` */
export async function readBytes(file: string): Promise<Buffer> {
  if (file === "-") return buffer(process.stdin);
  try {
    return await readFile(file);
  } catch (error) {
    throw new CommandFailure("failed", `${file} cannot be read: ${(error as Error).message}`);
  }
}

/**
 * A password is no flag, because other users of the machine see those.
 *
 * @param file a path, or `-` for standard input; left out, it is asked for at a terminal
 * @returns undefined where none is given and none is needed
 * @throws CommandFailure `usage` where there is nobody to ask
 */
export async function readPassword(
  file: string | undefined,
  flag = "--password-file",
  isRequired = true,
): Promise<string | undefined> {
  if (file !== undefined) return (await readBytes(file)).toString("utf8").replace(/\r?\n$/, "");
  if (!isRequired) return undefined;
  if (process.stdin.isTTY) return askHidden("Password: ");
  throw new CommandFailure("usage", `${flag} is needed where nobody can be asked; - reads standard input`);
}
