import {
  type Consumed,
  type Consumption,
  decideFeatureConsumption,
  decideLicenseConsumption,
} from "../domain/consume.ts";
import type { Refusal } from "../domain/outcome.ts";
import type { LicenseChoice, SeatContext } from "./seat-context.ts";

/** Adds to the counter of a license. */
export function consumeLicense(
  { store }: SeatContext,
  license: LicenseChoice,
  wish: Consumption,
): Promise<Consumed | Refusal> {
  return store.transact({ license, replyKey: wish.replyKey }, (view) => decideLicenseConsumption(view, wish));
}

/** Adds to the counter of a feature. */
export function consumeFeature(
  { store }: SeatContext,
  license: LicenseChoice,
  feature: string,
  wish: Consumption,
): Promise<Consumed | Refusal> {
  return store.transact({ license, feature, replyKey: wish.replyKey }, (view) =>
    decideFeatureConsumption(view, feature, wish),
  );
}
