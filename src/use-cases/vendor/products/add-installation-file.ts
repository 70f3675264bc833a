import { decideCreation } from "../../../domain/change-record.ts";
import { isCount, isInstant } from "../../../domain/license-terms.ts";
import { type Refusal, refuse, type VendorRefusalCode } from "../../../domain/outcome.ts";
import type { InstallationFile } from "../../../domain/product.ts";
import { findNameProblem, findShownProblem } from "../../../domain/text-problem.ts";
import type { VendorContext } from "../vendor-context.ts";
import { recordsOfProduct } from "./product-records.ts";

export interface NewInstallationFile
  extends Pick<InstallationFile, "version">,
    Partial<Omit<InstallationFile, "id" | "productId" | "version">> {
  /** Product code. */
  readonly product: string;
}

/** Adds a version of a product that can be installed; released now unless said otherwise. */
export async function addInstallationFile(
  { store }: VendorContext,
  { product: productCode, ...file }: NewInstallationFile,
): Promise<InstallationFile | Refusal<VendorRefusalCode>> {
  const found = await recordsOfProduct(store, "installation_file", productCode);
  if ("refused" in found) return found;
  const { productRef, ref } = found;
  return store.transact({ records: [productRef, ref] }, (view) =>
    decideCreation(view, "installation_file", undefined, (id) => {
      const product = view.records.get(productRef);
      if (product === undefined) return refuse("does_not_exist", `product: product ${productCode}`);
      const made: InstallationFile = {
        url: "",
        releasedAt: view.now,
        md5: "",
        requiresVersion: "",
        environment: "",
        eulaLink: "",
        releaseNotesLink: "",
        size: 0,
        channel: "",
        enabled: true,
        ...file,
        id,
        productId: product.id,
      };
      return refuseFile(made, view.records.all(ref)) ?? made;
    }),
  );
}

const SHOWN = ["url", "md5", "requiresVersion", "environment", "eulaLink", "releaseNotesLink", "channel"] as const;

/** Why an installation file cannot be so. @param all of its product */
export function refuseFile(
  file: InstallationFile,
  all: readonly InstallationFile[],
): Refusal<VendorRefusalCode> | undefined {
  const problem = findNameProblem("version", file.version) ?? findShownProblem(file, SHOWN);
  if (problem !== undefined) return refuse("invalid_field", problem);
  if (!isCount(file.size)) return refuse("invalid_field", "size must be a whole number of bytes, 0 or more");
  if (!isInstant(file.releasedAt)) return refuse("invalid_field", "releasedAt must be a time up to the year 9999");
  return all.some((other) => other.id !== file.id && isSameVersion(other, file))
    ? refuse("already_exists", `version ${file.version}`)
    : undefined;
}

/** A version is there once for each environment and channel. */
function isSameVersion(a: InstallationFile, b: InstallationFile): boolean {
  return a.version === b.version && a.environment === b.environment && a.channel === b.channel;
}
