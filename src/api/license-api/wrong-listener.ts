import type { FastifyBaseLogger, FastifyInstance, FastifyRequest } from "fastify";
import { orRefuse } from "../http/or-refuse.ts";
import { RequestRefusal } from "../http/request-refusal.ts";

/** Paths that the Floating Server has and this API has not. */
const FLOATING_SERVER_PATHS = [
  "/auth",
  "/api/v4/register",
  "/api/v4/floating/register",
  "/api/v4/api/v4/register",
  "/api/v4/floatingregister",
  "/api/v4/unregister",
  "/api/v4/unregister/all",
  "/api/v4/floating/unregister",
  "/api/v4/floatingunregister",
  "/api/v4/borrow",
  "/api/v4/floatingborrow",
  "/api/v4/featureRegister",
  "/api/v4/featureRelease",
  "/api/v4/featureRelease/all",
  "/api/v4/feature_release",
  "/api/v4/feature_release/all",
  "/api/v4/license",
  "/api/v4/licenses",
  "/api/v4/license/upload",
  "/api/v4/license/generate",
  "/api/v4/addProduct",
  "/api/v4/removeProduct",
  "/api/v4/setKeys",
  "/api/v4/airgap/generate",
  "/api/v4/airgap/license",
] as const;

/** A client of the Floating Server that was given this address gets 404, and the log says why it came here. */
export function answerFloatingPaths(app: FastifyInstance): void {
  for (const url of FLOATING_SERVER_PATHS) {
    app.all(url, {
      schema: { hide: true },
      onRequest: orRefuse(({ log }) => {
        hint(log, url);
        throw new RequestRefusal("not_found");
      }),
      handler: () => undefined,
    });
  }
}

/** The one path that both APIs have with another method: there the answer is 405. */
export function hintAtFloatingPost({ method, url, log }: FastifyRequest): void {
  const path = "/api/v4/check_license_feature";
  if (method === "POST" && url.startsWith(path)) hint(log, path);
}

function hint(log: FastifyBaseLogger, path: string): void {
  log.warn({ path }, "a request of the Floating Server API on the License API: the client has the wrong address");
}
