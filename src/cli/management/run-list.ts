import { Readable } from "node:stream";
import type { FieldKind, ListFields, Operation } from "../../management/operation.ts";
import { CommandFailure } from "../command-failure.ts";
import type { ManagementClient } from "./api-client.ts";
import type { CommandShape } from "./command-shape.ts";
import { printList } from "./print.ts";
import { printField } from "./print-field.ts";
import { didYouMean, readTime } from "./read-value.ts";

type Flags = Readonly<Record<string, unknown>>;

/** Prints a page of a list, all of it, or its CSV. */
export async function runList(
  client: ManagementClient,
  operation: Operation,
  path: string,
  flags: Flags,
  { query: fields }: CommandShape,
): Promise<void> {
  const { list = {}, reply } = operation;
  const plain = fields.flatMap(({ field, flag }) => {
    const given = flags[flag];
    return given === undefined ? [] : [[field, valueText(list[field], String(given))] as const];
  });
  const filters = ((flags["filter"] as readonly string[] | undefined) ?? []).map((each) => readFilter(list, each));
  const query = {
    ...Object.fromEntries([...plain, ...filters]),
    order: flags["order"] as string | undefined,
    limit: flags["limit"] as string | undefined,
    cursor: flags["cursor"] as string | undefined,
  };
  const isJson = flags["json"] === true;
  if (flags["csv"] === true) {
    const { body } = await client.open("GET", path, { query: { ...query, format: "csv" } });
    if (body !== null) for await (const chunk of Readable.fromWeb(body as never)) process.stdout.write(chunk);
    return;
  }
  const field = flags["field"] as string | undefined;
  if (flags["all"] === true) {
    const { limit: _, cursor: __, ...whole } = query;
    const items = client.list(path, whole);
    if (field !== undefined) {
      for await (const item of items) printField(item, field);
      return;
    }
    if (isJson) return await writeAll(items);
    printList(await Array.fromAsync(items), reply);
    return;
  }
  const { body } = await client.request("GET", path, { query: { ...query, ...(!isJson && { count: true }) } });
  if (field !== undefined) {
    for (const item of body.data) printField(item, field);
    return;
  }
  if (isJson) {
    process.stdout.write(`${JSON.stringify(body, null, 2)}\n`);
    return;
  }
  printList(body.data, reply);
  if (body.next_cursor !== null) {
    process.stderr.write(
      `${body.data.length} of ${body.count}; --all shows all, --cursor ${body.next_cursor} the next\n`,
    );
  }
}

/** As one page that has everything. */
async function writeAll(items: AsyncIterable<unknown>): Promise<void> {
  let separator = '{\n  "data": [';
  for await (const item of items) {
    process.stdout.write(`${separator}\n    ${JSON.stringify(item)}`);
    separator = ",";
  }
  process.stdout.write(`${separator === "," ? "\n  " : separator}],\n  "next_cursor": null\n}\n`);
}

const SIGNS: readonly (readonly [sign: string, way: string])[] = [
  [">=", ".gte"],
  ["<=", ".lte"],
  ["~", ".contains"],
  ["=", ""],
];

/** @returns the parameter and its value of `name=x`, `name.contains=x`, `seats>=5` @throws CommandFailure `usage` */
function readFilter(list: ListFields, text: string): readonly [name: string, value: string] {
  const [, typed = "", sign = "", value = ""] = /^([\w.-]+?)(>=|<=|~|=)(.*)$/s.exec(text) ?? [];
  const suffix = SIGNS.find(([each]) => each === sign)?.[1];
  if (suffix === undefined)
    throw new CommandFailure("usage", `--filter must be like name=x or name.contains=x, not "${text}"`);
  const parameter = `${typed.replaceAll("-", "_")}${suffix}`;
  const [field = "", way] = parameter.split(".");
  const kind = list[field];
  const known = Object.keys(list);
  if (kind === undefined) {
    throw new CommandFailure(
      "usage",
      `--filter ${text}: there is no field ${field} to filter by${didYouMean(known, field) || ` (there are ${known.join(", ")})`}`,
    );
  }
  const ways = [
    "in",
    ...(kind === "text" ? ["contains"] : []),
    ...(kind === "number" || kind === "time" ? ["gte", "lte"] : []),
  ];
  if (way !== undefined && !ways.includes(way)) {
    throw new CommandFailure(
      "usage",
      `--filter ${text}: ${field} is a ${kind}, which has ${ways.map((each) => `.${each}`).join(", ")}`,
    );
  }
  return [parameter, way === "in" ? value : valueText(kind, value)];
}

/** Times may be said from now on. */
function valueText(kind: FieldKind | undefined, text: string): string {
  if (kind !== "time" || text === "null") return text;
  try {
    return readTime(text);
  } catch (error) {
    throw new CommandFailure("usage", `"${text}": ${(error as Error).message}`);
  }
}
