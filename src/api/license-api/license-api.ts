import type { FastifyBaseLogger, FastifyInstance, FastifyRequest } from "fastify";
import { addRoute, type RouteSurroundings } from "../http/add-route.ts";
import { createListener, type ListenerOptions } from "../http/listener.ts";
import { addReference, addWayToReference, type Reference } from "../http/reference.ts";
import type { Route } from "../http/route.ts";
import { addSchemas, namedSchemas } from "../http/schemas.ts";
import { readForms, readPlainFiles } from "../http/upload.ts";
import { Authorizer } from "./authorization/authorize.ts";
import { OauthTokens } from "./authorization/oauth-tokens.ts";
import { BUNDLES } from "./bundle-fields.ts";
import type { LicenseApiContext } from "./context.ts";
import { licenseApiErrors } from "./errors.ts";
import { parseForms } from "./routes/oauth-token.ts";
import { TOKEN_PATH } from "./routes/oauth-url.ts";
import { licenseApiRoutes } from "./routes.ts";
import { sharedSchemas } from "./schemas.ts";
import { sendSigned } from "./send-signed.ts";
import { answerFloatingPaths, hintAtFloatingPost } from "./wrong-listener.ts";

export interface LicenseApiOptions {
  readonly context: LicenseApiContext;
  readonly log: FastifyBaseLogger;
  readonly tls?: ListenerOptions["tls"];
}

/** Builds the License API, ready to listen. */
export async function buildLicenseApi({ context, log, tls }: LicenseApiOptions): Promise<FastifyInstance> {
  const app = createListener({ errors: licenseApiErrors, log, tls, onNotFound: hintAtFloatingPost });
  const authorizer = new Authorizer(context, new OauthTokens(context));
  const reference: Reference = {
    path: "/api/v4/docs",
    title: "License API",
    description:
      "Devices activate licenses, and take seats of cloud floating licenses and features. LicenseSpring-compatible (`/api/v4`).",
    version: context.version,
    securitySchemes: {
      hmac: {
        type: "apiKey",
        in: "header",
        name: "Authorization",
        description:
          '`algorithm="hmac-sha256",headers="date",signature="…",apikey="…"`: the signature is base64 of HMAC-SHA256 by the ' +
          "shared key over `licenseSpring`, a line feed, and `date: ` with the `Date` header as it is sent.",
      },
      bearer: { type: "http", scheme: "bearer", description: "a token for OAuth client credentials, see `oauth_url`" },
    },
  };
  await addReference(app, reference);
  const { passwords } = authorizer;
  // A trial names its license user by an e-mail address.
  const admitPassword: RouteSurroundings["admitInput"] = ({ username, email, password }, request) =>
    passwords.admit(request, username ?? email, password);
  app.addHook("onError", async (request) => passwords.note(request));
  const surroundings: RouteSurroundings = {
    errors: licenseApiErrors,
    admit: (request: FastifyRequest, route: Route) => authorizer.admit(request, route),
    admitInput: (input, request) => {
      authorizer.admitProduct(request, input["product"]);
      admitPassword(input, request);
    },
    send: (reply, outcome) => {
      passwords.note(reply.request, outcome);
      return sendSigned(reply, outcome, context.keys);
    },
  };
  // What a bundle's route calls `product` is no product: it asks for itself whether the bundle's products are allowed.
  const ofBundles = { ...surroundings, admitInput: admitPassword };
  const routes = licenseApiRoutes(context, authorizer);
  addSchemas(app, "/api/v4/schemas", namedSchemas(routes, sharedSchemas));
  for (const route of routes) {
    if (!route.isUpload) addRoute(app, route, route.section === BUNDLES ? ofBundles : surroundings);
  }
  await app.register(async (uploads) => {
    await readForms(uploads);
    readPlainFiles(uploads);
    for (const route of routes) if (route.isUpload && !isTokenRoute(route)) addRoute(uploads, route, surroundings);
  });
  await app.register(async (forms) => {
    parseForms(forms);
    for (const route of routes) if (isTokenRoute(route)) addRoute(forms, route, surroundings);
  });
  answerFloatingPaths(app);
  addWayToReference(app, "/docs", reference);
  return app;
}

function isTokenRoute({ paths }: Route): boolean {
  return paths.includes(TOKEN_PATH);
}
