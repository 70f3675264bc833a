import type { FastifyRequest } from "fastify";
import type { Credential } from "../../use-cases/vendor/keys/find-credential.ts";

/** Who sent a request that was admitted; undefined on public routes. */
export type CallerOf = (request: FastifyRequest) => Credential | undefined;

/** Codes of the products that the application of a request may ask about; null is all. */
export function productsOf(callerOf: CallerOf, request: FastifyRequest): readonly string[] | null {
  const caller = callerOf(request);
  return caller === undefined ? null : caller.products;
}
