import type { Refusal } from "../domain/outcome.ts";
import { decideFeatureRelease, decideLicenseRelease, type Released } from "../domain/release.ts";
import type { LicenseChoice, SeatContext } from "./seat-context.ts";

/** Gives back a holder's seat of a feature. */
export function releaseFeature(
  { store, channel }: SeatContext,
  license: LicenseChoice,
  feature: string,
  holder: string,
): Promise<Released | Refusal> {
  return store.transact({ license, feature, holder }, (view) => decideFeatureRelease(view, feature, channel));
}

/** Gives back a holder's seat of the license, and all its feature seats. */
export function releaseLicense(
  { store, channel }: SeatContext,
  license: LicenseChoice,
  holder: string,
): Promise<Released | Refusal> {
  return store.transact({ license, holder }, (view) => decideLicenseRelease(view, channel));
}
