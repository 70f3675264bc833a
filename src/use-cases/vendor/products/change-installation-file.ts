import { decideRecordChange } from "../../../domain/change-record.ts";
import { withoutUndefined } from "../../../domain/license-terms.ts";
import { type Refusal, refuse, type VendorRefusalCode } from "../../../domain/outcome.ts";
import type { InstallationFile } from "../../../domain/product.ts";
import type { VendorContext } from "../vendor-context.ts";
import { refuseFile } from "./add-installation-file.ts";
import { refsOfProduct } from "./product-records.ts";

/** What may be changed of an installation file; what is left out stays. */
export type FilePatch = Partial<Omit<InstallationFile, "id" | "productId">>;

/** Changes an installation file: takes it back for a while, for one, by `enabled`. */
export async function changeInstallationFile(
  { store }: VendorContext,
  fileId: number,
  patch: FilePatch,
): Promise<InstallationFile | Refusal<VendorRefusalCode>> {
  const fileRef = { kind: "installation_file", field: "id", value: fileId } as const;
  const known = await store.findRecord(fileRef);
  if (known === undefined) return refuse("does_not_exist", `installation_file ${fileId}`);
  const { ref } = refsOfProduct("installation_file", known.productId);
  return store.transact({ records: [fileRef, ref] }, (view) =>
    decideRecordChange(view, "installation_file", fileRef, (file) => {
      const { id, productId } = file;
      const after: InstallationFile = { ...file, ...withoutUndefined(patch), id, productId };
      return refuseFile(after, view.records.all(ref)) ?? after;
    }),
  );
}
