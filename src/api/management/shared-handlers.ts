import type { Bound } from "./bind.ts";
import type { ManagementContext } from "./context.ts";
import { accessHandlers } from "./handlers/access.ts";

/** What both sides are run by. */
export function sharedHandlers(context: ManagementContext): readonly Bound[] {
  return [...accessHandlers(context)];
}
