import { buildCommand } from "@stricli/core";
import { switchFlag, textFlag } from "../flags.ts";
import type { CopyFlags } from "./run-db-copy.ts";

const address = (brief: string) => ({ kind: "parsed", brief, parse: String, placeholder: "url" }) as const;

/** `seatkeeper db copy --from URL --to URL`: moves an installation to another database. [COPY-1] */
export const dbCopy = buildCommand<CopyFlags>({
  docs: {
    brief: "Copy an installation into an empty database, from SQLite to PostgreSQL or back",
    fullDescription: [
      "An address is sqlite:FILE or postgres://USER@HOST/DATABASE, as in store.url. No server may be running on either",
      "database. All is read back and compared before it counts; where anything is wrong, the target stays empty. The source",
      "is left as it is. The vendor's key file is not in the database: the new server needs the same one.",
      'With --json it prints {"from", "to", "tables": {TABLE: ROWS}, "rows", "copied_from": {"store", "events",',
      '"last_event_id", "hash", "at"}, "seconds"}.',
    ].join("\n"),
  },
  parameters: {
    flags: {
      from: address("the database to copy: sqlite:FILE or postgres://…"),
      to: address("an empty database, or a file that is not there yet"),
      "from-password-file": textFlag("file with the password for --from; or PGPASSWORD", "file"),
      "to-password-file": textFlag("file with the password for --to; or PGPASSWORD", "file"),
      json: switchFlag("print the summary as JSON"),
    },
  },
  // Loaded when it runs: no other command opens two databases.
  loader: async () => (await import("./run-db-copy.ts")).runDbCopy,
});
