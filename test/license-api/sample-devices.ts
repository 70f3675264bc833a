import type { License } from "../../src/domain/license.ts";
import type { NewLicense } from "../../src/use-cases/vendor/licenses/issue-license.ts";
import { makeIssued } from "../support/make-products.ts";
import type { TestVendorServer } from "../support/vendor-server.ts";

/** With what a device names itself and its license, in every request. */
export interface TestDevice {
  readonly hardware_id: string;
  readonly product: string;
  readonly license_key: string;
}

/** What a device sends about a license of a key-based product. */
export function deviceOf(license: License, hardwareId = "hw-1"): TestDevice {
  const { product, details } = license;
  return { hardware_id: hardwareId, product: product.code, license_key: details.key ?? "" };
}

/** Activates the device over the wire, as an application does. */
export async function activate(vendor: TestVendorServer, device: object, more: object = {}): Promise<void> {
  const reply = await vendor.post("/activate_license", { ...device, ...more });
  if (reply.status !== 200) throw new Error(`the activation was refused: ${reply.text}`);
}

/** Takes the device off its license over the wire. */
export async function deactivate(vendor: TestVendorServer, device: object): Promise<void> {
  const reply = await vendor.post("/deactivate_license", device);
  if (reply.status !== 200) throw new Error(`the deactivation was refused: ${reply.text}`);
}

/** Issues a license and activates it on devices. */
export async function activeLicense(
  vendor: TestVendorServer,
  order: NewLicense,
  hardwareIds: readonly string[] = ["hw-1"],
): Promise<License> {
  const license = await makeIssued(vendor.side, order);
  for (const hardwareId of hardwareIds) await activate(vendor, deviceOf(license, hardwareId));
  return license;
}
