import Type from "typebox";
import type { Consumption } from "../domain/consume.ts";
import { OptionalBoolean, OptionalCount, OptionalInteger, OptionalName, toBoolean, toInteger } from "./fields.ts";

/** Fields of every consumption route of both APIs. */
export const consumptionFields = {
  user: OptionalName("who consumes; for the record only"),
  consumptions: OptionalInteger("how many to add; 1 where left out, negative gives back"),
  max_overages: OptionalCount("accept at most so many overages, from this request on; 0 is none"),
  allow_overages: OptionalBoolean("false: accept no overages, from this request on"),
  allowOverages: OptionalBoolean("another name of `allow_overages`"),
};

const ConsumptionInput = Type.Object(consumptionFields);

/**
 * @param target names what is counted, apart from the license, and at the vendor the device that counts
 * @param key the idempotency key that the client sent
 */
export function toConsumption(
  input: Type.Static<typeof ConsumptionInput>,
  target: string | readonly string[],
  key: string | undefined,
): Consumption {
  const allows = toBoolean(input.allow_overages ?? input.allowOverages);
  const maxOverages = toInteger(input.max_overages);
  return {
    amount: toInteger(input.consumptions) ?? 1,
    overageLimit: allows === false ? 0 : maxOverages,
    user: input.user ?? undefined,
    replyKey: key && JSON.stringify([target, key]),
  };
}
