import type { Activated, Activation } from "../../../domain/activation.ts";
import { type DeviceRefusalCode, isRefusal, type Refusal, type RefusalCode } from "../../../domain/outcome.ts";
import { provePassword } from "../people/prove-password.ts";
import type { VendorContext } from "../vendor-context.ts";
import { bindDevice } from "./activate-device.ts";
import { type BundleRef, forEachLicense, licensesOf, rehearse } from "./find-bundle.ts";

/** Binds a device to the licenses of a bundle, or to none of them where one refuses it. */
export async function activateBundle(
  context: VendorContext,
  ref: BundleRef,
  wish: Activation,
  password: string | null | undefined,
): Promise<readonly Activated[] | Refusal<RefusalCode | DeviceRefusalCode>> {
  const [first] = licensesOf(ref);
  // They share their user, so one proof is good for all.
  const unproven = first && (await provePassword(context, first, password));
  if (unproven !== undefined) return unproven;
  const rehearsed = await forEachLicense(ref, (license) => bindDevice(context, license, wish, rehearse));
  return isRefusal(rehearsed) ? rehearsed : forEachLicense(ref, (license) => bindDevice(context, license, wish));
}
