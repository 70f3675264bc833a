import { Readiness } from "../../use-cases/readiness.ts";
import { probeRoutes } from "../http/probes.ts";
import type { Route } from "../http/route.ts";
import type { FloatingServerAccess } from "./access.ts";
import type { FloatingServerContext } from "./context.ts";
import { addConsumption } from "./routes/add-consumption.ts";
import { addFeatureConsumption } from "./routes/add-feature-consumption.ts";
import { auth } from "./routes/auth.ts";
import { borrow } from "./routes/borrow.ts";
import { featureRegister } from "./routes/feature-register.ts";
import { featureRelease } from "./routes/feature-release.ts";
import { featureReleaseAll } from "./routes/feature-release-all.ts";
import { health } from "./routes/health.ts";
import { showOneLicense } from "./routes/license.ts";
import { licenseGenerate } from "./routes/license-generate.ts";
import { licenseUpload } from "./routes/license-upload.ts";
import { listLicenses } from "./routes/licenses.ts";
import { notImplemented } from "./routes/not-implemented.ts";
import { register } from "./routes/register.ts";
import { unregister } from "./routes/unregister.ts";
import { unregisterAll } from "./routes/unregister-all.ts";

/** Every operation of the Floating Server API. */
export function floatingServerRoutes(context: FloatingServerContext, access: FloatingServerAccess): Route[] {
  const readiness = new Readiness(context.store);
  return [
    featureRegister(context),
    featureRelease(context),
    featureReleaseAll(context),
    register(context),
    unregister(context),
    unregisterAll(context),
    borrow(context),
    addConsumption(context),
    addFeatureConsumption(context),
    showOneLicense(context),
    listLicenses(context),
    licenseGenerate(context),
    licenseUpload(context),
    auth(access, context),
    health(context),
    ...probeRoutes(context.version, () => readiness.check()),
    ...notImplemented(),
  ];
}
