import type { Decision, View } from "./decision.ts";
import { unchanged } from "./decision.ts";
import type { Instant } from "./instant.ts";
import type { Json, JsonObject } from "./json.ts";
import type { AssignedUser, Feature, License } from "./license.ts";
import { type Refusal, refuse, type VendorRefusalCode } from "./outcome.ts";
import type { FeatureOverride, LicenseTerms, VendorProduct } from "./product.ts";
import { LICENSE_POOL } from "./seat.ts";

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

/** Makes a license that nobody has activated yet. [LIC-6] */
export function decideIssue(view: View, plan: LicensePlan): Decision<License | Refusal<VendorRefusalCode>> {
  if (view.license !== undefined) return unchanged(refuse("already_exists", "license_key"));
  const features = makeFeatures(plan.product, plan.features);
  if ("refused" in features) return unchanged(features);
  const license = makeLicense(view.nextIds.license, plan, features, view.now);
  return {
    outcome: license,
    changes: [{ change: "put_license", license }],
    events: [
      {
        kind: "license_issued",
        licenseId: license.id,
        featureId: LICENSE_POOL,
        data: { product: plan.product.code, customerId: plan.customerId, orderStoreId: plan.orderStoreId },
      },
    ],
  };
}

/** The product's features with what a license has otherwise. */
export function makeFeatures(
  product: VendorProduct,
  overrides: readonly FeatureOverride[] = product.features.map(({ code }) => ({ code })),
): readonly Feature[] | Refusal<VendorRefusalCode> {
  const features: Feature[] = [];
  for (const [at, override] of overrides.entries()) {
    const defined = product.features.find(({ code }) => code === override.code);
    if (defined === undefined) return refuse("does_not_exist", `features.${at}.code ${override.code}`);
    if (features.some(({ code }) => code === override.code)) {
      return refuse("invalid_field", `features.${at}.code ${override.code} is given twice`);
    }
    const feature: Feature = { ...defined, expiresAt: null, ...withoutUndefined(override) };
    const problem = findFeatureProblem(feature);
    if (problem !== undefined) return refuse("invalid_field", `features.${at}.${problem}`);
    features.push(feature);
  }
  return features;
}

/** The field of a feature that cannot be, with what it must be. */
export function findFeatureProblem(feature: Omit<Feature, "expiresAt">): string | undefined {
  const problem = findTermsProblem(feature);
  if (problem !== undefined) return problem;
  if ((feature.type === "consumption") !== (feature.consumption !== null)) {
    return "consumption must be given for features of type consumption, and only for them";
  }
  return undefined;
}

/** The field of a pool's or license's terms that cannot be, with what it must be. */
export function findTermsProblem(terms: Partial<Omit<LicenseTerms, "type">>): string | undefined {
  const { capacity = 0, timeoutMs = 0, maxBorrowMs = 0, maxActivations = 0, consumption } = terms;
  if (!isCount(capacity)) return "capacity must be a whole number, 0 or more";
  if (!isCount(maxActivations)) return "maxActivations must be a whole number, 0 or more";
  if (!isCount(timeoutMs)) return "timeoutMs must be whole milliseconds, 0 or more";
  if (!isCount(maxBorrowMs)) return "maxBorrowMs must be whole milliseconds, 0 or more";
  const isFloating = terms.floats?.onPremise || terms.floats?.cloud;
  if (isFloating && timeoutMs === 0) return "timeoutMs must be more than 0 where seats float";
  if (consumption && !(isCount(consumption.max) && isCount(consumption.maxOverages))) {
    return "consumption must have whole numbers, 0 or more";
  }
  return undefined;
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function makeLicense(id: number, plan: LicensePlan, features: readonly Feature[], now: Instant): License {
  const { product, customFields } = plan;
  const terms = { ...defaultTerms(product), ...withoutUndefined(plan.terms) };
  return {
    id,
    product: {
      id: product.id,
      name: product.name,
      code: product.code,
      authorizationMethod: product.authorizationMethod,
      metadata: product.metadata,
      preventVm: product.preventVm,
    },
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
      validDurationMs: terms.validDurationMs,
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

/** A license for one device, for ever, that does not float. */
function defaultTerms({ timeoutMs, preventVm }: VendorProduct): LicenseTerms {
  return {
    type: "perpetual",
    floats: { onPremise: false, cloud: false },
    capacity: 0,
    timeoutMs,
    canBorrow: false,
    maxBorrowMs: 0,
    consumption: null,
    startsAt: null,
    validUntil: null,
    validDurationMs: null,
    maintenanceUntil: null,
    gracePeriodMs: 0,
    allowGracePeriod: false,
    preventVm,
    isTrial: false,
    maxActivations: 1,
    allowUnlimitedActivations: false,
    maxTransfers: 0,
    maxUsers: 0,
    isAirGapped: false,
  };
}

function withoutUndefined<T extends object>(values: T): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;
}
