import Type from "typebox";
import { Flag, Id, Name, OrNull, Text, Time } from "../fields.ts";
import { defineList, defineOperation, SIDES } from "../operation.ts";

const both = { sides: SIDES } as const;
const Values = (description: string) => OrNull(Type.Record(Type.String(), Type.Any(), { description }));

export const EventObject = Type.Object({
  id: Id(),
  at: Time(),
  kind: Name("seat_granted, license_changed, record_created, …"),
  license: OrNull(Id()),
  feature_id: OrNull(Id("null where it is about the license itself, or about no license")),
  feature: OrNull(Text("its code, where the license still has it")),
  holder: OrNull(Type.String()),
  actor: Values("who asked for it: the api, and the admin or the token; null where no admin did"),
  request_id: OrNull(Type.String()),
  before: Values("of what was changed, without secrets"),
  after: Values("of what was changed, without secrets"),
  data: Type.Record(Type.String(), Type.Any(), { description: "whatever else it tells" }),
  hash: Type.String({ description: "SHA-256 over the hash of the event before and this one, hex" }),
});

const list = defineList({
  noun: "audit",
  verb: "list",
  method: "GET",
  path: "/events",
  summary: "What happened and who did it, oldest first; order=-id is newest first",
  ...both,
  role: "viewer",
  item: EventObject,
  fields: {
    id: "number",
    at: "time",
    kind: "text",
    license: "number",
    feature: "text",
    holder: "text",
    actor: "text",
    request_id: "text",
  },
});

/** Events are kept in one order only. */
export const listEvents: typeof list = {
  ...list,
  query: Type.Object(
    {
      ...list.query.properties,
      order: Type.Optional(Type.String({ description: "id or at, which are the same; with - before it newest first" })),
    },
    { additionalProperties: false },
  ),
};

export const verifyEvents = defineOperation({
  noun: "audit",
  verb: "verify",
  method: "GET",
  path: "/events/verify",
  summary: "Recompute the hash chain over all events",
  ...both,
  role: "viewer",
  reply: Type.Object({
    events: Type.Integer({ description: "whose hashes follow from each other" }),
    is_whole: Flag(),
    broken_at: OrNull(Id("the first event that does not follow from the one before")),
  }),
});
