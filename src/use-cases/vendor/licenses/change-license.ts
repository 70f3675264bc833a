import { decideChange, type LicensePatch } from "../../../domain/change-license.ts";
import type { License } from "../../../domain/license.ts";
import { type Refusal, refuse, type VendorRefusalCode } from "../../../domain/outcome.ts";
import { findMetadataProblem } from "../metadata.ts";
import type { VendorContext } from "../vendor-context.ts";

/** Changes terms or features of a license that is out. Floating servers learn of it by a refresh file. */
export async function changeLicense(
  { store }: VendorContext,
  licenseId: number,
  patch: LicensePatch,
): Promise<License | Refusal<VendorRefusalCode>> {
  const problem = findMetadataProblem(patch.metadata);
  if (problem !== undefined) return refuse("invalid_field", problem);
  const [license] = await store.findLicenses({ licenseId });
  const code = license?.product.code ?? "";
  const product = await store.findRecord({ kind: "product", field: "code", value: code });
  if (product === undefined) return refuse("does_not_exist", `license ${licenseId}`);
  return store.transact({ license: { licenseId }, everySeat: true, everyDevice: true }, (view) =>
    decideChange(view, product, patch),
  );
}
