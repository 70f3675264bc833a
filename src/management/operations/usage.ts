import Type from "typebox";
import { BUCKETS } from "../../domain/usage-series.ts";
import { Count, Flag, Id, Name, OneOf, OrNull, Text, Time } from "../fields.ts";
import { defineList, defineOperation, SIDES } from "../operation.ts";

const both = { sides: SIDES } as const;

export const UsageSpanObject = Type.Object({
  from: Time(),
  to: Time(),
  max: Count("seats in use at once"),
  mean: Type.Number({ description: "seats in use, by time" }),
  capacity: OrNull(Count("seats there are, as of now")),
  denials: Count("refusals because this pool was full"),
});

export const PoolUsageObject = Type.Object({
  license: Id(),
  product: Text("code"),
  feature: OrNull(Text("code; null is the license's own pool")),
  capacity: OrNull(Count("seats there are, as of now; null where it has no such pool any more")),
  max: Count(),
  mean: Type.Number(),
  denials: Count(),
  series: Type.Array(UsageSpanObject, { description: "empty where no license was asked for" }),
  histogram: Type.Array(
    Type.Object({
      seats: Count("from 128 on, those within 1.6 % are one"),
      share: Type.Number({ description: "of the time, during which so many were in use" }),
    }),
  ),
});

export const showUsage = defineOperation({
  noun: "usage",
  verb: "show",
  method: "GET",
  path: "/usage",
  summary: "Seats in use over time: of one license's pools in steps, or of every pool that was used in one sum each",
  ...both,
  role: "viewer",
  query: Type.Object(
    {
      license: Type.Optional(Type.String({ pattern: "^[1-9]\\d{0,15}$", description: "its id" })),
      feature: Type.Optional(Name("code; left out: every pool")),
      from: Type.Optional(Time("left out: 24 hours, 30 days or 26 weeks back, by the bucket")),
      to: Type.Optional(Time("left out, or in the future: now")),
      bucket: Type.Optional(OneOf(BUCKETS, "of UTC, weeks from Monday on; hour unless said")),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({
    from: Time("as asked for, down to the minute; to the hour before 48 hours ago, to the day before 90 days ago"),
    to: Time("as asked for, and up likewise"),
    bucket: OneOf(BUCKETS),
    pools: Type.Array(PoolUsageObject),
  }),
  refuses: ["does_not_exist", "validation_error"],
});

export const rebuildUsage = defineOperation({
  noun: "usage",
  verb: "rebuild",
  method: "POST",
  path: "/usage/rebuild",
  summary: "Rolls usage up anew, from the first event on",
  ...both,
  role: "admin",
  reply: Type.Object({
    events: Count("that were read: grants, ends of seats and denials"),
    spans: Count("that were made: minutes, hours and days in which something happened"),
    until: Time("up to which usage is rolled up"),
  }),
});

export const DenialObject = Type.Object({
  id: Id("of its first event"),
  license: Id(),
  product: OrNull(Text("code")),
  feature: OrNull(Text("code; null is the license's own pool")),
  holder: Type.String(),
  first_at: Time(),
  last_at: Time(),
  tries: Type.Integer({ minimum: 1 }),
  code: OneOf(["license_full", "feature_full"], "which pool had no seat left"),
  was_served_later: Flag("the holder got the seat before being refused anew"),
  served_at: OrNull(Time()),
});

export const listDenials = defineList({
  noun: "denial",
  verb: "list",
  method: "GET",
  path: "/denials",
  summary: "Who was refused a seat: tries of one holder at most 5 minutes apart are one denial",
  ...both,
  role: "viewer",
  item: DenialObject,
  fields: {
    id: "number",
    license: "number",
    product: "text",
    feature: "text",
    holder: "text",
    first_at: "time",
    last_at: "time",
    tries: "number",
    code: "text",
    was_served_later: "boolean",
    served_at: "time",
  },
});

/** The most holders that a denial names. */
export const MOST_HOLDERS = 100;

export const showDenial = defineOperation({
  noun: "denial",
  verb: "show",
  method: "GET",
  path: "/denials/{denial}",
  summary: "One denial, with who was in the seats when it began, and how many would have been enough",
  ...both,
  role: "viewer",
  params: Type.Object({ denial: Id("of its first event") }),
  reply: Type.Object({
    ...DenialObject.properties,
    capacity: OrNull(Count("seats that the pool had then")),
    would_have_needed: OrNull(
      Count("seats, for everyone denied at the same time; null where a seat was held from the holder"),
    ),
    holders: Type.Array(Type.String(), { description: "of the pool's seats when it began", maxItems: MOST_HOLDERS }),
    holders_total: Count(),
  }),
  refuses: ["does_not_exist"],
});
