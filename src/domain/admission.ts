import type { View } from "./decision.ts";
import type { Device } from "./device.ts";
import {
  type Channel,
  type Feature,
  findFeature,
  isFeatureExpired,
  isLicenseExpired,
  type License,
} from "./license.ts";
import { isRefusal, type Refusal, refuse } from "./outcome.ts";

/** The checks that every request about a license goes through, in this order: the first that fails answers. [LIC-1] */
export function admitLicense(view: View, channel: Channel): License | Refusal {
  const license = admitCaller(view, channel);
  if (isRefusal(license)) return license;
  return isLicenseExpired(license, view.now) ? refuse("license_expired") : license;
}

/** For giving back: a device may do that on a license that has expired. [LIC-5] */
export function admitRelease(view: View, channel: Channel): License | Refusal {
  return channel === "cloud" ? admitCaller(view, channel) : admitLicense(view, channel);
}

/** The state of the license, and at the vendor that of the device that asks; validity is not looked at. [LIC-5] */
export function admitCaller(view: View, channel: Channel): License | Refusal {
  const { license, now } = view;
  if (!view.productKnown) return refuse("unknown_product");
  if (license === undefined) return refuse("license_not_found");
  if (!license.active || (license.startsAt !== null && license.startsAt > now)) return refuse("license_not_active");
  if (!license.enabled) return refuse("license_not_enabled");
  if (channel === "cloud") {
    const device = admitDevice(view);
    if (isRefusal(device)) return device;
  }
  return license;
}

/** After the license: its feature, which an expired one no longer is. [LIC-2] */
export function admitFeature(view: View, license: License, code: string): Feature | Refusal {
  const feature = findFeature(license, code);
  if (feature === undefined || isFeatureExpired(feature, view.now)) return refuse("invalid_license_feature_code", code);
  return feature;
}

function admitDevice({ device }: View): Device | Refusal {
  if (device?.blacklisted) return refuse("blacklisted");
  return device?.active ? device : refuse("device_not_found");
}
