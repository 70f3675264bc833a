import { decideChange } from "../../../domain/change-license.ts";
import { unchanged, type View } from "../../../domain/decision.ts";
import type { Json, JsonObject } from "../../../domain/json.ts";
import type { AssignedUser, License } from "../../../domain/license.ts";
import { type Refusal, refuse, type VendorRefusalCode } from "../../../domain/outcome.ts";
import type { FeatureOverride, LicenseTerms } from "../../../domain/product.ts";
import type { AnyRecordRef } from "../../../domain/records.ts";
import { customerToWire } from "../customer-object.ts";
import { findMetadataProblem } from "../metadata.ts";
import type { VendorContext } from "../vendor-context.ts";

/** What may be changed of a license; what is left out stays. */
export interface LicenseChange {
  readonly terms?: Partial<LicenseTerms> | undefined;
  /** In place of all features it has; what is not given of one that it has already stays. */
  readonly features?: readonly FeatureOverride[] | undefined;
  /** In place of all users, see `assignUser` for one. */
  readonly users?: readonly AssignedUser[] | undefined;
  readonly metadata?: JsonObject | undefined;
  readonly customFields?: readonly Json[] | undefined;
  /** Null takes the license from its customer. */
  readonly customerId?: number | null | undefined;
  readonly orderId?: number | null | undefined;
}

/** Changes a license that is out. Floating servers learn of it by a refresh file. */
export async function changeLicense(
  { store }: VendorContext,
  licenseId: number,
  change: LicenseChange,
): Promise<License | Refusal<VendorRefusalCode>> {
  const problem = findChangeProblem(change);
  if (problem !== undefined) return refuse("invalid_field", problem);
  const [license] = await store.findLicenses({ licenseId });
  if (license === undefined) return refuse("does_not_exist", `license ${licenseId}`);
  // The product of a license stays the same, and cannot be deleted before it.
  const productRef = { kind: "product", field: "id", value: license.product.id } as const;
  const { customerId, orderId, users = [] } = change;
  const customerRef = { kind: "customer", field: "id", value: customerId ?? 0 } as const;
  const orderRef = { kind: "order", field: "id", value: orderId ?? 0 } as const;
  const userRefs = users.map(({ userId }): AnyRecordRef => ({ kind: "user", field: "id", value: userId }));
  const records = [productRef, customerRef, orderRef, ...userRefs];
  return store.transact({ license: { licenseId }, everySeat: true, everyDevice: true, records }, (view) => {
    const product = view.records.get(productRef);
    if (product === undefined) return unchanged(refuse("does_not_exist", `product ${license.product.code}`));
    const missing = findMissing(view, [
      ...(customerId ? [customerRef] : []),
      ...(orderId ? [orderRef] : []),
      ...userRefs,
    ]);
    if (missing !== undefined) return unchanged(missing);
    const shown = customerToWire(customerId ? view.records.get(customerRef) : undefined);
    const storeId = orderId ? (view.records.get(orderRef)?.storeId ?? null) : null;
    return decideChange(view, product, {
      ...change,
      customer: customerId === undefined ? undefined : { id: customerId, shown },
      order: orderId === undefined ? undefined : { id: orderId, storeId },
    });
  });
}

function findChangeProblem({ metadata, customFields, features = [] }: LicenseChange): string | undefined {
  const attached = features.map((feature, at) => findMetadataProblem(feature.metadata, `features.${at}.metadata`));
  return (
    findMetadataProblem(metadata) ??
    findMetadataProblem(customFields, "customFields") ??
    attached.find((problem) => problem !== undefined)
  );
}

function findMissing({ records }: View, refs: readonly AnyRecordRef[]): Refusal<"does_not_exist"> | undefined {
  const missing = refs.find((ref) => !records.has(ref));
  return missing && refuse("does_not_exist", `${missing.kind} ${missing.value}`);
}
