import type { Decision, View } from "../domain/decision.ts";
import { findFeature, type License } from "../domain/license.ts";
import { type Refusal, refuse } from "../domain/outcome.ts";
import { decideReleaseAllFeatures, decideReleaseAllLicenseSeats, type Released } from "../domain/release.ts";
import type { Store } from "../store/store.ts";
import type { SeatContext } from "./seat-context.ts";

/** Which seats a bulk release is about; nothing given means all. */
export interface ReleaseFilter {
  readonly product?: string | undefined;
  readonly licenseId?: number | undefined;
  readonly feature?: string | undefined;
}

/** Gives back the feature seats of every holder that the filter chooses. [REL-3] */
export function releaseAllFeatures({ store }: SeatContext, filter: ReleaseFilter): Promise<Released | Refusal> {
  return releaseEach(store, filter, decideReleaseAllFeatures);
}

/** Gives back the license seats that the filter chooses, and the feature seats of their holders. [REL-4] */
export function releaseAllLicenseSeats({ store }: SeatContext, filter: ReleaseFilter): Promise<Released | Refusal> {
  return releaseEach(store, filter, decideReleaseAllLicenseSeats);
}

async function releaseEach(
  store: Store,
  filter: ReleaseFilter,
  decide: (view: View, feature: string | undefined) => Decision<Released>,
): Promise<Released | Refusal> {
  const licenses = chooseLicenses(await store.licenses(), filter);
  if ("refused" in licenses) return licenses;
  // Asked for in one turn, they share one commit where the store groups.
  const released = await Promise.all(
    licenses.map(({ id }) =>
      store.transact({ license: { licenseId: id }, everySeat: true }, (view) => decide(view, filter.feature)),
    ),
  );
  return { released: released.reduce((sum, each) => sum + each.released, 0) };
}

function chooseLicenses(all: readonly License[], filter: ReleaseFilter): License[] | Refusal {
  const { product, licenseId, feature } = filter;
  const ofProduct = all.filter((license) => product === undefined || license.product.code === product);
  if (product !== undefined && ofProduct.length === 0) return refuse("unknown_product");
  const ofId = ofProduct.filter((license) => licenseId === undefined || license.id === licenseId);
  if (licenseId !== undefined && ofId.length === 0) return refuse("license_not_found");
  const withFeature = ofId.filter((license) => feature === undefined || findFeature(license, feature) !== undefined);
  if (feature !== undefined && withFeature.length === 0) return refuse("invalid_license_feature_code", feature);
  return withFeature;
}
