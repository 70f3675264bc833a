import type { Instant } from "../../../domain/instant.ts";
import type { License } from "../../../domain/license.ts";
import type { InstallationFile } from "../../../domain/product.ts";
import type { Store } from "../../../store/store.ts";

/** Which versions are looked for; what is left out does not matter. */
export interface FileFilter {
  readonly environment?: string | undefined;
  readonly channel?: string | undefined;
  readonly version?: string | undefined;
}

/** The versions that a license may install, the newest first: those released while it is, or was, maintained. [FILE-8] */
export async function allowedFiles(
  { store }: { readonly store: Store },
  license: License,
  { environment, channel, version }: FileFilter,
): Promise<readonly InstallationFile[]> {
  const until = maintainedUntil(license);
  const files = await store.records("installation_file", { field: "productId", value: license.product.id });
  return files
    .filter((file) => file.enabled && (until === null || file.releasedAt <= until))
    .filter((file) => environment === undefined || file.environment === environment)
    .filter((file) => channel === undefined || file.channel === channel)
    .filter((file) => version === undefined || file.version === version)
    .sort((a, b) => b.releasedAt - a.releasedAt || b.id - a.id);
}

export async function newestFile(
  context: { readonly store: Store },
  license: License,
  filter: FileFilter,
): Promise<InstallationFile | undefined> {
  return (await allowedFiles(context, license, filter))[0];
}

function maintainedUntil({ details, validUntil }: License): Instant | null {
  return details.maintenanceUntil ?? validUntil;
}
