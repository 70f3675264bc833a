import type { FastifyReply, FastifyRequest } from "fastify";
import type { TObject } from "typebox";
import type { ListOperation } from "../../management/operation.ts";
import { sendFile } from "./list-file.ts";
import { type Cursor, type ItemFields, type Order, readListQuery, writeCursor } from "./list-query.ts";
import { compare, type ListValue } from "./list-values.ts";

/** How the things of a list are seen. */
export interface ListView<Item> {
  readonly fields: ItemFields<Item>;
  toWire(item: Item): Readonly<Record<string, unknown>>;
}

/** Of what a list is made, and how it is seen. */
export interface ListSource<Item> extends ListView<Item> {
  readonly items: readonly Item[];
}

/**
 * One page of a list, or all of it as a file. Filters, order and cursor are those of the query. [MANAGE-3] [MANAGE-4]
 *
 * @throws RequestRefusal that names every parameter that cannot be so
 */
export function sendList<Item>(
  { noun, list, item }: ListOperation<TObject, TObject>,
  source: ListSource<Item>,
  request: FastifyRequest,
  reply: FastifyReply,
): unknown {
  const { query, tests, order, limit, after, format } = readListQuery(request, { filters: list }, source.fields);
  const fitting = tests.length === 0 ? source.items : source.items.filter((each) => tests.every((test) => test(each)));
  const ordered = order === undefined ? fitting : sorted(fitting, source, order);
  if (format !== "page") return sendFile(reply, noun, format, ordered, source, Object.keys(item.properties));
  const start = after === undefined ? 0 : positionAfter(ordered, source, order, after);
  const page = ordered.slice(start, start + limit);
  const last = page.at(-1);
  const hasMore = start + limit < ordered.length;
  return {
    data: page.map((each) => source.toWire(each)),
    next_cursor: hasMore && last !== undefined ? writeCursor(cursorOf(source, order, last)) : null,
    ...(query["count"] === "true" && { count: ordered.length }),
  };
}

function cursorOf<Item>(source: ListView<Item>, order: Order | undefined, item: Item): Cursor {
  const value = order === undefined ? null : fieldOf(source, order.field, item);
  return { value, id: fieldOf(source, "id", item) };
}

/** Every list has ids, by which things stand that are equal otherwise. */
function fieldOf<Item>({ fields }: ListView<Item>, field: string, item: Item): ListValue {
  return fields[field]?.(item);
}

function sorted<Item>(items: readonly Item[], source: ListView<Item>, { field, isDescending }: Order): Item[] {
  const keyed = items.map((item) => ({ item, key: fieldOf(source, field, item), id: fieldOf(source, "id", item) }));
  const way = isDescending ? -1 : 1;
  keyed.sort((a, b) => way * compare(a.key, b.key) || compare(a.id, b.id));
  return keyed.map(({ item }) => item);
}

/** The first place behind a cursor, where what it named may be gone by now. */
function positionAfter<Item>(
  ordered: readonly Item[],
  source: ListView<Item>,
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
