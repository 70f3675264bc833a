import { CommandFailure } from "../command-failure.ts";

/**
 * Prints one field of a reply as it is, for scripts: a text bare, anything else as JSON.
 *
 * @param name as in the JSON, or with dashes @throws CommandFailure `usage` that tells which fields there are
 */
export function printField(reply: unknown, name: string): void {
  const fields = reply as Readonly<Record<string, unknown>>;
  const field = name.replaceAll("-", "_");
  if (!Object.hasOwn(fields, field)) {
    throw new CommandFailure("usage", `--field must be one of ${Object.keys(fields).join(", ")}, not "${name}"`);
  }
  const value = fields[field];
  process.stdout.write(`${typeof value === "string" ? value : JSON.stringify(value)}\n`);
}
