import type { VendorContext } from "../vendor-context.ts";
import { type DeviceLicense, showDeviceLicense } from "./show-device-license.ts";

/**
 * Every license that a device is active on, in the order it came to them. One that it is barred from is left out, for
 * it gets nothing there. [DEV-9]
 *
 * @param products codes of the products that the caller may ask about; null is all
 */
export async function listDeviceLicenses(
  context: VendorContext,
  hardwareId: string,
  products: readonly string[] | null,
): Promise<readonly DeviceLicense[]> {
  const { store } = context;
  const shown: DeviceLicense[] = [];
  for (const { licenseId, active, blacklisted } of await store.devices({ hardwareId })) {
    const [license] = active && !blacklisted ? await store.findLicenses({ licenseId }) : [];
    if (license === undefined || !(products?.includes(license.product.code) ?? true)) continue;
    const each = await showDeviceLicense(context, license, hardwareId);
    if (each !== undefined) shown.push(each);
  }
  return shown;
}
