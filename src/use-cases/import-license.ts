import type { KeyObject } from "node:crypto";
import { decideAnswerImport, decideRefreshImport, type Imported } from "../domain/import-license.ts";
import { type FileRefusalCode, type Refusal, refuse } from "../domain/outcome.ts";
import { readLicenseFile } from "../license-file/read-license-file.ts";
import type { Store } from "../store/store.ts";
import { readLicense } from "../wire/read-license.ts";

export interface ImportContext {
  readonly store: Store;
  /** The vendor's public keys that license files are verified with. */
  readonly trustedKeys: readonly KeyObject[];
  readonly hardwareId: string;
}

/**
 * Takes over the license of a file, or says which check the file failed; nothing is changed then. An answer closes the
 * request that it is to, in the same commit.
 */
export async function importLicense(
  { store, trustedKeys, hardwareId }: ImportContext,
  text: string,
  product?: string,
): Promise<Imported | Refusal<FileRefusalCode>> {
  const read = readLicenseFile(text, { trustedKeys, hardwareId, product });
  if ("problem" in read) {
    return read.check === "hardware_id"
      ? refuse("hardware_id_mismatch", read.problem)
      : refuse("license_file_invalid", `${read.check}: ${read.problem}`);
  }
  const license = readLicense(read.object);
  if ("problem" in license) return refuse("license_file_invalid", `content: ${license.problem}`);
  const { file, requestId } = read;
  return store.transact({ license: { licenseId: license.id }, everyRecord: ["offline_request"] }, (view) =>
    requestId === undefined
      ? decideRefreshImport(view, license, file)
      : decideAnswerImport(view, license, file, requestId),
  );
}
