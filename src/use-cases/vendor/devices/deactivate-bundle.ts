import { decideDeactivation } from "../../../domain/activation.ts";
import { isRefusal, type Refusal } from "../../../domain/outcome.ts";
import type { Released } from "../../../domain/release.ts";
import type { VendorContext } from "../vendor-context.ts";
import { deactivateDevice } from "./deactivate-device.ts";
import { type BundleRef, forEachLicense, rehearse } from "./find-bundle.ts";

/** Takes a device off the licenses of a bundle, or off none of them where one refuses it. */
export async function deactivateBundle(
  context: VendorContext,
  ref: BundleRef,
  hardwareId: string,
): Promise<readonly Released[] | Refusal> {
  const { store } = context;
  const rehearsed = await forEachLicense(ref, (license) =>
    store.transact({ license, device: hardwareId, holder: hardwareId }, (view) =>
      rehearse(decideDeactivation(view, 0)),
    ),
  );
  return isRefusal(rehearsed)
    ? rehearsed
    : forEachLicense(ref, (license) => deactivateDevice(context, license, hardwareId));
}
