import type { JsonObject } from "../../../domain/json.ts";
import { LICENSE_POOL } from "../../../domain/seat.ts";
import * as operations from "../../../management/operations/audit.ts";
import type { EventFilter, EventRecord } from "../../../store/store.ts";
import { eventPages } from "../../../use-cases/event-pages.ts";
import { type Bound, bind } from "../bind.ts";
import type { ManagementContext } from "../context.ts";
import { FeatureCodes } from "../feature-codes.ts";
import type { ListView } from "../list.ts";
import { sendFile } from "../list-file.ts";
import { type Query, readListQuery, writeCursor } from "../list-query.ts";
import { isoTime, toWire } from "../names.ts";

/** An event with its data read. */
interface Told {
  readonly event: EventRecord;
  readonly actor: JsonObject | null;
  readonly data: JsonObject;
}

function tell(event: EventRecord): Told {
  const { actor = null, ...data } = (event.data === null ? {} : JSON.parse(event.data)) as JsonObject;
  return { event, actor: actor as JsonObject | null, data };
}

/** How events are seen as a list. */
function sourceOf(codes: FeatureCodes): ListView<Told> {
  const codeOf = ({ event }: Told) => codes.codeOf(event.licenseId, event.featureId);
  const requestId = ({ actor }: Told) => (actor?.["requestId"] as string | undefined) ?? null;
  return {
    fields: {
      id: ({ event }) => event.id,
      at: ({ event }) => event.at,
      kind: ({ event }) => event.kind,
      license: ({ event }) => event.licenseId || null,
      feature: codeOf,
      holder: ({ event }) => event.holder,
      actor: ({ actor }) => (actor?.["admin"] ?? actor?.["token"]) as string | undefined,
      request_id: requestId,
    },
    toWire: (told) => {
      const { event, actor } = told;
      const { before = null, after = null, ...data } = told.data;
      return {
        id: event.id,
        at: isoTime(event.at),
        kind: event.kind,
        license: event.licenseId || null,
        feature_id: event.featureId === LICENSE_POOL ? null : event.featureId,
        feature: codeOf(told),
        holder: event.holder,
        actor: actor && toWire(actor, ["requestId"]),
        request_id: requestId(told),
        before: before && toWire(before as JsonObject),
        after: after && toWire(after as JsonObject),
        data: toWire(data),
        hash: event.hash,
      };
    },
  };
}

/** The part of a query that the store looks for itself; what it lets through is tested again. */
function filterOf(query: Query, codes: FeatureCodes): EventFilter {
  const given = (name: string) => {
    const values = query[name] === undefined ? query[`${name}.in`]?.split(",") : [query[name]];
    return values?.includes("null") ? undefined : values;
  };
  const licenses = given("license")?.map(Number);
  const features = given("feature");
  const asked = given("request_id") ?? given("actor");
  const times = ["at", "at.gte", "at.lte"].map((name) =>
    query[name] === undefined ? undefined : Date.parse(query[name]),
  );
  const [at, from = at, to = at] = times;
  return {
    kinds: given("kind"),
    licenseIds: licenses,
    featureIds: features && codes.idsOf(features),
    holders: given("holder"),
    dataHas: asked?.length === 1 ? JSON.stringify(asked[0]) : undefined,
    since: from,
    until: to,
  };
}

/** What happened, in pages as they are kept: nothing here holds more than one. [MANAGE-3] [MANAGE-4] [ADMIN-6] */
export function auditHandlers({ store }: ManagementContext): readonly Bound[] {
  const { listEvents, verifyEvents } = operations;
  const columns = Object.keys(listEvents.item.properties);
  return [
    bind(listEvents, async ({ request, reply }) => {
      const codes = await FeatureCodes.of(store);
      const source = sourceOf(codes);
      const { query, tests, order, limit, after, format } = readListQuery(request, KINDS, source.fields);
      const filter = { ...filterOf(query, codes), isNewestFirst: order?.isDescending ?? false };
      async function* fitting(from: number, of: EventFilter) {
        for await (const events of eventPages(store, of, from)) {
          yield events.map(tell).filter((told) => tests.every((test) => test(told)));
        }
      }
      if (format !== "page") return sendFile(reply, "events", format, oneByOne(fitting(0, filter)), source, columns);
      const page: Told[] = [];
      for await (const some of fitting(Number(after?.id ?? 0), filter)) if (page.push(...some) > limit) break;
      const hasMore = page.length > limit;
      const data = page.slice(0, limit);
      const next = hasMore ? data.at(-1)?.event.id : undefined;
      return {
        data: data.map(source.toWire),
        next_cursor: next === undefined ? null : writeCursor({ value: null, id: next }),
        ...(query["count"] === "true" && { count: await countOf(fitting(0, filter)) }),
      };
    }),
    bind(verifyEvents, async () => {
      const { events, brokenAt } = await store.verifyEvents();
      return { events, is_whole: brokenAt === null, broken_at: brokenAt };
    }),
  ];
}

/** Pages go on after an event's id, whichever way they go. */
const KINDS = {
  filters: operations.listEvents.list,
  orders: { id: "number", at: "time" },
  isId: (id: unknown) => typeof id === "number",
} as const;

async function* oneByOne<Item>(pages: AsyncIterable<readonly Item[]>) {
  for await (const page of pages) yield* page;
}

async function countOf(pages: AsyncIterable<readonly unknown[]>): Promise<number> {
  let count = 0;
  for await (const page of pages) count += page.length;
  return count;
}
