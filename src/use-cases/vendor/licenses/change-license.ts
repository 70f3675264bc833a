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

/** A value, or what makes it of the license as it is at the commit, so that no other change is lost in between. */
type Given<T> = T | ((earlier: License) => T);

/** What may be changed of a license; what is left out stays. */
export interface LicenseChange {
  readonly terms?: Given<Partial<LicenseTerms>> | undefined;
  /** In place of all features it has; what is not given of one that it has already stays. */
  readonly features?: Given<readonly FeatureOverride[]> | undefined;
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
      ...(customerId ? [["customerId", customerRef] as const] : []),
      ...(orderId ? [["orderId", orderRef] as const] : []),
      ...userRefs.map((ref, at) => [`users.${at}.userId`, ref] as const),
    ]);
    if (missing !== undefined) return unchanged(missing);
    const shown = customerToWire(customerId ? view.records.get(customerRef) : undefined);
    const storeId = orderId ? (view.records.get(orderRef)?.storeId ?? null) : null;
    const terms = atCommit(view, change.terms);
    const features = atCommit(view, change.features);
    const problem = findChangeProblem(change, features);
    if (problem !== undefined) return unchanged(refuse("invalid_field", problem));
    return decideChange(view, product, {
      ...change,
      terms,
      features,
      customer: customerId === undefined ? undefined : { id: customerId, shown },
      order: orderId === undefined ? undefined : { id: orderId, storeId },
    });
  });
}

/** A license that is gone by now is left to the decision. */
function atCommit<T extends object>({ license }: View, given: Given<T> | undefined): T | undefined {
  if (typeof given !== "function") return given;
  return license === undefined ? undefined : given(license);
}

function findChangeProblem(
  { metadata, customFields }: LicenseChange,
  features: readonly FeatureOverride[] = [],
): string | undefined {
  const attached = features.map((feature, at) => findMetadataProblem(feature.metadata, `features.${at}.metadata`));
  return (
    findMetadataProblem(metadata) ??
    findMetadataProblem(customFields, "customFields") ??
    attached.find((problem) => problem !== undefined)
  );
}

/** The first that is not there. @param named with the fields that name them */
function findMissing(
  { records }: View,
  named: readonly (readonly [string, AnyRecordRef])[],
): Refusal<"does_not_exist"> | undefined {
  const missing = named.find(([, ref]) => !records.has(ref));
  if (missing === undefined) return undefined;
  const [field, { kind, value }] = missing;
  return refuse("does_not_exist", `${field}: ${kind} ${value}`);
}
