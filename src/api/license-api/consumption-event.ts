import Type from "typebox";

const EVENTS = ["consumption_add", "offline_floating_consumptions_sync"];

/** Why consumption is reported; accepted for clients that say it, and not looked at. */
export const eventField = {
  event: Type.Optional(
    Type.Unsafe<string | readonly string[] | null>({
      description: `one of ${EVENTS.join(", ")}, or several of them`,
      anyOf: [{ enum: [...EVENTS, null] }, { type: "array", items: { enum: EVENTS } }],
    }),
  ),
};
