import { buildCommand } from "@stricli/core";
import { switchFlag, textFlag } from "../flags.ts";
import { connectionFlags } from "../management/connection.ts";
import type { SeatsFlags } from "./run-seats.ts";

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
      product: textFlag("only pools of this product", "code"),
      feature: textFlag("only pools of this feature", "code"),
      watch: switchFlag("show it anew whenever something changes; Ctrl-C ends it"),
      json: switchFlag("print it as JSON"),
    },
  },
  // What runs it is loaded when it runs.
  loader: async () => (await import("./run-seats.ts")).runSeats,
});
