import { Readiness } from "../../use-cases/readiness.ts";
import { probeRoutes } from "../http/probes.ts";
import type { Route } from "../http/route.ts";
import type { Authorizer } from "./authorization/authorize.ts";
import type { CallerOf } from "./caller.ts";
import type { LicenseApiContext } from "./context.ts";
import { codesOfKind } from "./refusals.ts";
import { activateBundle } from "./routes/activate-bundle.ts";
import { activateLicense } from "./routes/activate-license.ts";
import { activateOffline } from "./routes/activate-offline.ts";
import { addConsumption } from "./routes/add-consumption.ts";
import { addFeatureConsumption } from "./routes/add-feature-consumption.ts";
import { changePassword } from "./routes/change-password.ts";
import { checkBundle } from "./routes/check-bundle.ts";
import { checkLicense } from "./routes/check-license.ts";
import { checkLicenseFeature } from "./routes/check-license-feature.ts";
import { customerLicenseUsers } from "./routes/customer-license-users.ts";
import { deactivateBundle } from "./routes/deactivate-bundle.ts";
import { deactivateLicense } from "./routes/deactivate-license.ts";
import { deactivateOffline } from "./routes/deactivate-offline.ts";
import { deviceLicenses } from "./routes/device-licenses.ts";
import { floatingBorrow } from "./routes/floating-borrow.ts";
import { floatingFeatureBorrow } from "./routes/floating-feature-borrow.ts";
import { floatingFeatureRelease } from "./routes/floating-feature-release.ts";
import { floatingRelease } from "./routes/floating-release.ts";
import { getDeviceVariables } from "./routes/get-device-variables.ts";
import { health } from "./routes/health.ts";
import { installationFile } from "./routes/installation-file.ts";
import { oauthToken } from "./routes/oauth-token.ts";
import { oauthUrl } from "./routes/oauth-url.ts";
import { productDetails } from "./routes/product-details.ts";
import { products } from "./routes/products.ts";
import { ssoUrl } from "./routes/sso-url.ts";
import { trackDeviceVariables } from "./routes/track-device-variables.ts";
import { trialKey } from "./routes/trial-key.ts";
import { userLicenses } from "./routes/user-licenses.ts";
import { versions } from "./routes/versions.ts";
import { wellKnown } from "./routes/well-known.ts";

/** Every operation of the License API. */
export function licenseApiRoutes(context: LicenseApiContext, authorizer: Authorizer): Route[] {
  const callerOf: CallerOf = (request) => authorizer.callerOf(request);
  const readiness = new Readiness(context.store);
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
    activateOffline(context, authorizer),
    deactivateOffline(context, authorizer),
    trialKey(context),
    productDetails(context),
    products(context, callerOf),
    trackDeviceVariables(context),
    getDeviceVariables(context),
    deviceLicenses(context, callerOf),
    versions(context),
    installationFile(context),
    changePassword(context, callerOf),
    userLicenses(context),
    customerLicenseUsers(context, callerOf),
    ssoUrl(context),
    activateBundle(context, callerOf),
    deactivateBundle(context, callerOf),
    checkBundle(context, callerOf),
    oauthUrl(context),
    oauthToken(context),
    health(context),
    ...probeRoutes(context.version, () => readiness.check()),
  ];
  return [...routes, wellKnown(context, routes)].map(
    (route: Route): Route => ({ ...route, refuses: [...route.refuses, ...codesOfKind(route)] }),
  );
}
