import { buildCommand } from "@stricli/core";
import { ROLES } from "../../domain/admin.ts";
import { switchFlag, textFlag } from "../flags.ts";
import { connectionFlags } from "../management/connection.ts";
import type { CreateFlags } from "./run-admin-create.ts";

/**
 * `seatkeeper admin create --name NAME`: makes an admin, the first one too, on a machine without a browser. [ADMIN-2]
 *
 * With `--json` it prints `{"admin": {…}, "token": {…, "token": "sk_…"} | null}`, as the management API shows them.
 */
export const adminCreate = buildCommand<CreateFlags>({
  docs: {
    brief: "Make an admin: the first one from the data folder, others by an API token",
    fullDescription: [
      "Makes the first admin of the data folder, whether or not a server runs on it, without a browser:",
      "  seatkeeper admin create --name ada --data-dir ./data --side vendor",
      "On a folder that no server runs on it makes others too. Where one runs and has an admin, it needs an API token.",
      "With --with-token it prints a new API token and nothing else on standard output:",
      "  TOKEN=$(seatkeeper admin create --name ada --password-stdin --with-token scripts --side vendor < password.txt)",
    ].join("\n"),
  },
  parameters: {
    flags: {
      name: { kind: "parsed", brief: "what the admin logs in by", parse: String, placeholder: "name" },
      role: { kind: "enum", values: ROLES, brief: "what the admin may do", default: "admin" },
      "password-stdin": switchFlag("read the password from standard input; else it is asked for"),
      "with-token": textFlag("also make an API token of this name and role, and print its text", "name"),
      "data-dir": textFlag("data folder of the server; or SEATKEEPER_DATA_DIR", "folder"),
      config: textFlag("file of settings [default: seatkeeper.yaml, if it is there]", "file"),
      ...connectionFlags,
      json: switchFlag("print what was made as JSON"),
    },
  },
  // What runs it is loaded when it runs.
  loader: async () => (await import("./run-admin-create.ts")).runAdminCreate,
});
