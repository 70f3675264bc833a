import type { FastifyRequest } from "fastify";
import type { LicenseApiContext } from "./context.ts";

/** The address of this API, ending in `/api/v4`: as it is configured, or else as the client calls it. */
export function baseUrl({ publicUrl }: LicenseApiContext, request: FastifyRequest): string {
  return publicUrl ?? `${request.protocol}://${request.host || listenerOf(request)}/api/v4`;
}

/** Where the request came in, for a client that names no host. */
function listenerOf({ socket: { localAddress = "localhost", localPort } }: FastifyRequest): string {
  return `${localAddress.includes(":") ? `[${localAddress}]` : localAddress}:${localPort}`;
}
