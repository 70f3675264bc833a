import { decideVariables } from "../../../domain/activation.ts";
import type { LicenseRef } from "../../../domain/decision.ts";
import type { Device } from "../../../domain/device.ts";
import type { Refusal, RefusalCode } from "../../../domain/outcome.ts";
import type { VendorContext } from "../vendor-context.ts";

/** Sets variables of an active device, by name; the others stay. [DEV-6] */
export function setVariables(
  { store }: VendorContext,
  license: LicenseRef,
  hardwareId: string,
  values: Readonly<Record<string, string>>,
): Promise<Device | Refusal<RefusalCode | "validation_error">> {
  return store.transact({ license, device: hardwareId }, (view) => decideVariables(view, values));
}
