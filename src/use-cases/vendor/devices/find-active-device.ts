import { admitCaller } from "../../../domain/admission.ts";
import { type LicenseRef, unchanged } from "../../../domain/decision.ts";
import type { Device } from "../../../domain/device.ts";
import type { License } from "../../../domain/license.ts";
import { isRefusal, type Refusal, refuse } from "../../../domain/outcome.ts";
import type { VendorContext } from "../vendor-context.ts";

export interface ActiveDevice {
  readonly license: License;
  readonly device: Device;
}

/** A license and a device that is active on it, or what is in the way. Validity is not looked at. [LIC-5] */
export function findActiveDevice(
  { store }: VendorContext,
  license: LicenseRef,
  hardwareId: string,
): Promise<ActiveDevice | Refusal> {
  return store.transact<ActiveDevice | Refusal>({ license, device: hardwareId }, (view) => {
    const admitted = admitCaller(view, "cloud");
    if (isRefusal(admitted)) return unchanged(admitted);
    const { device } = view;
    return unchanged(device === undefined ? refuse("device_not_found") : { license: admitted, device });
  });
}
