import { unchanged } from "../../../domain/decision.ts";
import { type Refusal, refuse } from "../../../domain/outcome.ts";
import { encodeFile, signRefresh } from "../../../license-file/write-license-file.ts";
import { licenseeOf, showDeviceLicense } from "../devices/show-device-license.ts";
import type { OfflineContext } from "./offline-context.ts";

type RefreshRefusal = Refusal<"license_not_found" | "device_not_found" | "blacklisted">;

/**
 * Writes a refresh of a license for a floating server that imported it before: the license as it is now. Nothing is
 * kept of it. Its date is the time of decisions, which never goes back, so a later refresh is never the older one.
 *
 * @returns the text of the `.lic` file
 */
export async function writeRefreshFile(
  context: OfflineContext,
  licenseId: number,
  hardwareId: string,
): Promise<{ readonly file: string } | RefreshRefusal> {
  const seen = await context.store.transact({ license: { licenseId }, device: hardwareId }, unchanged);
  const { license, device, now } = seen;
  if (license === undefined) return refuse("license_not_found");
  if (device?.blacklisted) return refuse("blacklisted");
  if (!device?.active) return refuse("device_not_found", `hardwareId: device ${hardwareId}`);
  const shown = await showDeviceLicense(context, license, hardwareId);
  if (shown === undefined) return refuse("license_not_found");
  const refresh = {
    license: await context.activationObject(shown),
    licensee: licenseeOf(shown),
    hardwareId,
    refreshedAt: now,
  };
  return { file: encodeFile(await signRefresh(refresh, context.keys.signer)) };
}
