import type { FastifyRequest } from "fastify";
import { type FieldKind, type ListFields, MOST_ON_PAGE, USUAL_ON_PAGE } from "../../management/operation.ts";
import { RequestRefusal } from "../http/request-refusal.ts";
import { compare, isThere, type ListValue } from "./list-values.ts";

export type Query = Readonly<Record<string, string>>;
/** What the fields of a list are on an item. */
export type ItemFields<Item> = Readonly<Record<string, (item: Item) => ListValue>>;
type Test<Item> = (item: Item) => boolean;

export interface Order {
  readonly field: string;
  readonly isDescending: boolean;
}

/** A place in a list: the field's value there, and the thing's id. */
export interface Cursor {
  readonly value: ListValue;
  readonly id: ListValue;
}

/** What a request asks of a list. */
export interface ListQuery<Item> {
  readonly query: Query;
  /** What has to fit, all of it. */
  readonly tests: readonly Test<Item>[];
  readonly order: Order | undefined;
  readonly limit: number;
  readonly after: Cursor | undefined;
  readonly format: "csv" | "json" | "page";
}

interface ListKinds {
  readonly filters: ListFields;
  /** By what it can be ordered; left out: by what it can be filtered. */
  readonly orders?: ListFields;
  /** Whether a cursor may have such an id; left out: any. */
  isId?(id: ListValue): boolean;
}

/** @throws RequestRefusal that names every parameter that cannot be so [MANAGE-2] [MANAGE-3] */
export function readListQuery<Item>(
  request: FastifyRequest,
  { filters, orders = filters, isId = () => true }: ListKinds,
  fields: ItemFields<Item>,
): ListQuery<Item> {
  const query = request.query as Query;
  const format = formatOf(query, request.headers.accept);
  const problems: string[] = [];
  const tests = readTests(query, filters, fields, problems);
  const order = readOrder(query["order"], orders, problems);
  const limit = readLimit(query["limit"], problems);
  const after = readCursor(query["cursor"]);
  if (query["cursor"] !== undefined && (after === undefined || !isId(after.id))) {
    problems.push("cursor must be the next_cursor of an earlier page");
  }
  if (format === undefined) problems.push("format must be csv or json");
  if (format === undefined || problems.length > 0) throw new RequestRefusal("validation_error", problems.join("; "));
  return { query, tests, order, limit, after, format };
}

/** The text that `readListQuery` reads again. */
export function writeCursor({ value, id }: Cursor): string {
  return Buffer.from(JSON.stringify([value ?? null, id])).toString("base64url");
}

/** Undefined where the text is no cursor. */
function readCursor(given: string | undefined): Cursor | undefined {
  if (given === undefined) return undefined;
  try {
    const [value, id] = JSON.parse(Buffer.from(given, "base64url").toString());
    return { value, id };
  } catch {
    return undefined;
  }
}

function formatOf(query: Query, accept: string | undefined): ListQuery<never>["format"] | undefined {
  const asked = query["format"];
  if (asked !== undefined) return asked === "csv" || asked === "json" ? asked : undefined;
  return accept?.includes("text/csv") === true ? "csv" : "page";
}

function readTests<Item>(
  query: Query,
  kinds: ListFields,
  fields: ItemFields<Item>,
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
    tests.push(testOf(way, of, values as readonly (ListValue & {})[]));
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
function readValue(text: string, kind: FieldKind): ListValue {
  if (text === "null") return null;
  if (kind === "text") return text;
  if (kind === "boolean") return text === "true" ? true : text === "false" ? false : undefined;
  const number = kind === "number" && text !== "" ? Number(text) : Date.parse(text);
  return Number.isNaN(number) ? undefined : number;
}

function testOf<Item>(way: string, of: (item: Item) => ListValue, values: readonly ListValue[]): Test<Item> {
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

function readOrder(given: string | undefined, kinds: ListFields, problems: string[]): Order | undefined {
  if (given === undefined) return undefined;
  const field = given.replace(/^-/, "");
  if (field in kinds) return { field, isDescending: given.startsWith("-") };
  problems.push(`order must be one of ${Object.keys(kinds).join(", ")}, possibly with - before it`);
  return undefined;
}

function readLimit(given: string | undefined, problems: string[]): number {
  if (given === undefined) return USUAL_ON_PAGE;
  const limit = Number(given);
  if (Number.isInteger(limit) && limit >= 1 && limit <= MOST_ON_PAGE) return limit;
  problems.push(`limit must be a whole number from 1 to ${MOST_ON_PAGE}`);
  return USUAL_ON_PAGE;
}
