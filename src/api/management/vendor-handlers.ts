import type { OfflineContext } from "../../use-cases/vendor/offline/offline-context.ts";
import type { Bound } from "./bind.ts";
import type { ManagementContext } from "./context.ts";
import { productHandlers } from "./handlers/products.ts";
import { sharedHandlers } from "./shared-handlers.ts";

/** Everything a vendor's server is run by. */
export function vendorHandlers(context: ManagementContext, vendor: OfflineContext): readonly Bound[] {
  return [...sharedHandlers(context), ...productHandlers(vendor)];
}
