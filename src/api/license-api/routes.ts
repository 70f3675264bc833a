import type { Route } from "../http/route.ts";
import type { LicenseApiContext } from "./context.ts";
import { activateLicense } from "./routes/activate-license.ts";
import { addConsumption } from "./routes/add-consumption.ts";
import { addFeatureConsumption } from "./routes/add-feature-consumption.ts";
import { checkLicense } from "./routes/check-license.ts";
import { checkLicenseFeature } from "./routes/check-license-feature.ts";
import { deactivateLicense } from "./routes/deactivate-license.ts";
import { floatingBorrow } from "./routes/floating-borrow.ts";
import { floatingFeatureBorrow } from "./routes/floating-feature-borrow.ts";
import { floatingFeatureRelease } from "./routes/floating-feature-release.ts";
import { floatingRelease } from "./routes/floating-release.ts";
import { health } from "./routes/health.ts";
import { oauthUrl } from "./routes/oauth-url.ts";
import { wellKnown } from "./routes/well-known.ts";

/** Every operation of the License API. */
export function licenseApiRoutes(context: LicenseApiContext): Route[] {
  const routes = [
    checkLicenseFeature(context),
    floatingFeatureRelease(context),
    floatingFeatureBorrow(context),
    floatingRelease(context),
    floatingBorrow(context),
    activateLicense(context),
    deactivateLicense(context),
    checkLicense(context),
    addConsumption(context),
    addFeatureConsumption(context),
    oauthUrl(context),
    health(context),
  ];
  return [...routes, wellKnown(context, routes)];
}
