import Type from "typebox";
import { Count, Id, OrNull, Text } from "../fields.ts";
import { defineOperation, SIDES } from "../operation.ts";

/** The data of an event `seats`. */
export const LiveSeatsObject = Type.Object({
  license: Id(),
  product: Text("code"),
  feature: OrNull(Text("code; null is the license's own pool")),
  in_use: Count(),
  seats: Count("seats there are"),
});

export const watchLive = defineOperation({
  noun: "live",
  verb: "watch",
  method: "GET",
  path: "/live",
  summary: "Server-sent events `seats`, each with a pool as it is once it has changed; Last-Event-ID resumes",
  sides: SIDES,
  role: "viewer",
  reply: LiveSeatsObject,
  gives: "events",
  isHidden: true,
});
