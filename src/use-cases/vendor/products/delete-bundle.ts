import { decideRemoval } from "../../../domain/change-record.ts";
import type { Refusal, VendorRefusalCode } from "../../../domain/outcome.ts";
import type { Bundle } from "../../../domain/product.ts";
import type { VendorContext } from "../vendor-context.ts";

/** Removes a bundle. @returns it; `is_in_use` while there are licenses that were issued with it */
export function deleteBundle({ store }: VendorContext, code: string): Promise<Bundle | Refusal<VendorRefusalCode>> {
  const ref = { kind: "bundle", field: "code", value: code } as const;
  return store.transact({ licenses: [{ bundleCode: code }], records: [ref] }, (view) => {
    const { length } = view.licenses;
    return decideRemoval(view, "bundle", ref, length > 0 ? `${length} licenses` : undefined);
  });
}
