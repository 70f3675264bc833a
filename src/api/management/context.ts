import type { Logger } from "pino";
import type { Config } from "../../config/options.ts";
import type { Channel } from "../../domain/license.ts";
import type { Side } from "../../management/operation.ts";
import type { Clock } from "../../store/decision-time.ts";
import type { Store } from "../../store/store.ts";
import type { SetupLink } from "./access/setup-link.ts";

/** What every operation of the management API may need. */
export interface ManagementContext {
  readonly side: Side;
  readonly store: Store;
  readonly clock: Clock;
  readonly version: string;
  readonly config: Config;
  /** Of the API for applications, as far as the server itself knows it; it ends in `/api/v4`. */
  readonly apiUrl: string;
  readonly setup: SetupLink;
  readonly log: Logger;
}

/** On which side seats float that this server hands out. */
export function channelOf({ side }: Pick<ManagementContext, "side">): Channel {
  return side === "vendor" ? "cloud" : "onPremise";
}
