import type { LicenseUser } from "../../../domain/customer.ts";
import type { Device } from "../../../domain/device.ts";
import type { License } from "../../../domain/license.ts";
import type { InstallationFile } from "../../../domain/product.ts";
import type { Seat } from "../../../domain/seat.ts";
import type { Usage } from "../../../domain/usage.ts";
import type { Store } from "../../../store/store.ts";
import { newestFile } from "../products/installation-files.ts";
import type { VendorContext } from "../vendor-context.ts";

/** A license as one device sees it. */
export interface DeviceLicense {
  readonly license: License;
  readonly usage: Usage;
  readonly device: Device;
  /** The seats that the device holds, of the license and of its features. */
  readonly seats: readonly Seat[];
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
  { environment }: { readonly environment?: string | undefined } = {},
): Promise<DeviceLicense | undefined> {
  const [license] = await store.findLicenses({ licenseId });
  const usage = await store.usage(licenseId);
  const device = (await store.devices({ hardwareId })).find((each) => each.licenseId === licenseId);
  if (license === undefined || usage === undefined || device === undefined) return undefined;
  const { userId } = device;
  const user = userId === null ? undefined : await store.findRecord({ kind: "user", field: "id", value: userId });
  const userActivations = userId === null ? 0 : await countActivations(store, licenseId, userId);
  const file = await newestFile({ store }, license, { environment });
  const seats = await store.seatsOf(licenseId, hardwareId);
  return { license, usage, device, seats, user, userActivations, file };
}

/** The license key, or the user name on a license of a user-based product. */
export function licenseeOf({ license, user }: DeviceLicense): string {
  return license.details.key ?? user?.username ?? "";
}

async function countActivations(store: Store, licenseId: number, userId: number): Promise<number> {
  const devices = await store.devices({ licenseId });
  return devices.filter((device) => device.active && device.userId === userId).length;
}
