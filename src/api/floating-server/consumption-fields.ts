import type { FastifyRequest } from "fastify";
import Type from "typebox";
import type { Consumption } from "../../domain/consume.ts";
import {
  OptionalBoolean,
  OptionalCount,
  OptionalInteger,
  OptionalName,
  toBoolean,
  toInteger,
} from "../../wire/fields.ts";
import { RequestRefusal } from "../http/request-refusal.ts";

const KEY_HEADER = "idempotency-key";

/** Fields of both consumption routes. */
export const consumptionFields = {
  user: OptionalName("who consumes; for the record only"),
  consumptions: OptionalInteger("how many to add; 1 where left out, negative gives back"),
  max_overages: OptionalCount("accept at most so many overages, from this request on; 0 is none"),
  allow_overages: OptionalBoolean("false: accept no overages, from this request on"),
  allowOverages: OptionalBoolean("another name of `allow_overages`"),
};

const ConsumptionInput = Type.Object(consumptionFields);

/** @param target names what is counted, apart from the license */
export function toConsumption(
  input: Type.Static<typeof ConsumptionInput>,
  target: string,
  request: FastifyRequest,
): Consumption {
  const allows = toBoolean(input.allow_overages ?? input.allowOverages);
  const maxOverages = toInteger(input.max_overages);
  const key = idempotencyKey(request);
  return {
    amount: toInteger(input.consumptions) ?? 1,
    overageLimit: allows === false ? 0 : maxOverages,
    user: input.user ?? undefined,
    replyKey: key && JSON.stringify([target, key]),
  };
}

/** [CONS-6] */
function idempotencyKey(request: FastifyRequest): string | undefined {
  const key = request.headers[KEY_HEADER];
  if (key === undefined) return undefined;
  if (typeof key !== "string" || key.length === 0 || key.length > 255) {
    throw new RequestRefusal("validation_error", "Idempotency-Key must be 1 to 255 characters");
  }
  return key;
}
