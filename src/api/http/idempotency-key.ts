import type { FastifyRequest } from "fastify";
import { RequestRefusal } from "./request-refusal.ts";

const KEY_HEADER = "idempotency-key";
const LONGEST_KEY = 255;

/** The key under which the client wants the outcome kept, if it sent one. [CONS-6] @throws RequestRefusal */
export function idempotencyKey(request: FastifyRequest): string | undefined {
  const key = request.headers[KEY_HEADER];
  if (key === undefined) return undefined;
  if (typeof key !== "string" || key.length === 0 || key.length > LONGEST_KEY) {
    throw new RequestRefusal("validation_error", `Idempotency-Key must be 1 to ${LONGEST_KEY} characters`);
  }
  return key;
}
