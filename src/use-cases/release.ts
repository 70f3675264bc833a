import type { Refusal } from "../domain/outcome.ts";
import { decideFeatureRelease, decideLicenseRelease, type Released } from "../domain/release.ts";
import type { HoldingCaller, SeatContext } from "./seat-context.ts";

/** Gives back a holder's seat of a feature. */
export function releaseFeature(
  { store, channel }: SeatContext,
  { license, device, holder }: HoldingCaller,
  feature: string,
): Promise<Released | Refusal> {
  return store.transact({ license, device, feature, holder }, (view) => decideFeatureRelease(view, feature, channel));
}

/** Gives back a holder's seat of the license, and on a floating server all its feature seats. */
export function releaseLicense(
  { store, channel }: SeatContext,
  { license, device, holder }: HoldingCaller,
): Promise<Released | Refusal> {
  return store.transact({ license, device, holder }, (view) => decideLicenseRelease(view, channel));
}
