import {
  type Consumed,
  type Consumption,
  decideFeatureConsumption,
  decideLicenseConsumption,
} from "../domain/consume.ts";
import type { Refusal } from "../domain/outcome.ts";
import type { Caller, SeatContext } from "./seat-context.ts";

/** Adds to the counter of a license. */
export function consumeLicense(
  { store, channel }: SeatContext,
  { license, device }: Caller,
  wish: Consumption,
): Promise<Consumed | Refusal> {
  return store.transact({ license, device, replyKey: wish.replyKey }, (view) =>
    decideLicenseConsumption(view, wish, channel),
  );
}

/** Adds to the counter of a feature. */
export function consumeFeature(
  { store, channel }: SeatContext,
  { license, device }: Caller,
  feature: string,
  wish: Consumption,
): Promise<Consumed | Refusal> {
  return store.transact({ license, device, feature, replyKey: wish.replyKey }, (view) =>
    decideFeatureConsumption(view, feature, wish, channel),
  );
}
