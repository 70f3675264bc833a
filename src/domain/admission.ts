import type { View } from "./decision.ts";
import { type Feature, findFeature, isFeatureExpired, isLicenseExpired, type License } from "./license.ts";
import { type Refusal, refuse } from "./outcome.ts";

/** The checks that every request about a license goes through, in this order: the first that fails answers. [LIC-1] */
export function admitLicense(view: View): License | Refusal {
  const { license, now } = view;
  if (!view.productKnown) return refuse("unknown_product");
  if (license === undefined) return refuse("license_not_found");
  if (!license.active || (license.startsAt !== null && license.startsAt > now)) return refuse("license_not_active");
  if (!license.enabled) return refuse("license_not_enabled");
  if (isLicenseExpired(license, now)) return refuse("license_expired");
  return license;
}

/** After the license: its feature, which an expired one no longer is. [LIC-2] */
export function admitFeature(view: View, license: License, code: string): Feature | Refusal {
  const feature = findFeature(license, code);
  if (feature === undefined || isFeatureExpired(feature, view.now)) return refuse("invalid_license_feature_code", code);
  return feature;
}
