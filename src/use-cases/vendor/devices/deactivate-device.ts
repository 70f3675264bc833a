import { decideDeactivation } from "../../../domain/activation.ts";
import type { LicenseRef } from "../../../domain/decision.ts";
import type { Refusal } from "../../../domain/outcome.ts";
import type { Released } from "../../../domain/release.ts";
import type { VendorContext } from "../vendor-context.ts";

/** Takes a device off a license; its seats end in the same commit. @param consumptions that it has not reported yet */
export function deactivateDevice(
  { store }: VendorContext,
  license: LicenseRef,
  hardwareId: string,
  consumptions = 0,
): Promise<Released | Refusal> {
  return store.transact({ license, device: hardwareId, holder: hardwareId }, (view) =>
    decideDeactivation(view, consumptions),
  );
}
