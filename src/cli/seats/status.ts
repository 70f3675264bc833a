import { buildCommand } from "@stricli/core";
import { switchFlag } from "../flags.ts";
import { type ConnectionFlags, connectionFlags } from "../management/connection.ts";

interface Flags extends ConnectionFlags {
  readonly json: boolean;
}

/** `seatkeeper status`: what a running server says of itself. With `--json` it is the reply of `GET /status`. */
export const status = buildCommand<Flags>({
  docs: { brief: "Show what a running server says of itself" },
  parameters: {
    flags: {
      ...connectionFlags,
      json: switchFlag("print it as JSON"),
    },
  },
  async func({ json, ...connection }) {
    // Loaded here: the command that starts a server needs none of it.
    const { openClient } = await import("../management/api-client.ts");
    const { body } = await openClient(connection).request("GET", "/status");
    if (json) {
      process.stdout.write(`${JSON.stringify(body, null, 2)}\n`);
      return;
    }
    const { printReply } = await import("../management/print.ts");
    const { showStatus } = await import("../../management/operations/server.ts");
    printReply(body, showStatus.reply);
  },
});
