import type { LicenseRef } from "../../../domain/decision.ts";
import { type DeviceRefusalCode, isRefusal, type Refusal, type RefusalCode, refuse } from "../../../domain/outcome.ts";
import type { InstallationFile } from "../../../domain/product.ts";
import { allowedFiles, type FileFilter } from "../products/installation-files.ts";
import type { VendorContext } from "../vendor-context.ts";
import { findActiveDevice } from "./find-active-device.ts";

/**
 * The versions that a device may install, the newest first. Those of before the end of its license's maintenance are
 * there for an expired license, too. [FILE-10]
 *
 * @returns `version_not_found` where the filter names a version and the license may not have it
 */
export async function findVersions(
  context: VendorContext,
  license: LicenseRef,
  hardwareId: string,
  filter: FileFilter,
): Promise<readonly InstallationFile[] | Refusal<RefusalCode | DeviceRefusalCode>> {
  const found = await findActiveDevice(context, license, hardwareId);
  if (isRefusal(found)) return found.refused === "license_not_active" ? refuse("active_license_required") : found;
  const files = await allowedFiles(context, found.license, filter);
  return files.length === 0 && filter.version !== undefined ? refuse("version_not_found") : files;
}
