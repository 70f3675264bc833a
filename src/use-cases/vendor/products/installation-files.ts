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

/** The versions that a license may install, the newest first: those released while it is, or was, maintained. [FILE-10] */
export async function allowedFiles(
  context: { readonly store: Store },
  license: License,
  filter: FileFilter,
): Promise<readonly InstallationFile[]> {
  const until = maintainedUntil(license);
  const files = await offeredFiles(context, license.product.id, filter);
  return files.filter((file) => until === null || file.releasedAt <= until);
}

/** The versions of a product that the vendor offers, whoever may install them, the newest first. */
export async function offeredFiles(
  { store }: { readonly store: Store },
  productId: number,
  { environment, channel, version }: FileFilter,
): Promise<readonly InstallationFile[]> {
  const files = await store.records("installation_file", { field: "productId", value: productId });
  return files
    .filter((file) => file.enabled)
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
