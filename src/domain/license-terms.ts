import { LATEST_INSTANT } from "./instant.ts";
import type { Feature, License } from "./license.ts";
import type { LicenseTerms, VendorProduct } from "./product.ts";

const COUNTS = ["capacity", "maxActivations", "maxTransfers", "maxUsers"] as const;
const DURATIONS = ["timeoutMs", "maxBorrowMs", "gracePeriodMs", "validDurationMs"] as const;
const INSTANTS = ["startsAt", "validUntil", "maintenanceUntil"] as const;

/** The terms where nobody says otherwise: a license for one device, for ever, that does not float. */
export function usualTerms({ timeoutMs, preventVm }: VendorProduct): LicenseTerms {
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

/** The terms of a license that is out. */
export function termsOf({ details, issued, ...license }: License): LicenseTerms {
  const { type, startsAt, validUntil, gracePeriodMs, allowGracePeriod } = license;
  const { floats, capacity, timeoutMs, canBorrow, maxBorrowMs, consumption } = license;
  const { maintenanceUntil, preventVm, isTrial, maxActivations, allowUnlimitedActivations, maxTransfers } = details;
  return {
    ...{ type, startsAt, validUntil, gracePeriodMs, allowGracePeriod },
    ...{ floats, capacity, timeoutMs, canBorrow, maxBorrowMs, consumption },
    ...{ maintenanceUntil, preventVm, isTrial, maxActivations, allowUnlimitedActivations, maxTransfers },
    validDurationMs: issued?.validDurationMs ?? null,
    maxUsers: issued?.maxUsers ?? 0,
    isAirGapped: issued?.isAirGapped ?? false,
  };
}

/** The license with these terms in place of its own. */
export function withTerms(license: License, terms: LicenseTerms): License {
  const { details, issued } = license;
  const { type, startsAt, validUntil, gracePeriodMs, allowGracePeriod } = terms;
  const { floats, capacity, timeoutMs, canBorrow, maxBorrowMs, consumption } = terms;
  const { maintenanceUntil, preventVm, isTrial, maxActivations, allowUnlimitedActivations, maxTransfers } = terms;
  const { validDurationMs, maxUsers, isAirGapped } = terms;
  const enableMaintenancePeriod = maintenanceUntil !== null;
  return {
    ...license,
    ...{ type, startsAt, validUntil, gracePeriodMs, allowGracePeriod },
    ...{ floats, capacity, timeoutMs, canBorrow, maxBorrowMs, consumption },
    details: {
      ...details,
      ...{ maintenanceUntil, preventVm, isTrial, maxActivations, allowUnlimitedActivations, maxTransfers },
    },
    ...(issued !== undefined && {
      issued: { ...issued, validDurationMs, maxUsers, isAirGapped, enableMaintenancePeriod },
    }),
  };
}

/** The field of a license's terms that cannot be, with what it must be. */
export function findLicenseProblem(terms: Partial<LicenseTerms>): string | undefined {
  const problem = findTermsProblem(terms);
  if (problem !== undefined) return problem;
  if ((terms.type === "consumption") !== ((terms.consumption ?? null) !== null)) {
    return "consumption must be given for licenses of type consumption, and only for them";
  }
  return undefined;
}

/** The field of a feature that cannot be, with what it must be. */
export function findFeatureProblem(feature: Omit<Feature, "expiresAt"> & Partial<Feature>): string | undefined {
  const problem = findTermsProblem(feature);
  if (problem !== undefined) return problem;
  if (!isInstant(feature.expiresAt)) return "expiresAt must be a time up to the year 9999, or null";
  if ((feature.type === "consumption") !== (feature.consumption !== null)) {
    return "consumption must be given for features of type consumption, and only for them";
  }
  return undefined;
}

/** The field of a pool's or license's terms that cannot be, with what it must be. */
export function findTermsProblem(terms: Partial<Omit<LicenseTerms, "type">>): string | undefined {
  for (const field of COUNTS) if (!isCount(terms[field])) return `${field} must be a whole number, 0 or more`;
  for (const field of DURATIONS) if (!isCount(terms[field])) return `${field} must be whole milliseconds, 0 or more`;
  for (const field of INSTANTS) {
    if (!isInstant(terms[field])) return `${field} must be a time up to the year 9999, or null`;
  }
  const isFloating = terms.floats?.onPremise || terms.floats?.cloud;
  if (isFloating && (terms.timeoutMs ?? 0) === 0) return "timeoutMs must be more than 0 where seats float";
  const { max, maxOverages, initialTotal } = terms.consumption ?? {};
  for (const [field, amount] of Object.entries({ max, maxOverages, initialTotal })) {
    if (!isCount(amount)) return `consumption.${field} must be a whole number, 0 or more`;
  }
  return undefined;
}

/** What is left out is no problem. */
export function isCount(value: number | null | undefined): boolean {
  return value === undefined || value === null || (Number.isSafeInteger(value) && value >= 0);
}

export function isInstant(value: number | null | undefined): boolean {
  return isCount(value) && (value ?? 0) <= LATEST_INSTANT;
}

export function withoutUndefined<T extends object>(values: T): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;
}
