import multipart from "@fastify/multipart";
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest } from "fastify";
import { MAX_FILE_BYTES } from "../../license-file/read-license-file.ts";
import { addRoute, type RouteSurroundings } from "../http/add-route.ts";
import { createListener, type ListenerOptions } from "../http/listener.ts";
import { addReference } from "../http/reference.ts";
import type { Route } from "../http/route.ts";
import { Authorizer } from "./authorization/authorize.ts";
import { OauthTokens } from "./authorization/oauth-tokens.ts";
import type { LicenseApiContext } from "./context.ts";
import { licenseApiErrors } from "./errors.ts";
import { licenseApiRoutes } from "./routes.ts";
import { sendSigned } from "./send-signed.ts";

export interface LicenseApiOptions {
  readonly context: LicenseApiContext;
  readonly log: FastifyBaseLogger;
  readonly tls?: ListenerOptions["tls"];
}

/** Builds the License API, ready to listen. */
export async function buildLicenseApi({ context, log, tls }: LicenseApiOptions): Promise<FastifyInstance> {
  const app = createListener({ errors: licenseApiErrors, log, tls });
  const authorizer = new Authorizer(context, new OauthTokens(context));
  await addReference(app, {
    path: "/api/v4/docs",
    title: "License API",
    description:
      "Devices activate licenses, and take seats of cloud floating licenses and features. LicenseSpring-compatible (`/api/v4`).",
    version: context.version,
  });
  const surroundings: RouteSurroundings = {
    errors: licenseApiErrors,
    admit: (request: FastifyRequest, route: Route) => authorizer.admit(request, route),
    admitInput: ({ product }, request) => authorizer.admitProduct(request, product),
    send: (reply, outcome) => sendSigned(reply, outcome, context.keys),
  };
  const routes = licenseApiRoutes(context);
  for (const route of routes) if (!route.isUpload) addRoute(app, route, surroundings);
  await app.register(async (uploads) => {
    await uploads.register(multipart, { limits: { fileSize: MAX_FILE_BYTES, files: 4, fields: 16, parts: 20 } });
    for (const route of routes) if (route.isUpload) addRoute(uploads, route, surroundings);
  });
  app.get("/docs", { schema: { hide: true } }, (_request, reply) => reply.redirect("/api/v4/docs"));
  return app;
}
