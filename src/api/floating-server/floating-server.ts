import rateLimit from "@fastify/rate-limit";
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest } from "fastify";
import { addRoute } from "../http/add-route.ts";
import { createListener } from "../http/listener.ts";
import { orRefuse } from "../http/or-refuse.ts";
import { addReference } from "../http/reference.ts";
import type { Route } from "../http/route.ts";
import { addSchemas, namedSchemas } from "../http/schemas.ts";
import { readForms } from "../http/upload.ts";
import { WebGuard } from "../http/web-guard.ts";
import { FloatingServerAccess } from "./access.ts";
import type { FloatingServerContext } from "./context.ts";
import { floatingServerErrors } from "./errors.ts";
import { floatingServerRoutes } from "./routes.ts";
import { sharedSchemas } from "./schemas.ts";

export interface FloatingServerOptions {
  readonly context: FloatingServerContext;
  /** Names this server is known by, beside IP addresses and `localhost`. */
  readonly allowedHosts: readonly string[];
  readonly log: FastifyBaseLogger;
}

/** Builds the Floating Server API, ready to listen. */
export async function buildFloatingServer({
  context,
  allowedHosts,
  log,
}: FloatingServerOptions): Promise<FastifyInstance> {
  const app = createListener({ errors: floatingServerErrors, log, onNotFound: hintAtWrongListener });
  const access = new FloatingServerAccess(context.isAuthRequired);
  const guard = new WebGuard(allowedHosts);
  app.addHook(
    "onRequest",
    orRefuse((request) => guard.checkHost(request.raw)),
  );
  await app.register(rateLimit, { global: false });
  await addReference(app, {
    path: "/api/v4/docs",
    title: "Floating Server API",
    description: "Users take seats of licenses and of their features. LicenseSpring-compatible, version 1 (`/api/v4`).",
    version: context.version,
  });
  const admit = (request: FastifyRequest, route: Route) => {
    if (route.changes) guard.checkOrigin(request.headers);
    access.check(request, route.access);
    hintAtWrongListener(request);
  };
  const routes = floatingServerRoutes(context, access);
  addSchemas(app, "/api/v4/schemas", namedSchemas(routes, sharedSchemas));
  const surroundings = { errors: floatingServerErrors, admit };
  for (const route of routes) if (!route.isUpload) addRoute(app, route, surroundings);
  // In a scope of its own: what reads forms costs every request of the scope it is in.
  await app.register(async (uploads) => {
    await readForms(uploads);
    for (const route of routes) if (route.isUpload) addRoute(uploads, route, surroundings);
  });
  return app;
}

/** Devices that sign their requests want the License API; the answer here will puzzle them. */
function hintAtWrongListener({ headers, log, routeOptions }: FastifyRequest): void {
  if (headers.authorization?.includes("hmac-sha256")) {
    log.warn({ path: routeOptions.url }, "signed request on the Floating Server: it is meant for the License API");
  }
}
