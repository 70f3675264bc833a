import { Readable } from "node:stream";
import { setImmediate as turn } from "node:timers/promises";
import { stringify } from "csv-stringify";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { TObject } from "typebox";
import type { Json } from "../../domain/json.ts";
import {
  type FieldKind,
  type ListFields,
  type ListOperation,
  MOST_ON_PAGE,
  USUAL_ON_PAGE,
} from "../../management/operation.ts";
import { RequestRefusal } from "../http/request-refusal.ts";

/** Of what a list is made, and how it is seen. */
export interface ListSource<Item> {
  readonly items: readonly Item[];
  /** What the fields of the list are on an item; times are milliseconds. */
  readonly fields: Readonly<Record<string, (item: Item) => Value>>;
  toWire(item: Item): Readonly<Record<string, unknown>>;
}

type Value = string | number | boolean | null | undefined;
export type Query = Readonly<Record<string, string>>;
export type Test<Item> = (item: Item) => boolean;

/** How many things of an export are written in one turn of the event loop. */
const EXPORTED_PER_TURN = 200;

/**
 * One page of a list, or all of it as a file. Filters, order and cursor are those of the query. [MANAGE-3] [MANAGE-4]
 *
 * @throws RequestRefusal that names every parameter that cannot be so
 */
export function sendList<Item>(
  operation: ListOperation<TObject, TObject>,
  source: ListSource<Item>,
  request: FastifyRequest,
  reply: FastifyReply,
): unknown {
  const query = request.query as Query;
  const format = formatOf(query, request.headers.accept);
  const problems: string[] = [];
  const tests = readTests(query, operation.list, source, problems);
  const order = readOrder(query["order"], operation.list, problems);
  const limit = readLimit(query["limit"], problems);
  const after = readCursor(query["cursor"], problems);
  if (format === undefined) problems.push("format must be csv or json");
  if (problems.length > 0) throw new RequestRefusal("validation_error", problems.join("; "));
  const fitting = tests.length === 0 ? source.items : source.items.filter((item) => tests.every((test) => test(item)));
  const ordered = order === undefined ? fitting : sorted(fitting, source, order);
  if (format === "csv" || format === "json") {
    return sendFile(reply, operation.noun, format, ordered, source, Object.keys(operation.item.properties));
  }
  const start = after === undefined ? 0 : positionAfter(ordered, source, order, after);
  const page = ordered.slice(start, start + limit);
  const last = page.at(-1);
  const hasMore = start + limit < ordered.length;
  return {
    data: page.map((item) => source.toWire(item)),
    next_cursor: hasMore && last !== undefined ? writeCursor(source, order, last) : null,
    ...(query["count"] === "true" && { count: ordered.length }),
  };
}

export interface Order {
  readonly field: string;
  readonly isDescending: boolean;
}

/** A place in a list: the field's value there, and the thing's id. */
export interface Cursor {
  readonly value: Value;
  readonly id: Value;
}

export function formatOf(query: Query, accept: string | undefined): "csv" | "json" | "page" | undefined {
  const asked = query["format"];
  if (asked !== undefined) return asked === "csv" || asked === "json" ? asked : undefined;
  return accept?.includes("text/csv") === true ? "csv" : "page";
}

export function readTests<Item>(
  query: Query,
  kinds: ListFields,
  { fields }: ListSource<Item>,
  problems: string[],
): readonly Test<Item>[] {
  const tests: Test<Item>[] = [];
  for (const [parameter, given] of Object.entries(query)) {
    const dot = parameter.lastIndexOf(".");
    const isPlain = parameter in kinds;
    const name = isPlain ? parameter : parameter.slice(0, dot);
    const kind = kinds[name];
    const of = fields[name];
    if (kind === undefined || of === undefined) continue;
    const way = isPlain ? "is" : parameter.slice(dot + 1);
    const texts = way === "in" ? given.split(",") : [given];
    const values = way === "contains" ? texts : texts.map((text) => readValue(text, kind));
    if (values.includes(undefined)) {
      problems.push(`${parameter} must be ${kindNames[kind]}`);
      continue;
    }
    tests.push(testOf(way, of, values as readonly (Value & {})[]));
  }
  return tests;
}

const kindNames: Readonly<Record<FieldKind, string>> = {
  text: "a text",
  number: "a number",
  time: "a time like 2026-11-25T12:00:00Z",
  boolean: "true or false",
};

/** Undefined where the text is no such value. */
function readValue(text: string, kind: FieldKind): Value {
  if (text === "null") return null;
  if (kind === "text") return text;
  if (kind === "boolean") return text === "true" ? true : text === "false" ? false : undefined;
  const number = kind === "number" && text !== "" ? Number(text) : Date.parse(text);
  return Number.isNaN(number) ? undefined : number;
}

function testOf<Item>(way: string, of: (item: Item) => Value, values: readonly Value[]): Test<Item> {
  const [value] = values;
  switch (way) {
    case "in": {
      const set = new Set(values);
      return (item) => set.has(of(item) ?? null);
    }
    case "contains": {
      const part = String(value).toLowerCase();
      return (item) =>
        String(of(item) ?? "")
          .toLowerCase()
          .includes(part);
    }
    case "gte":
      return (item) => compare(of(item), value) >= 0 && isThere(of(item));
    case "lte":
      return (item) => compare(of(item), value) <= 0 && isThere(of(item));
    default:
      return (item) => (of(item) ?? null) === value;
  }
}

function isThere(value: Value): boolean {
  return value !== null && value !== undefined;
}

export function readOrder(given: string | undefined, kinds: ListFields, problems: string[]): Order | undefined {
  if (given === undefined) return undefined;
  const field = given.replace(/^-/, "");
  if (field in kinds) return { field, isDescending: given.startsWith("-") };
  problems.push(`order must be one of ${Object.keys(kinds).join(", ")}, possibly with - before it`);
  return undefined;
}

export function readLimit(given: string | undefined, problems: string[]): number {
  if (given === undefined) return USUAL_ON_PAGE;
  const limit = Number(given);
  if (Number.isInteger(limit) && limit >= 1 && limit <= MOST_ON_PAGE) return limit;
  problems.push(`limit must be a whole number from 1 to ${MOST_ON_PAGE}`);
  return USUAL_ON_PAGE;
}

export function readCursor(given: string | undefined, problems: string[]): Cursor | undefined {
  if (given === undefined) return undefined;
  try {
    const [value, id] = JSON.parse(Buffer.from(given, "base64url").toString());
    return { value, id };
  } catch {
    problems.push("cursor must be the next_cursor of an earlier page");
    return undefined;
  }
}

function writeCursor<Item>(source: ListSource<Item>, order: Order | undefined, item: Item): string {
  const value = order === undefined ? null : (fieldOf(source, order.field, item) ?? null);
  return Buffer.from(JSON.stringify([value, fieldOf(source, "id", item)])).toString("base64url");
}

/** Every list has ids, by which things stand that are equal otherwise. */
function fieldOf<Item>({ fields }: ListSource<Item>, field: string, item: Item): Value {
  return fields[field]?.(item);
}

function sorted<Item>(items: readonly Item[], source: ListSource<Item>, { field, isDescending }: Order): Item[] {
  const keyed = items.map((item) => ({ item, key: fieldOf(source, field, item), id: fieldOf(source, "id", item) }));
  const way = isDescending ? -1 : 1;
  keyed.sort((a, b) => way * compare(a.key, b.key) || compare(a.id, b.id));
  return keyed.map(({ item }) => item);
}

/** The first place behind a cursor, where what it named may be gone by now. */
function positionAfter<Item>(
  ordered: readonly Item[],
  source: ListSource<Item>,
  order: Order | undefined,
  { value, id }: Cursor,
): number {
  const way = order?.isDescending ? -1 : 1;
  const isBehind = (item: Item) => {
    const byValue = order === undefined ? 0 : way * compare(fieldOf(source, order.field, item), value);
    return byValue > 0 || (byValue === 0 && compare(fieldOf(source, "id", item), id) > 0);
  };
  if (order === undefined) {
    // Lists come in the order of their making, which need not be that of their ids.
    const at = ordered.findIndex((item) => fieldOf(source, "id", item) === id);
    if (at >= 0) return at + 1;
  }
  const at = ordered.findIndex(isBehind);
  return at < 0 ? ordered.length : at;
}

/** Nothing stands before everything else. */
function compare(a: Value, b: Value): number {
  if (a === b) return 0;
  if (!isThere(a)) return isThere(b) ? -1 : 0;
  if (!isThere(b)) return 1;
  return (a as string) < (b as string) ? -1 : (a as string) > (b as string) ? 1 : 0;
}

export function sendFile<Item>(
  reply: FastifyReply,
  name: string,
  format: "csv" | "json",
  items: Iterable<Item> | AsyncIterable<Item>,
  { toWire }: Pick<ListSource<Item>, "toWire">,
  columns: readonly string[],
): FastifyReply {
  reply.header("content-disposition", `attachment; filename="${name}.${format}"`);
  if (format === "json") {
    return reply.type("application/json").send(Readable.from(jsonTexts(items, toWire), { objectMode: false }));
  }
  const csv = stringify({ header: true, columns: [...columns], escape_formulas: true, bom: false });
  const rows = Readable.from(csvRows(items, toWire, columns));
  rows.on("error", (error) => csv.destroy(error));
  return reply.type("text/csv; charset=utf-8").send(rows.pipe(csv));
}

async function* csvRows<Item>(
  items: Iterable<Item> | AsyncIterable<Item>,
  toWire: ListSource<Item>["toWire"],
  columns: readonly string[],
) {
  let count = 0;
  for await (const item of items) {
    count += 1;
    if (count % EXPORTED_PER_TURN === 0) await turn();
    const wire = toWire(item);
    yield columns.map((column) => cell(wire[column] as Json));
  }
}

function cell(value: Json | undefined): string {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

async function* jsonTexts<Item>(items: Iterable<Item> | AsyncIterable<Item>, toWire: ListSource<Item>["toWire"]) {
  let text = "[";
  let count = 0;
  for await (const item of items) {
    text += `${count === 0 ? "\n" : ",\n"}${JSON.stringify(toWire(item))}`;
    count += 1;
    if (count % EXPORTED_PER_TURN === 0) {
      yield text;
      text = "";
      await turn();
    }
  }
  yield `${text}\n]\n`;
}
