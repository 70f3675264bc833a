import type { OfflineContext } from "../../use-cases/vendor/offline/offline-context.ts";
import type { Bound } from "./bind.ts";
import type { ManagementContext } from "./context.ts";
import { apiKeyHandlers } from "./handlers/api-keys.ts";
import { bundleHandlers } from "./handlers/bundles.ts";
import { customerHandlers } from "./handlers/customers.ts";
import { deviceHandlers } from "./handlers/devices.ts";
import { requestListHandler } from "./handlers/imports.ts";
import { licenseHandlers } from "./handlers/licenses.ts";
import { oauthClientHandlers } from "./handlers/oauth-clients.ts";
import { offlineHandlers } from "./handlers/offline.ts";
import { orderHandlers } from "./handlers/orders.ts";
import { policyHandlers } from "./handlers/policies.ts";
import { productHandlers } from "./handlers/products.ts";
import { signingKeyHandlers } from "./handlers/signing-keys.ts";
import { userHandlers } from "./handlers/users.ts";
import { versionHandlers } from "./handlers/versions.ts";
import { sharedHandlers } from "./shared-handlers.ts";

/** Everything a vendor's server is run by. */
export function vendorHandlers(context: ManagementContext, vendor: OfflineContext): readonly Bound[] {
  return [
    ...sharedHandlers(context),
    ...productHandlers(vendor),
    ...policyHandlers(vendor),
    ...bundleHandlers(vendor),
    ...versionHandlers(vendor),
    ...customerHandlers(vendor),
    ...orderHandlers(vendor),
    ...userHandlers(vendor),
    ...apiKeyHandlers(vendor),
    ...oauthClientHandlers(vendor),
    ...signingKeyHandlers(vendor),
    ...licenseHandlers(vendor),
    ...deviceHandlers(vendor),
    ...offlineHandlers(vendor),
    requestListHandler(vendor.store),
  ];
}
