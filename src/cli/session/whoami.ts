import { buildCommand } from "@stricli/core";
import { type ConnectionFlags, connectionFlags } from "../management/connection.ts";

interface Flags extends ConnectionFlags {
  readonly json?: boolean;
}

/** `seatkeeper whoami`: which server, and as whom. */
export const whoami = buildCommand<Flags>({
  docs: { brief: "Print which server commands speak to, and as whom" },
  parameters: {
    flags: {
      json: { kind: "boolean", brief: "print the reply's JSON", optional: true, withNegated: false },
      ...connectionFlags,
    },
  },
  loader: async () => {
    const { openClient } = await import("../management/api-client.ts");
    const { visible } = await import("../management/visible.ts");
    return async (flags: Flags) => {
      const client = openClient(flags);
      const { body } = await client.request("GET", "/session");
      const text = `${visible(body.name)}, ${body.role}, of the ${body.side} server at ${client.url}`;
      process.stdout.write(flags.json === true ? `${JSON.stringify(body, null, 2)}\n` : `${text}\n`);
    };
  },
});
