import type { Instant } from "./instant.ts";
import type { Json, JsonObject } from "./json.ts";

/** Where seats float: on the customer's floating server, or at the vendor through the License API. */
export type Channel = "onPremise" | "cloud";

/** The terms under which the seats of one pool are handed out. */
export interface PoolTerms {
  /** On which side the seats float; neither means that there is no pool. */
  readonly floats: Readonly<Record<Channel, boolean>>;
  /** Seats at once. */
  readonly capacity: number;
  /** How long a seat lasts without being renewed, in milliseconds. */
  readonly timeoutMs: number;
  readonly canBorrow: boolean;
  /** The longest borrow, in milliseconds; 0 allows none. */
  readonly maxBorrowMs: number;
}

export type ConsumptionPeriod = "daily" | "weekly" | "monthly" | "annually";

/** The terms of a metered license or feature. Amounts are whole units. */
export interface ConsumptionTerms {
  readonly max: number;
  readonly unlimited: boolean;
  readonly allowNegative: boolean;
  readonly allowOverages: boolean;
  /** With overages allowed, 0 means that they are unlimited. */
  readonly maxOverages: number;
  /** When the total starts again at 0 (UTC); null is never. */
  readonly resets: ConsumptionPeriod | null;
  /** What was used up before the license came here. */
  readonly initialTotal: number;
}

export interface Feature extends PoolTerms {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly type: "activation" | "consumption";
  readonly expiresAt: Instant | null;
  readonly metadata: JsonObject;
  /** Present on features of type consumption. */
  readonly consumption: ConsumptionTerms | null;
}

export interface Product {
  readonly id: number;
  readonly name: string;
  /** The short code that requests name. */
  readonly code: string;
  readonly authorizationMethod: "license-key" | "user";
  readonly metadata: JsonObject;
  readonly preventVm: boolean;
}

export type LicenseType = "perpetual" | "time-limited" | "subscription" | "consumption";

/** A license and all its features: the unit of consistency. */
export interface License extends PoolTerms {
  readonly id: number;
  readonly product: Product;
  readonly type: LicenseType;
  readonly active: boolean;
  readonly enabled: boolean;
  readonly startsAt: Instant | null;
  /** End of validity, before any grace period. */
  readonly validUntil: Instant | null;
  readonly gracePeriodMs: number;
  readonly allowGracePeriod: boolean;
  /** Present on licenses of type consumption. */
  readonly consumption: ConsumptionTerms | null;
  readonly features: readonly Feature[];
  readonly details: LicenseDetails;
  /** On the vendor's side only: what no license file carries. */
  readonly issued?: Issued;
}

/** What a vendor alone knows of a license that it has issued. */
export interface Issued {
  readonly at: Instant;
  /** How long the license is valid from its first activation on, in milliseconds; null where `validUntil` says it. */
  readonly validDurationMs: number | null;
  /** The users of a license of a user-based product. */
  readonly users: readonly AssignedUser[];
  /** How many users may be assigned; 0 is any number. */
  readonly maxUsers: number;
  readonly customerId: number | null;
  readonly orderId: number | null;
  readonly policyId: number | null;
  /** Devices that were deactivated and not replaced since: the next other device is a transfer. [DEV-3] */
  readonly vacancies: number;
  /** The bundle the license was issued with. Licenses of one bundle share their key or user. */
  readonly bundleCode: string | null;
  readonly isAirGapped: boolean;
  readonly isHardwareKeyAuth: boolean;
  readonly enableMaintenancePeriod: boolean;
}

/** A license user's right to activate one license. */
export interface AssignedUser {
  readonly userId: number;
  /** How many devices this user may activate on the license at once. */
  readonly maxActivations: number;
  readonly allowUnlimitedActivations: boolean;
}

/** What decisions never look at: carried for display and for clients. */
export interface LicenseDetails {
  readonly key: string | null;
  readonly maintenanceUntil: Instant | null;
  readonly preventVm: boolean;
  readonly isTrial: boolean;
  readonly maxActivations: number;
  readonly timesActivated: number;
  readonly allowUnlimitedActivations: boolean;
  readonly transferCount: number;
  readonly maxTransfers: number;
  readonly orderStoreId: string | null;
  readonly metadata: JsonObject;
  readonly customFields: readonly Json[];
  readonly customer: JsonObject;
}

const featuresByCode = new WeakMap<License, ReadonlyMap<string, Feature>>();

/** The license's feature of that code, compared exactly. Constant time after the first call for a license. */
export function findFeature(license: License, code: string): Feature | undefined {
  let features = featuresByCode.get(license);
  if (features === undefined) {
    features = new Map(license.features.map((feature) => [feature.code, feature]));
    featuresByCode.set(license, features);
  }
  return features.get(code);
}

/** When the license stops giving seats; a subscription may have a grace period on top. [LIC-3] */
export function licenseEndsAt(license: License): Instant | null {
  if (license.validUntil === null) return null;
  const grace = license.type === "subscription" && license.allowGracePeriod ? license.gracePeriodMs : 0;
  return license.validUntil + grace;
}

export function isLicenseExpired(license: License, now: Instant): boolean {
  const endsAt = licenseEndsAt(license);
  return endsAt !== null && endsAt <= now;
}

export function isFeatureExpired(feature: Feature, now: Instant): boolean {
  return feature.expiresAt !== null && feature.expiresAt <= now;
}
