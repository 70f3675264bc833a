import { HOUR_MS, MINUTE_MS } from "../../src/domain/instant.ts";
import type { Feature, License } from "../../src/domain/license.ts";
import { makeConsumption, makeFeature, makeLicense, makeProduct } from "../support/make-license.ts";

const notFloating = { onPremise: false, cloud: false };

/** A feature seat that floats here; two of them. */
export const render: Feature = makeFeature({ id: 501, code: "render", name: "Render node" });

/** Every kind of feature that is not `render`. */
export const otherFeatures: readonly Feature[] = [
  makeFeature({ id: 502, code: "export", name: "Export", floats: { onPremise: false, cloud: true } }),
  makeFeature({
    id: 503,
    code: "tokens",
    name: "Tokens",
    type: "consumption",
    floats: notFloating,
    consumption: makeConsumption(),
  }),
  makeFeature({ id: 504, code: "fixed", name: "Fixed", floats: notFloating, capacity: 0 }),
  makeFeature({ id: 505, code: "old", name: "Old", expiresAt: Date.UTC(2026, 0, 1) }),
  makeFeature({ id: 506, code: "desk", name: "Desk only", canBorrow: false }),
];

export const KEY = "ABCD-EFGH-JKLM-NPQR";
export const CUSTOMER = { email: "ada@customer.example", company_name: "Ada & Söhne", first_name: "Ada" };

/** The license of product `cad` that most tests use: ten license seats, two of `render`. */
export const cad: License = sampleLicense({
  id: 1_734_000_000_000_101,
  capacity: 10,
  features: [render, ...otherFeatures],
});

/** A license with a key and a customer, who are nobody's business. */
export function sampleLicense(overrides: Partial<License> = {}): License {
  const plain = makeLicense();
  return { ...plain, details: { ...plain.details, key: KEY, customer: CUSTOMER }, ...overrides };
}

let lastId = 1_734_000_000_000_200;

/** A license of a product of its own. */
export function licenseOf(product: string, overrides: Partial<License> = {}): License {
  lastId += 1;
  return sampleLicense({ id: lastId, product: makeProduct(product), features: [render], ...overrides });
}

export const TIMEOUT_MS = 15 * MINUTE_MS;
export const GRACE_MS = 30_000;
export const MAX_BORROW_MS = 72 * HOUR_MS;
