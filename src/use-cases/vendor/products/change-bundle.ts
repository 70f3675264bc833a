import { decideRecordChange } from "../../../domain/change-record.ts";
import { withoutUndefined } from "../../../domain/license-terms.ts";
import { type Refusal, refuse, type VendorRefusalCode } from "../../../domain/outcome.ts";
import type { Bundle } from "../../../domain/product.ts";
import type { VendorContext } from "../vendor-context.ts";
import { productRef, refuseBundle } from "./create-bundle.ts";

/** What may be changed of a bundle; what is left out stays. */
export type BundlePatch = Partial<Omit<Bundle, "id">>;

/**
 * Changes a bundle. Licenses that were issued with it stay as they are.
 *
 * @returns it; `is_in_use` where its code is to change and licenses have it
 */
export async function changeBundle(
  { store }: VendorContext,
  code: string,
  patch: BundlePatch,
): Promise<Bundle | Refusal<VendorRefusalCode>> {
  const ref = { kind: "bundle", field: "code", value: code } as const;
  const known = await store.findRecord(ref);
  if (known === undefined) return refuse("does_not_exist", `bundle ${code}`);
  const renamed = { ...ref, value: patch.code ?? code } as const;
  // Products are looked at where they are to change only: what is in the bundle cannot be deleted.
  const products = patch.productCodes?.map(productRef);
  return store.transact({ licenses: [{ bundleCode: code }], records: [ref, renamed, ...(products ?? [])] }, (view) =>
    decideRecordChange(view, "bundle", ref, (bundle) => {
      const after: Bundle = { ...bundle, ...withoutUndefined(patch), id: bundle.id };
      if (after.code !== code && view.records.get(renamed) !== undefined) {
        return refuse("already_exists", `code ${after.code}`);
      }
      if (after.code !== code && view.licenses.length > 0) {
        return refuse("is_in_use", `code: ${view.licenses.length} licenses`);
      }
      return refuseBundle(view, after, products !== undefined) ?? after;
    }),
  );
}
