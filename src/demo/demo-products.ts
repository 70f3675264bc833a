import { HOUR_MS, MINUTE_MS } from "../domain/instant.ts";
import type { ConsumptionTerms } from "../domain/license.ts";
import type { LicenseTerms } from "../domain/product.ts";
import type { NewFeature } from "../use-cases/vendor/products/add-product-feature.ts";

export const DEMO_PRODUCT = "demo";
/** The same features, for people who log in instead of typing a key. */
export const DEMO_USER_PRODUCT = "demo-user";
export const DEMO_USERNAME = "ada@customer.example";
export const DEMO_FEATURES = { offline: "render", cloud: "export", consumption: "tokens" } as const;

const ON_PREMISE = { onPremise: true, cloud: false } as const;
const CLOUD = { onPremise: false, cloud: true } as const;

const million: ConsumptionTerms = {
  max: 1_000_000,
  unlimited: false,
  allowNegative: false,
  allowOverages: false,
  maxOverages: 0,
  resets: null,
  initialTotal: 0,
};

const seats = { timeoutMs: 15 * MINUTE_MS, canBorrow: true, maxBorrowMs: 72 * HOUR_MS } as const;

export const demoFeatures: readonly NewFeature[] = [
  { code: DEMO_FEATURES.offline, name: "Render node", floats: ON_PREMISE, capacity: 2, ...seats },
  { code: DEMO_FEATURES.cloud, name: "Export", floats: CLOUD, capacity: 3, ...seats },
  { code: DEMO_FEATURES.consumption, name: "Tokens", type: "consumption", consumption: million },
];

const metered: Partial<LicenseTerms> = { type: "consumption", consumption: million, capacity: 100, ...seats };

/** The license whose seats the License API hands out, to any number of devices. */
export const cloudTerms: Partial<LicenseTerms> = { ...metered, floats: CLOUD, allowUnlimitedActivations: true };

/** The license whose seats one floating server hands out. */
export const floatingTerms: Partial<LicenseTerms> = { ...metered, floats: ON_PREMISE, maxActivations: 1 };
