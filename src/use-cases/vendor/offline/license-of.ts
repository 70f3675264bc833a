import type { RequestContent } from "../../../license-file/request-content.ts";
import type { DeviceLicenseRef } from "../devices/device-license-ref.ts";

/** Which license a request is about. */
export function licenseOf({ product, licenseKey, username, licenseId, bundleCode }: RequestContent): DeviceLicenseRef {
  return { product, licenseId, key: licenseKey, username, bundleCode };
}
