import type { KeyObject } from "node:crypto";
import type { Decide, Scope } from "../domain/decision.ts";
import { decideAnswerImport, decideRefreshImport, type Imported } from "../domain/import-license.ts";
import type { License } from "../domain/license.ts";
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

/** What was taken over, and what was here before. */
export interface LicenseImport extends Imported {
  /** Undefined where the license is new here. */
  readonly before: License | undefined;
}

/**
 * Takes over the license of a file, or says which check the file failed; nothing is changed then. An answer closes the
 * request that it is to, in the same commit.
 */
export async function importLicense(
  context: ImportContext,
  text: string,
  product?: string,
): Promise<LicenseImport | Refusal<FileRefusalCode>> {
  const read = readImport(context, text, product);
  return "refused" in read ? read : context.store.transact(read.scope, read.decide);
}

/** A file that is whole, signed, and for this server; what remains is up to what is here. */
export interface ReadImport {
  readonly scope: Scope;
  readonly decide: Decide<LicenseImport | Refusal<FileRefusalCode>>;
}

/** Reads and verifies a license file. */
export function readImport(
  { trustedKeys, hardwareId }: Omit<ImportContext, "store">,
  text: string,
  product?: string,
): ReadImport | Refusal<FileRefusalCode> {
  const read = readLicenseFile(text, { trustedKeys, hardwareId, product });
  if ("problem" in read) {
    return read.check === "hardware_id"
      ? refuse("hardware_id_mismatch", read.problem)
      : refuse("license_file_invalid", `${read.check}: ${read.problem}`);
  }
  const license = readLicense(read.object);
  if ("problem" in license) return refuse("license_file_invalid", `content: ${license.problem}`);
  const { file, requestId } = read;
  return {
    scope: { license: { licenseId: license.id }, everyRecord: ["offline_request"] },
    decide(view) {
      const { outcome, ...decision } =
        requestId === undefined
          ? decideRefreshImport(view, license, file)
          : decideAnswerImport(view, license, file, requestId);
      return { ...decision, outcome: "refused" in outcome ? outcome : { ...outcome, before: view.license } };
    },
  };
}
