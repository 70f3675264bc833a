import Type from "typebox";
import { Body, Count, Flag, Id, Name, OneOf, OrNull, Seconds, Text, Time } from "../fields.ts";
import { defineList, defineOperation, SIDES } from "../operation.ts";

const both = { sides: SIDES } as const;

export const PoolObject = Type.Object({
  id: Type.String({ description: "license and feature" }),
  license: Id(),
  product: Name("code"),
  feature: OrNull(Name("code; null is the license's own pool")),
  channel: OneOf(["offline", "cloud"], "where its seats float: on a floating server, or at the vendor"),
  seats: Count("seats at once"),
  in_use: Count("live seats"),
  timeout_seconds: Seconds("how long a seat lasts without being renewed"),
  can_borrow: Flag(),
});

export const SeatObject = Type.Object({
  id: Id(),
  license: Id(),
  product: Name("code"),
  feature: OrNull(Name("code; null is a license seat")),
  holder: Name("the user on a floating server, the device at the vendor"),
  hostname: OrNull(Text()),
  local_ip: OrNull(Text()),
  info: OrNull(Text()),
  taken_at: Time(),
  heard_at: Time("the last check-out or renewal"),
  ends_at: Time("unless it is renewed"),
  borrowed_until: OrNull(Time()),
});

export const HoldObject = Type.Object({
  id: Id(),
  license: Id(),
  product: OrNull(Name("code; null where the license is gone")),
  feature: OrNull(Name("code; null is the license seat")),
  holder: Name("who cannot take the seat"),
  until: Time(),
  reason: OrNull(Text()),
});

const seatParams = Type.Object({ seat: Id() });
const release = {
  reason: Type.Optional(Text("kept in the log")),
  hold_seconds: Type.Optional(
    Type.Number({ minimum: 0, maximum: 86_400, description: "for how long its holder cannot take the seat again" }),
  ),
};

export const ReleaseReply = Type.Object({
  released: Type.Array(Id(), {
    description: "every seat that ended; feature seats end with the license seat they need",
  }),
  failed: Type.Array(Type.Object({ id: Id(), code: Type.String() })),
  holds: Type.Array(HoldObject),
});

export const listPools = defineList({
  noun: "pool",
  verb: "list",
  method: "GET",
  path: "/pools",
  summary: "Pools whose seats float here, and how full they are",
  ...both,
  role: "viewer",
  item: PoolObject,
  fields: {
    id: "text",
    license: "number",
    product: "text",
    feature: "text",
    channel: "text",
    seats: "number",
    in_use: "number",
    timeout_seconds: "number",
    can_borrow: "boolean",
  },
});

export const listSeats = defineList({
  noun: "seat",
  verb: "list",
  method: "GET",
  path: "/seats",
  summary: "Who is in which seat",
  ...both,
  role: "viewer",
  item: SeatObject,
  fields: {
    id: "number",
    license: "number",
    product: "text",
    feature: "text",
    holder: "text",
    hostname: "text",
    local_ip: "text",
    info: "text",
    taken_at: "time",
    heard_at: "time",
    ends_at: "time",
    borrowed_until: "time",
  },
});

export const showSeat = defineOperation({
  noun: "seat",
  verb: "show",
  method: "GET",
  path: "/seats/{seat}",
  summary: "One seat",
  ...both,
  role: "viewer",
  params: seatParams,
  reply: SeatObject,
  refuses: ["seat_not_found"],
});

export const releaseSeat = defineOperation({
  noun: "seat",
  verb: "release",
  method: "POST",
  path: "/seats/{seat}/release",
  summary: "Give a seat back for its holder, and hold it from that holder for a while",
  ...both,
  role: "operator",
  params: seatParams,
  body: Body(release),
  reply: ReleaseReply,
  refuses: ["seat_not_found"],
});

export const bulkReleaseSeats = defineOperation({
  noun: "seat",
  verb: "bulk-release",
  method: "POST",
  path: "/seats/release",
  summary: "Give many seats back: those of these ids, or all that a filter fits",
  ...both,
  role: "operator",
  body: Body({
    ids: Type.Optional(Type.Array(Id(), { minItems: 1, maxItems: 1_000 })),
    filter: Type.Optional(
      Type.Object(
        {
          product: Type.Optional(Name("code")),
          license: Type.Optional(Id()),
          feature: Type.Optional(OrNull(Name("code; null is license seats"))),
          holder: Type.Optional(Name()),
        },
        { additionalProperties: false, minProperties: 1, description: "every field that is given must fit" },
      ),
    ),
    ...release,
  }),
  reply: ReleaseReply,
});

export const listHolds = defineList({
  noun: "hold",
  verb: "list",
  method: "GET",
  path: "/holds",
  summary: "Who cannot take which seat for a while",
  ...both,
  role: "viewer",
  item: HoldObject,
  fields: {
    id: "number",
    license: "number",
    product: "text",
    feature: "text",
    holder: "text",
    until: "time",
    reason: "text",
  },
});

export const deleteHold = defineOperation({
  noun: "hold",
  verb: "delete",
  method: "DELETE",
  path: "/holds/{hold}",
  summary: "Let a holder take a seat again before the hold ends",
  ...both,
  role: "operator",
  params: Type.Object({ hold: Id() }),
  status: 204,
  refuses: ["does_not_exist"],
});
