import { styleText } from "node:util";
import { fieldsOf, type Schema } from "./schema.ts";
import { fit, padded, widthOf } from "./text-width.ts";
import { visible } from "./visible.ts";

type Item = Readonly<Record<string, unknown>>;

/** What is more useful than the rest, in this order. */
const FIRST = ["id", "code", "name", "username", "email", "key", "product", "type", "role", "state", "status"];
const LAST = "metadata custom_fields created_at updated_at request_id before after data hash".split(" ");
/** In columns; where nobody looks, texts are rather kept whole. */
const WIDEST_CELL = process.stdout.isTTY ? 40 : 400;
/** For so many things at most, the lists in them are shown too. */
const MOST_WITH_LISTS = 3;

/** A list as a table, as wide as the terminal at most. @param reply the schema of its page */
export function printList(items: readonly Item[], reply: object): void {
  if (items.length === 0) {
    process.stderr.write("There are none.\n");
    return;
  }
  const known = fieldsOf((reply as Schema).properties?.["data"]?.items ?? {}).map(([name]) => name);
  process.stdout.write(table(items, known, process.stdout.isTTY ? process.stdout.columns : Number.POSITIVE_INFINITY));
}

/** An object with a line for each field; lists of objects in it become tables. @param schema what it is */
export function printReply(reply: unknown, schema: object): void {
  if (typeof reply !== "object" || reply === null) {
    process.stdout.write(`${visible(String(reply))}\n`);
    return;
  }
  const known = fieldsOf(schema).map(([name]) => name);
  const placeOf = (name: string) => (known.includes(name) ? known.indexOf(name) : known.length);
  const entries = Object.entries(reply).sort(([a], [b]) => placeOf(a) - placeOf(b));
  const tables = entries.filter(([, value]) => isTable(value)) as [string, readonly Item[]][];
  const lines = entries.filter(([, value]) => !isTable(value));
  const width = Math.max(0, ...lines.map(([name]) => widthOf(labelOf(name))));
  const schemas = new Map(fieldsOf(schema).map(([name, each]) => [name, each]));
  for (const [name, value] of lines) {
    const isSecret = typeof value === "string" && isShownOnce(schemas.get(name));
    const shown = valueText(name, value);
    const note = isSecret ? `  ${dim("(shown this once: keep it now)")}` : "";
    process.stdout.write(`${dim(padded(`${labelOf(name)}:`, width + 1))} ${isSecret ? bright(shown) : shown}${note}\n`);
  }
  for (const [name, items] of tables) {
    const fields = fieldsOf(schemas.get(name)?.items ?? {}).map(([each]) => each);
    const columns = process.stdout.isTTY ? process.stdout.columns : Number.POSITIVE_INFINITY;
    process.stdout.write(`\n${bold(labelOf(name))}\n${table(items, fields, columns)}`);
    for (const [at, item] of (items.length > MOST_WITH_LISTS ? [] : items).entries()) {
      for (const [inner, value] of Object.entries(item)) {
        if (!isTable(value) || value.some((each) => nameOf(each) !== undefined)) continue;
        const title = `${labelOf(name)} ${at + 1}: ${labelOf(inner)}`;
        process.stdout.write(`\n${bold(title)}\n${table(value, [], columns)}`);
      }
    }
  }
}

function table(items: readonly Item[], known: readonly string[], room: number): string {
  const names = known.length > 0 ? known : [...new Set(items.flatMap((item) => Object.keys(item)))];
  const rows = items.map((item) => new Map(names.map((name) => [name, valueText(name, item[name])])));
  const columns = names
    .filter((name) => items.some((item) => isWorthwhile(item[name])))
    .map((name) => {
      const cells = rows.map((row) => widthOf(row.get(name) ?? ""));
      return { name, width: Math.max(widthOf(labelOf(name)), Math.min(WIDEST_CELL, Math.max(...cells))) };
    });
  const shown = new Set<string>();
  let used = -2;
  for (const { name, width } of columns.toSorted((a, b) => rankOf(a.name) - rankOf(b.name))) {
    if (used + width + 2 > room && shown.size > 0) continue;
    shown.add(name);
    used += width + 2;
  }
  const visibleColumns = columns.filter(({ name }) => shown.has(name));
  const line = (cells: readonly string[]) => `${cells.join("  ").trimEnd()}\n`;
  const head = line(visibleColumns.map(({ name, width }) => padded(labelOf(name).toUpperCase(), width)));
  const lines = rows.map((row) =>
    line(visibleColumns.map(({ name, width }) => padded(fit(row.get(name) ?? "", width), width))),
  );
  return `${bold(head.trimEnd())}\n${lines.join("")}`;
}

function rankOf(name: string): number {
  const first = FIRST.indexOf(name);
  if (first >= 0) return first;
  return LAST.includes(name) ? 1_000 : 100;
}

/** Whether a column has anything to say. */
function isWorthwhile(value: unknown): boolean {
  if (value === null || value === undefined || value === "") return false;
  return typeof value !== "object" || Object.keys(value).length > 0;
}

function isTable(value: unknown): value is readonly Item[] {
  return Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === "object" && each !== null);
}

function labelOf(name: string): string {
  return visible(name.replace(/_seconds$/, "").replaceAll("_", " "));
}

function valueText(name: string, value: unknown): string {
  if (value === null || value === undefined) return "-";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number" && name.endsWith("_seconds")) return durationText(value);
  if (typeof value === "string")
    return visible(/^\d{4}-\d\d-\d\dT[\d:]+\.000Z$/.test(value) ? value.replace(".000Z", "Z") : value);
  if (isTable(value) && value.some((each) => nameOf(each) === undefined)) return String(value.length);
  if (Array.isArray(value)) return visible(value.map(itemText).join(", ")) || "-";
  return typeof value === "object" && Object.keys(value).length === 0 ? "-" : visible(itemText(value));
}

function itemText(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  return nameOf(value as Item) ?? JSON.stringify(value);
}

/** What a thing is called by; of an actor, who it is. */
function nameOf(item: Item): string | undefined {
  const names = [
    item["code"],
    item["username"],
    item["name"],
    item["admin"],
    item["token"],
    item["account"],
    item["api"],
  ];
  return names.find((each): each is string => typeof each === "string");
}

/** `15m`, `1h 30m`: as it may be typed. */
export function durationText(seconds: number): string {
  let rest = seconds;
  const parts: string[] = [];
  for (const [unit, size] of [
    ["d", 86_400],
    ["h", 3_600],
    ["m", 60],
  ] as const) {
    const count = Math.floor(rest / size);
    if (count > 0) parts.push(`${count}${unit}`);
    rest -= count * size;
  }
  if (rest > 0 || parts.length === 0) parts.push(`${Math.round(rest * 1_000) / 1_000}s`);
  return parts.join("");
}

function isShownOnce(schema: Schema | undefined): boolean {
  const about = [schema, ...(schema?.anyOf ?? [])].map((each) => each?.description ?? "").join(" ");
  return /\bonce\b/.test(about);
}

// They look themselves whether the stream is a terminal that wants colors.
const dim = (text: string) => styleText("dim", text, { stream: process.stdout });
const bold = (text: string) => styleText("bold", text, { stream: process.stdout });
const bright = (text: string) => styleText(["bold", "yellow"], text, { stream: process.stdout });
