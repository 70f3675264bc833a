import { decideRemoval } from "../../../domain/change-record.ts";
import type { Refusal, VendorRefusalCode } from "../../../domain/outcome.ts";
import type { InstallationFile } from "../../../domain/product.ts";
import type { VendorContext } from "../vendor-context.ts";

/** Removes an installation file: no license may install that version any more. */
export function deleteInstallationFile(
  { store }: VendorContext,
  fileId: number,
): Promise<InstallationFile | Refusal<VendorRefusalCode>> {
  const ref = { kind: "installation_file", field: "id", value: fileId } as const;
  return store.transact({ records: [ref] }, (view) => decideRemoval(view, "installation_file", ref));
}
