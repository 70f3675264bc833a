import type { DeviceLicense } from "../devices/show-device-license.ts";
import type { VendorKeys } from "../keys/vendor-keys.ts";
import type { VendorContext } from "../vendor-context.ts";

/** What the use cases of files share. */
export interface OfflineContext extends VendorContext {
  readonly keys: VendorKeys;
  /** The license object of an activation, which an answer and a refresh are made of. */
  activationObject(
    shown: DeviceLicense,
  ): Promise<Readonly<Record<string, unknown>> & { readonly validity_period: string | null }>;
}
