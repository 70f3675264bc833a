import type { ImportContext } from "../../use-cases/import-license.ts";
import type { RequestContext } from "../../use-cases/write-request.ts";
import type { Bound } from "./bind.ts";
import type { ManagementContext } from "./context.ts";
import { importHandlers } from "./handlers/imports.ts";
import { sharedHandlers } from "./shared-handlers.ts";

/** Everything a floating server is run by. */
export function floatingHandlers(
  context: ManagementContext,
  floating: ImportContext & RequestContext,
): readonly Bound[] {
  return [...sharedHandlers(context), ...importHandlers(floating)];
}
