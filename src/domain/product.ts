import type { Instant } from "./instant.ts";
import type { Json } from "./json.ts";
import type { ConsumptionTerms, Feature, LicenseType, PoolTerms, Product } from "./license.ts";

/** A product as its vendor keeps it: what licenses are issued from. */
export interface VendorProduct extends Product {
  /** A disabled or archived product activates nothing; what is activated already goes on. */
  readonly state: "active" | "disabled" | "archived";
  /** What licenses of the product may have; their values are defaults that a license may override. */
  readonly features: readonly ProductFeature[];
  readonly customFields: readonly CustomField[];
  /** Timeout of new licenses that float, in milliseconds. */
  readonly timeoutMs: number;
  readonly allowOverages: boolean;
  readonly maxOverages: number;
  /** Null where there are no trials. */
  readonly trial: TrialTerms | null;
  readonly createdAt: Instant;
}

/** A feature as its product defines it. Its code is fixed once a license has it. */
export type ProductFeature = Omit<Feature, "expiresAt">;

export interface TrialTerms {
  readonly days: number;
  /** Whether a trial asks for an e-mail address; always so for user-based products. */
  readonly isEmailRequired: boolean;
  /** Policy that trials are issued by; null gives every feature of the product. */
  readonly policyId: number | null;
}

/** A field that a vendor adds to its licenses; carried, never looked at. */
export interface CustomField {
  readonly name: string;
  readonly value: Json;
}

/** What a policy or an order says of a license beside its features. */
export interface LicenseTerms extends PoolTerms {
  readonly type: LicenseType;
  readonly consumption: ConsumptionTerms | null;
  readonly startsAt: Instant | null;
  readonly validUntil: Instant | null;
  /** From the first activation on, in milliseconds. */
  readonly validDurationMs: number | null;
  readonly maintenanceUntil: Instant | null;
  readonly gracePeriodMs: number;
  readonly allowGracePeriod: boolean;
  readonly preventVm: boolean;
  readonly isTrial: boolean;
  readonly maxActivations: number;
  readonly allowUnlimitedActivations: boolean;
  /** How often a license may move to another device; 0 is any number of times. */
  readonly maxTransfers: number;
  readonly maxUsers: number;
  readonly isAirGapped: boolean;
}

/** What a license has otherwise than its product's feature says. */
export interface FeatureOverride extends Partial<Omit<ProductFeature, "id" | "code" | "name" | "type">> {
  readonly code: string;
  readonly expiresAt?: Instant | null;
}

/** A named way of selling a product. */
export interface Policy {
  readonly id: number;
  readonly productId: number;
  readonly code: string;
  readonly name: string;
  readonly terms: Partial<LicenseTerms>;
  /** Undefined gives every feature of the product as it is. */
  readonly features?: readonly FeatureOverride[];
}

/** Products that are sold and activated together. */
export interface Bundle {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly productCodes: readonly string[];
}

/** A version of a product that can be installed. */
export interface InstallationFile {
  readonly id: number;
  readonly productId: number;
  readonly version: string;
  /** Where it can be fetched. */
  readonly url: string;
  readonly releasedAt: Instant;
  readonly md5: string;
  readonly requiresVersion: string;
  readonly environment: string;
  readonly eulaLink: string;
  readonly releaseNotesLink: string;
  /** Bytes. */
  readonly size: number;
  readonly channel: string;
  readonly enabled: boolean;
}
