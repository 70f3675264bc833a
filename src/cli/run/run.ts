import { buildCommand } from "@stricli/core";
import { urlFlag } from "../ask-floating-server.ts";
import { switchFlag, textFlag } from "../flags.ts";
import type { RunFlags } from "./run-program.ts";

/** `seatkeeper run --feature render -- ./my-app`: takes a seat, runs a program, and gives the seat back. [CLIENT-12] */
export const run = buildCommand<RunFlags, string[]>({
  docs: { brief: "Run any program with a seat: take it, renew it, give it back, end with the program's code" },
  parameters: {
    flags: {
      url: urlFlag,
      product: textFlag("product code; or SEATKEEPER_PRODUCT", "code"),
      feature: textFlag("feature code; left out: a seat of the license itself", "code"),
      user: textFlag("whose seat it is; left out: name@host of who runs this", "name"),
      "license-id": {
        kind: "parsed",
        brief: "which of several licenses",
        optional: true,
        parse: Number,
        placeholder: "id",
      },
      wait: textFlag("how long to wait for a free seat, such as 10m; left out: not at all", "duration"),
      "stop-when-lost": switchFlag("send the program SIGTERM when the seat is lost; otherwise only tell"),
    },
    positional: {
      kind: "array",
      minimum: 1,
      parameter: { brief: "the program and its arguments, after --", parse: String, placeholder: "program" },
    },
  },
  // What runs it is loaded when it runs.
  loader: async () => (await import("./run-program.ts")).runProgram,
});
