import type { Decision, View } from "./decision.ts";
import { unchanged } from "./decision.ts";
import type { Instant } from "./instant.ts";
import type { Json, JsonObject } from "./json.ts";
import type { AssignedUser, Feature, License } from "./license.ts";
import { licenseEvent, shownLicense } from "./license-event.ts";
import { findFeatureProblem, findLicenseProblem, isCount, usualTerms, withoutUndefined } from "./license-terms.ts";
import { type Refusal, refuse, type VendorRefusalCode } from "./outcome.ts";
import type { FeatureOverride, LicenseTerms, VendorProduct } from "./product.ts";

/** What a license is issued with. */
export interface LicensePlan {
  readonly product: VendorProduct;
  /** Null on licenses of user-based products. */
  readonly key: string | null;
  readonly users: readonly AssignedUser[];
  /** What differs from the usual: the policy's terms, and over them those of this one license. */
  readonly terms: Partial<LicenseTerms>;
  /** The features it has; undefined is every feature of the product as it is. */
  readonly features: readonly FeatureOverride[] | undefined;
  readonly customerId: number | null;
  /** As license objects show the customer. */
  readonly customer: JsonObject;
  readonly orderId: number | null;
  readonly orderStoreId: string | null;
  readonly policyId: number | null;
  readonly bundleCode: string | null;
  readonly metadata: JsonObject;
  readonly customFields: readonly Json[];
}

/** Makes a license that nobody has activated yet. The scope shows the licenses of its product with its key. [LIC-6] */
export function decideIssue(view: View, plan: LicensePlan): Decision<License | Refusal<VendorRefusalCode>> {
  const decision = decideIssues(view, [plan]);
  const { outcome } = decision;
  return { ...decision, outcome: "refused" in outcome ? outcome : (outcome[0] as License) };
}

/** Makes all of several licenses, or none. */
export function decideIssues(
  view: View,
  plans: readonly LicensePlan[],
): Decision<readonly License[] | Refusal<VendorRefusalCode>> {
  const licenses: License[] = [];
  for (const plan of plans) {
    const known = [...view.licenses, ...(view.license === undefined ? [] : [view.license]), ...licenses];
    if (known.some((license) => isSameKey(license, plan))) return unchanged(refuse("already_exists", "key"));
    const license = makeLicense(view.nextIds.license + licenses.length, plan, view.now);
    if ("refused" in license) return unchanged(license);
    licenses.push(license);
  }
  return {
    outcome: licenses,
    changes: licenses.map((license) => ({ change: "put_license", license })),
    events: licenses.map((license) =>
      licenseEvent("license_issued", license, { product: license.product.code, after: shownLicense(license) }),
    ),
  };
}

/** A key names one license of a product. [REC-1] */
function isSameKey({ product, details }: License, plan: LicensePlan): boolean {
  return plan.key !== null && details.key === plan.key && product.code === plan.product.code;
}

/**
 * The product's features with what a license has otherwise.
 *
 * @param own features that the license has already: what is not given of them stays, whatever became of the product's
 */
export function makeFeatures(
  product: VendorProduct,
  overrides: readonly FeatureOverride[] = product.features.map(({ code }) => ({ code })),
  own: readonly Feature[] = [],
): readonly Feature[] | Refusal<VendorRefusalCode> {
  const features: Feature[] = [];
  for (const [at, override] of overrides.entries()) {
    const isMeant = ({ code }: { readonly code: string }) => code === override.code;
    const defined = own.find(isMeant) ?? product.features.find(isMeant);
    if (defined === undefined) return refuse("does_not_exist", `features.${at}.code: feature ${override.code}`);
    if (features.some(({ code }) => code === override.code)) {
      return refuse("invalid_field", `features.${at}.code ${override.code} is given twice`);
    }
    const { id, name, type } = defined;
    const feature: Feature = { expiresAt: null, ...defined, ...withoutUndefined(override), id, name, type };
    const problem = findFeatureProblem(feature);
    if (problem !== undefined) return refuse("invalid_field", `features.${at}.${problem}`);
    features.push(feature);
  }
  return features;
}

/** Why users cannot be assigned to a license. @param maxUsers 0 is any number */
export function findUsersProblem(users: readonly AssignedUser[], maxUsers: number): string | undefined {
  if (maxUsers > 0 && users.length > maxUsers) return `users must be at most ${maxUsers}: maxUsers`;
  if (new Set(users.map(({ userId }) => userId)).size < users.length) return "users must not name anyone twice";
  if (users.every(({ maxActivations }) => isCount(maxActivations))) return undefined;
  return "users: maxActivations must be a whole number, 0 or more";
}

function makeLicense(id: number, plan: LicensePlan, now: Instant): License | Refusal<VendorRefusalCode> {
  const { product, customFields } = plan;
  const features = makeFeatures(product, plan.features);
  if ("refused" in features) return features;
  const terms = { ...usualTerms(product), ...withoutUndefined(plan.terms) };
  const problem = findLicenseProblem(terms) ?? findUsersProblem(plan.users, terms.maxUsers);
  if (problem !== undefined) return refuse("invalid_field", problem);
  return {
    id,
    product: productSnapshot(product),
    type: terms.type,
    active: false,
    enabled: true,
    startsAt: terms.startsAt,
    validUntil: terms.validUntil,
    gracePeriodMs: terms.gracePeriodMs,
    allowGracePeriod: terms.allowGracePeriod,
    floats: terms.floats,
    capacity: terms.capacity,
    timeoutMs: terms.timeoutMs,
    canBorrow: terms.canBorrow,
    maxBorrowMs: terms.maxBorrowMs,
    consumption: terms.consumption,
    features,
    details: {
      key: plan.key,
      maintenanceUntil: terms.maintenanceUntil,
      preventVm: terms.preventVm,
      isTrial: terms.isTrial,
      maxActivations: terms.maxActivations,
      timesActivated: 0,
      allowUnlimitedActivations: terms.allowUnlimitedActivations,
      transferCount: 0,
      maxTransfers: terms.maxTransfers,
      orderStoreId: plan.orderStoreId,
      metadata: plan.metadata,
      customFields: customFields.length > 0 ? customFields : product.customFields.map((field) => ({ ...field })),
      customer: plan.customer,
    },
    issued: {
      at: now,
      validDurationMs: terms.validUntil === null ? terms.validDurationMs : null,
      users: plan.users,
      maxUsers: terms.maxUsers,
      customerId: plan.customerId,
      orderId: plan.orderId,
      policyId: plan.policyId,
      vacancies: 0,
      bundleCode: plan.bundleCode,
      isAirGapped: terms.isAirGapped,
      isHardwareKeyAuth: false,
      enableMaintenancePeriod: terms.maintenanceUntil !== null,
    },
  };
}

/** What a license carries of its product. */
export function productSnapshot(product: VendorProduct): License["product"] {
  const { id, name, code, authorizationMethod, metadata, preventVm } = product;
  return { id, name, code, authorizationMethod, metadata, preventVm };
}
