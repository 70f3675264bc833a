import { addressOf } from "./call.ts";
import type { Given, OperationEntry, OperationName } from "./operation.ts";
import { operationTable } from "./operation-table.ts";

/** Commands whose operation the command line does not make a command of by itself. */
const ownCommands: { readonly [Name in OperationName]?: string } = {
  "license import": "seatkeeper license import license.lic",
  "setup run": "seatkeeper admin create",
  "session start": "seatkeeper login",
  "session end": "seatkeeper logout",
};

/** What does the same in a terminal. */
export function asCli<Name extends OperationName>(name: Name, given: Given<Name> = {}): string {
  const own = ownCommands[name];
  if (own !== undefined) return own;
  const { params = [], flags = {}, file, filters, passwords = [] }: OperationEntry = operationTable[name];
  const values = (given.params ?? {}) as Readonly<Record<string, unknown>>;
  const words = ["seatkeeper", name, ...params.map((param) => quote(String(values[param] ?? `<${param}>`)))];
  if (file !== undefined) words.push("file.txt");
  for (const [field, value] of Object.entries({ ...given.query, ...given.body })) {
    if (value === undefined || field === file || ["cursor", "count", "format"].includes(field)) continue;
    const flag = flags[field] ?? field.replaceAll("_", "-");
    if (passwords.includes(field)) words.push(`--${flag}-file`, "-");
    else if (filters !== undefined && !["limit", "order"].includes(field))
      words.push("--filter", quote(`${field}=${value}`));
    else words.push(...flagWords(field, flag, value));
  }
  return words.join(" ");
}

function flagWords(field: string, flag: string, value: unknown): string[] {
  if (typeof value === "boolean") return [value ? `--${flag}` : `--no-${flag}`];
  if (Array.isArray(value)) {
    if (value.every((each) => typeof each !== "object")) return [`--${flag}`, quote(value.join(","))];
    return value.flatMap((each) => [`--${flag}`, quote(JSON.stringify(each))]);
  }
  if (value !== null && typeof value === "object") return [`--${flag}`, quote(JSON.stringify(value))];
  return [`--${flag}`, quote(field.endsWith("_seconds") ? duration(Number(value)) : String(value))];
}

/** @param seconds as the command line takes them: 900 is `15m` */
function duration(seconds: number): string {
  for (const [unit, size] of [
    ["d", 86_400],
    ["h", 3_600],
    ["m", 60],
  ] as const) {
    if (seconds >= size && seconds % size === 0) return `${seconds / size}${unit}`;
  }
  return String(seconds);
}

/** What does the same with curl; the token is one from Team and tokens. */
export function asCurl<Name extends OperationName>(name: Name, given: Given<Name> = {}): string {
  const { method, file, passwords = [] }: OperationEntry = operationTable[name];
  const words = ["curl", "-sS"];
  if (method !== "GET") words.push("-X", method);
  words.push(quote(`${location.origin}${addressOf(name, given)}`));
  words.push("-H", '"authorization: Bearer $SEATKEEPER_TOKEN"');
  if (given.body !== undefined) {
    const shown = Object.entries(given.body).map(([field, value]) => [
      field,
      field === file ? "<text of the file>" : passwords.includes(field) ? "<password>" : value,
    ]);
    words.push("-H", "'content-type: application/json'", "-d", quote(JSON.stringify(Object.fromEntries(shown))));
  }
  return words.join(" ");
}

/** A word as a POSIX shell reads it. */
function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
