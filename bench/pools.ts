/** The product of every license of the benchmark. */
export const PRODUCT = "bench";

/** Pools of features: so many licenses with consecutive ids, each with the features `f0000`, `f0001`, … */
export interface Pools {
  /** Nine digits, so that requests about all licenses have the same length. */
  readonly firstLicenseId: number;
  readonly licenses: number;
  readonly featuresPerLicense: number;
}

export function countPools({ licenses, featuresPerLicense }: Pools): number {
  return licenses * featuresPerLicense;
}

/** The code of a license's feature, by its place from 0. */
export function featureCode(place: number): string {
  return `f${String(place).padStart(4, "0")}`;
}
