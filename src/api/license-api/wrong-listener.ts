import type { FastifyInstance } from "fastify";
import { orRefuse } from "../http/or-refuse.ts";
import { RequestRefusal } from "../http/request-refusal.ts";

/** Paths that the Floating Server has and this API has not. */
const FLOATING_SERVER_PATHS = [
  "/auth",
  "/api/v4/register",
  "/api/v4/floating/register",
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
        log.warn(
          { path: url },
          "a request of the Floating Server API on the License API: the client has the wrong address",
        );
        throw new RequestRefusal("not_found");
      }),
      handler: () => undefined,
    });
  }
}
