import type { FastifyRequest } from "fastify";
import type { LicenseApiContext } from "./context.ts";

/** The address of this API, ending in `/api/v4`: as it is configured, or else as the client calls it. */
export function baseUrl({ publicUrl }: LicenseApiContext, request: FastifyRequest): string {
  return publicUrl ?? `${request.protocol}://${request.host}/api/v4`;
}
