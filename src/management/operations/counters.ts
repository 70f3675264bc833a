import Type from "typebox";
import { Count, Flag, Id, Name, OneOf, OrNull, Text, Time } from "../fields.ts";
import { defineList, SIDES } from "../operation.ts";

export const CounterObject = Type.Object({
  id: Type.String({ description: "license and feature" }),
  license: Id(),
  license_key: OrNull(Text()),
  product: Name("code"),
  feature: OrNull(Name("code; null is the license's own counter")),
  consumed: Count("in this period"),
  max_consumptions: Count("may be consumed without overage"),
  unlimited_consumptions: Flag("whatever the maximum is"),
  most_overages: OrNull(
    Count("may be consumed beyond the maximum now, as vendor and requests have it; null is any amount"),
  ),
  consumption_resets: OrNull(OneOf(["daily", "weekly", "monthly", "annually"], "of UTC; null is never")),
  resets_at: OrNull(Time("when it starts again at 0")),
});

export const listCounters = defineList({
  noun: "counter",
  verb: "list",
  method: "GET",
  path: "/counters",
  summary: "What is consumed of metered licenses and features, as of now",
  sides: SIDES,
  role: "viewer",
  item: CounterObject,
  fields: {
    id: "text",
    license: "number",
    license_key: "text",
    product: "text",
    feature: "text",
    consumed: "number",
    max_consumptions: "number",
    consumption_resets: "text",
    resets_at: "time",
  },
});
