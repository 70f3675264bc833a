import { decideVendorDeactivation, decideVendorVariables } from "../../../domain/change-device.ts";
import type { Device } from "../../../domain/device.ts";
import type { Refusal } from "../../../domain/outcome.ts";
import type { VendorContext } from "../vendor-context.ts";

/*
 * What a device may do itself, done by the vendor: whether the license is enabled or the device barred. [DEV-10]
 */

type NotThere = Refusal<"license_not_found" | "device_not_found">;

/** Takes a device off a license; its seats end in the same commit. */
export function deactivateByVendor(
  { store }: VendorContext,
  licenseId: number,
  hardwareId: string,
): Promise<Device | NotThere> {
  return store.transact({ license: { licenseId }, device: hardwareId, holder: hardwareId }, decideVendorDeactivation);
}

/** Sets variables of an active device, by name; the others stay. [DEV-6] */
export function setVariablesByVendor(
  { store }: VendorContext,
  licenseId: number,
  hardwareId: string,
  values: Readonly<Record<string, string>>,
): Promise<Device | NotThere | Refusal<"validation_error">> {
  return store.transact({ license: { licenseId }, device: hardwareId }, (view) => decideVendorVariables(view, values));
}
