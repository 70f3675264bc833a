import { buildCommand } from "@stricli/core";
import { switchFlag } from "../flags.ts";
import { connectionFlags } from "../management/connection.ts";
import type { ImportFlags } from "./run-import.ts";

/** `seatkeeper license import-csv FILE`: makes a license of each row. [CLI-6] */
export const licenseImportCsv = buildCommand<ImportFlags, [string]>({
  docs: {
    brief: "Issue a license for each row of a CSV file; run again, it goes on where it was cut off",
    fullDescription: [
      "The first row names the columns: product, and any other field of `license create`, by its name in the API",
      "(seats, valid_until, customer_id, metadata as JSON, …). An empty cell is left out, null is null.",
      "FILE.progress keeps what is done; the same file never makes a license twice. FILE.errors.csv has the bad rows, each",
      "with its number, a code and a sentence: corrected, it may be imported itself.",
      "Exit code 1 where a row was bad.",
    ].join("\n"),
  },
  parameters: {
    flags: {
      ...connectionFlags,
      "dry-run": switchFlag("check the rows, and issue nothing"),
      json: switchFlag("print the summary as JSON"),
    },
    positional: { kind: "tuple", parameters: [{ brief: "CSV file", parse: String, placeholder: "file" }] },
  },
  // Loaded when it runs: no other command reads CSV.
  loader: async () => (await import("./run-import.ts")).runImport,
});
