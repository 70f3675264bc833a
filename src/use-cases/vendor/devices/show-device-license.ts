import type { LicenseUser } from "../../../domain/customer.ts";
import type { Device } from "../../../domain/device.ts";
import type { License } from "../../../domain/license.ts";
import type { InstallationFile } from "../../../domain/product.ts";
import type { Seat } from "../../../domain/seat.ts";
import type { Usage } from "../../../domain/usage.ts";
import { newestFile } from "../products/installation-files.ts";
import type { VendorContext } from "../vendor-context.ts";

/** A license as one device sees it. */
export interface DeviceLicense {
  readonly license: License;
  readonly usage: Usage;
  readonly device: Device;
  /** The license seat of the device, where it has one. */
  readonly seat: Seat | undefined;
  /** Who activated it, on licenses of user-based products. */
  readonly user: LicenseUser | undefined;
  /** Devices that are active for that user on this license. */
  readonly userActivations: number;
  /** The newest version that the license may install. */
  readonly file: InstallationFile | undefined;
}

/** Gathers what a device is shown of its license; undefined where license or device is gone meanwhile. */
export async function showDeviceLicense(
  { store }: VendorContext,
  { id: licenseId }: License,
  hardwareId: string,
  { environment, seat }: { readonly environment?: string | undefined; readonly seat?: Seat | undefined } = {},
): Promise<DeviceLicense | undefined> {
  const [license] = await store.findLicenses({ licenseId });
  const usage = await store.usage(licenseId);
  const devices = await store.devices({ licenseId });
  const device = devices.find((each) => each.hardwareId === hardwareId);
  if (license === undefined || usage === undefined || device === undefined) return undefined;
  const { userId } = device;
  const user = userId === null ? undefined : await store.findRecord({ kind: "user", field: "id", value: userId });
  const userActivations = devices.filter((each) => each.active && userId !== null && each.userId === userId).length;
  const file = await newestFile({ store }, license, { environment });
  return { license, usage, device, seat, user, userActivations, file };
}
