import type { Bound } from "./bind.ts";
import type { ManagementContext } from "./context.ts";
import { adminHandlers } from "./handlers/admins.ts";
import { auditHandlers } from "./handlers/audit.ts";
import { counterHandlers } from "./handlers/counters.ts";
import { denialHandlers } from "./handlers/denials.ts";
import { licenseViewHandlers } from "./handlers/licenses.ts";
import { liveHandlers } from "./handlers/live.ts";
import { seatHandlers } from "./handlers/seats.ts";
import { serverHandlers } from "./handlers/server.ts";
import { sessionHandlers } from "./handlers/sessions.ts";
import { tokenHandlers } from "./handlers/tokens.ts";
import { usageHandlers } from "./handlers/usage.ts";

/** What both sides are run by. */
export function sharedHandlers(context: ManagementContext): readonly Bound[] {
  return [
    ...adminHandlers(context),
    ...tokenHandlers(context),
    ...sessionHandlers(context),
    ...auditHandlers(context),
    ...usageHandlers(context),
    ...counterHandlers(context),
    ...denialHandlers(context),
    ...liveHandlers(context),
    ...serverHandlers(context),
    ...seatHandlers(context),
    ...licenseViewHandlers(context),
  ];
}
