import type { ImportedFile } from "../../src/domain/decision.ts";
import type { Device } from "../../src/domain/device.ts";
import { HOUR_MS, MINUTE_MS } from "../../src/domain/instant.ts";
import type { ConsumptionTerms, Feature, Issued, License, PoolTerms, Product } from "../../src/domain/license.ts";

const terms: PoolTerms = {
  floats: { onPremise: true, cloud: false },
  capacity: 2,
  timeoutMs: 15 * MINUTE_MS,
  canBorrow: true,
  maxBorrowMs: 72 * HOUR_MS,
};

/** A product named by its code. */
export function makeProduct(code = "cad"): Product {
  return { id: 1, name: code, code, authorizationMethod: "license-key", metadata: {}, preventVm: false };
}

/** A floating feature of two seats, unless said otherwise. */
export function makeFeature(overrides: Partial<Feature> = {}): Feature {
  return {
    ...terms,
    id: 11,
    code: "render",
    name: "Render node",
    type: "activation",
    expiresAt: null,
    metadata: {},
    consumption: null,
    ...overrides,
  };
}

/** At most 100, nothing beyond, never reset, unless said otherwise. */
export function makeConsumption(overrides: Partial<ConsumptionTerms> = {}): ConsumptionTerms {
  return {
    max: 100,
    unlimited: false,
    allowNegative: false,
    allowOverages: false,
    maxOverages: 0,
    resets: null,
    initialTotal: 0,
    ...overrides,
  };
}

/** A floating license of ten seats with one feature, valid for ever, unless said otherwise. */
export function makeLicense(overrides: Partial<License> = {}): License {
  return {
    ...terms,
    capacity: 10,
    id: 1,
    product: makeProduct(),
    type: "perpetual",
    active: true,
    enabled: true,
    startsAt: null,
    validUntil: null,
    gracePeriodMs: 0,
    allowGracePeriod: false,
    consumption: null,
    features: [makeFeature()],
    details: {
      key: "KEY-1",
      maintenanceUntil: null,
      preventVm: false,
      isTrial: false,
      maxActivations: 1,
      timesActivated: 0,
      allowUnlimitedActivations: false,
      transferCount: 0,
      maxTransfers: 0,
      orderStoreId: null,
      metadata: {},
      customFields: [],
      customer: {},
    },
    ...overrides,
  };
}

/** What a vendor knows of a license: for nobody in particular, never activated, unless said otherwise. */
export function makeIssuedDetails(overrides: Partial<Issued> = {}): Issued {
  return {
    at: Date.UTC(2026, 0, 1),
    validDurationMs: null,
    users: [],
    maxUsers: 0,
    customerId: null,
    orderId: null,
    policyId: null,
    vacancies: 0,
    bundleCode: null,
    isAirGapped: false,
    isHardwareKeyAuth: false,
    enableMaintenancePeriod: false,
    ...overrides,
  };
}

/** The file a license came from. */
export function makeFile(overrides: Partial<ImportedFile> = {}): ImportedFile {
  return { digest: "a".repeat(64), issuedAt: Date.UTC(2026, 0, 1), ...overrides };
}

/** An active device on the license, unless said otherwise. */
export function makeDevice(overrides: Partial<Device> = {}): Device {
  return {
    id: 1,
    licenseId: 1,
    hardwareId: "hw-1",
    active: true,
    blacklisted: false,
    userId: null,
    activatedAt: Date.UTC(2026, 0, 1),
    seenAt: Date.UTC(2026, 0, 1),
    info: {},
    variables: [],
    ...overrides,
  };
}
