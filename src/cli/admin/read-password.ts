import { CommandFailure } from "../command-failure.ts";
import { askHidden } from "../management/prompt.ts";
import { readBytes } from "../management/read-input.ts";

/**
 * A password that is not on the command line, where other users of the machine would see it.
 *
 * @param fromStdin whether it is the first line of standard input; else it is asked for, twice, without an echo
 * @throws CommandFailure `usage` where nobody can be asked
 */
export async function readPassword(fromStdin: boolean): Promise<string> {
  if (fromStdin) return (await readBytes("-")).toString("utf8").split(/\r?\n/, 1)[0] ?? "";
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new CommandFailure("usage", "there is no terminal to ask for the password: give it by --password-stdin");
  }
  const password = await askHidden("Password (10 characters at least): ");
  if ((await askHidden("Once more: ")) === password) return password;
  throw new CommandFailure("usage", "the two passwords are not the same");
}
