import { Readable } from "node:stream";
import { setImmediate as turn } from "node:timers/promises";
import { stringify } from "csv-stringify";
import type { FastifyReply } from "fastify";
import type { Json } from "../../domain/json.ts";
import type { ListView } from "./list.ts";

/** How many things of an export are written in one turn of the event loop. */
const EXPORTED_PER_TURN = 200;

/** Sends all of a list as a file, piece by piece. [MANAGE-4] */
export function sendFile<Item>(
  reply: FastifyReply,
  name: string,
  format: "csv" | "json",
  items: Iterable<Item> | AsyncIterable<Item>,
  { toWire }: Pick<ListView<Item>, "toWire">,
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
  toWire: ListView<Item>["toWire"],
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

async function* jsonTexts<Item>(items: Iterable<Item> | AsyncIterable<Item>, toWire: ListView<Item>["toWire"]) {
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
