import { buildCommand } from "@stricli/core";
import { textFlag } from "../flags.ts";
import { connectionFlags } from "../management/connection.ts";

export interface LoginFlags {
  readonly url?: string;
  readonly token?: string;
  readonly name?: string;
  readonly "password-file"?: string;
  readonly "password-stdin"?: boolean;
  readonly profile?: string;
}

/** `seatkeeper login`: remembers a server and what opens it. */
export const login = buildCommand<LoginFlags>({
  docs: {
    brief: "Log in to a vendor's or a floating server; later commands need no --url and no --token",
    fullDescription: [
      "Remembers a server and what opens it, in $XDG_CONFIG_HOME/seatkeeper/config.json, for its owner only.",
      "With --token that token is kept. With a name and a password, an admin gets an API token for 90 days, and others",
      "a session. There may be one login for each side, or more, by --profile.",
    ].join("\n"),
  },
  parameters: {
    flags: {
      url: connectionFlags.url,
      token: textFlag("API token to keep; - is standard input; or SEATKEEPER_TOKEN", "token"),
      name: textFlag("name of the admin; asked for at a terminal", "name"),
      "password-file": textFlag("file with the password; - is standard input; asked for at a terminal", "file"),
      "password-stdin": { kind: "boolean", brief: "the same as --password-file -", optional: true, withNegated: false },
      profile: textFlag("what to call this login; left out: vendor or floating", "name"),
    },
  },
  loader: async () => (await import("./run-login.ts")).runLogin,
});
