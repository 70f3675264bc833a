import { buildCommand } from "@stricli/core";
import type { Side } from "../../management/operation.ts";
import { connectionFlags } from "../management/connection.ts";

export interface LogoutFlags {
  readonly side?: Side;
  readonly profile?: string;
}

/** `seatkeeper logout`: forgets a login, on both ends. */
export const logout = buildCommand<LogoutFlags>({
  docs: { brief: "Forget a login; the token or session that it made opens nothing any more" },
  parameters: { flags: { side: connectionFlags.side, profile: connectionFlags.profile } },
  loader: async () => (await import("./run-logout.ts")).runLogout,
});
