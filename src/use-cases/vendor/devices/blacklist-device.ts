import { decideAdmission, decideBlacklisting } from "../../../domain/change-device.ts";
import type { Device } from "../../../domain/device.ts";
import type { Refusal } from "../../../domain/outcome.ts";
import type { VendorContext } from "../vendor-context.ts";

/** Bars a device from a license; its seats end in the same commit. */
export function blacklistDevice(
  { store }: VendorContext,
  licenseId: number,
  hardwareId: string,
): Promise<Device | Refusal<"license_not_found">> {
  return store.transact({ license: { licenseId }, device: hardwareId, holder: hardwareId }, (view) =>
    decideBlacklisting(view, hardwareId),
  );
}

/** Takes a device off the blacklist. */
export function admitDevice(
  { store }: VendorContext,
  licenseId: number,
  hardwareId: string,
): Promise<Device | Refusal<"license_not_found" | "device_not_found">> {
  return store.transact({ license: { licenseId }, device: hardwareId }, decideAdmission);
}
