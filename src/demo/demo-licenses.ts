import { HOUR_MS, MINUTE_MS } from "../domain/instant.ts";
import type { ConsumptionTerms, Feature, License, PoolTerms } from "../domain/license.ts";

export const DEMO_PRODUCT = "demo";
export const DEMO_FEATURES = { offline: "render", cloud: "export", consumption: "tokens" } as const;
export const FLOATING_LICENSE_ID = 1_734_000_000_000_102;

const terms: PoolTerms = {
  floats: { onPremise: false, cloud: false },
  capacity: 0,
  timeoutMs: 15 * MINUTE_MS,
  canBorrow: true,
  maxBorrowMs: 72 * HOUR_MS,
};

const million: ConsumptionTerms = {
  max: 1_000_000,
  unlimited: false,
  allowNegative: false,
  allowOverages: false,
  maxOverages: 0,
  resets: null,
  initialTotal: 0,
};

const activation = { type: "activation", expiresAt: null, metadata: {}, consumption: null } as const;

const features: Feature[] = [
  {
    ...terms,
    ...activation,
    id: 501,
    code: DEMO_FEATURES.offline,
    name: "Render node",
    floats: { onPremise: true, cloud: false },
    capacity: 2,
  },
  {
    ...terms,
    ...activation,
    id: 502,
    code: DEMO_FEATURES.cloud,
    name: "Export",
    floats: { onPremise: false, cloud: true },
    capacity: 3,
  },
  {
    ...terms,
    ...activation,
    id: 503,
    code: DEMO_FEATURES.consumption,
    name: "Tokens",
    type: "consumption",
    canBorrow: false,
    maxBorrowMs: 0,
    consumption: million,
  },
];

/** The license whose seats the demo's floating server hands out. */
export function floatingDemoLicense(licenseKey: string): License {
  return {
    ...terms,
    id: FLOATING_LICENSE_ID,
    product: {
      id: 1,
      name: "Demo",
      code: DEMO_PRODUCT,
      authorizationMethod: "license-key",
      metadata: {},
      preventVm: false,
    },
    type: "consumption",
    floats: { onPremise: true, cloud: false },
    capacity: 100,
    active: true,
    enabled: true,
    startsAt: null,
    validUntil: null,
    gracePeriodMs: 0,
    allowGracePeriod: false,
    consumption: million,
    features,
    details: {
      key: licenseKey,
      maintenanceUntil: null,
      preventVm: false,
      isTrial: false,
      maxActivations: 1,
      timesActivated: 1,
      allowUnlimitedActivations: false,
      transferCount: 0,
      maxTransfers: 0,
      orderStoreId: null,
      metadata: {},
      customFields: [],
      customer: {
        id: 1,
        email: "license-admin@customer.example",
        company_name: "Demo Customer",
        first_name: "",
        last_name: "",
        phone: "",
        address: "",
        city: "",
        country: "",
        postcode: "",
        state: "",
        reference: "",
      },
    },
  };
}
