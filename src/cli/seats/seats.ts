import { buildCommand } from "@stricli/core";
import { connectionFlags } from "../management/connection.ts";
import type { SeatsFlags } from "./run-seats.ts";

const text = (brief: string) =>
  ({ kind: "parsed", brief, optional: true, parse: String, placeholder: "code" }) as const;
const yes = (brief: string) => ({ kind: "boolean", brief, default: false, withNegated: false }) as const;

/**
 * `seatkeeper seats`: each pool, how much of it is in use, and who is in it.
 *
 * With `--json` it prints `{"pools": [{…, "holders": […]}]}`, pools and holders as `GET /pools` and `GET /seats` list
 * them; with `--watch` one such object a line.
 */
export const seats = buildCommand<SeatsFlags>({
  docs: { brief: "Show each pool of seats, how much of it is in use, and who is in it" },
  parameters: {
    flags: {
      ...connectionFlags,
      product: text("only pools of this product"),
      feature: text("only pools of this feature"),
      watch: yes("show it anew whenever something changes; Ctrl-C ends it"),
      json: yes("print it as JSON"),
    },
  },
  // What runs it is loaded when it runs.
  loader: async () => (await import("./run-seats.ts")).runSeats,
});
