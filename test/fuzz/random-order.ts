import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../src/domain/instant.ts";
import type { ConsumptionTerms, PoolTerms } from "../../src/domain/license.ts";
import type { FeatureOverride, LicenseTerms } from "../../src/domain/product.ts";
import type { NewFeature } from "../../src/use-cases/vendor/products/add-product-feature.ts";
import { makeConsumption } from "../support/make-license.ts";
import { START } from "../support/test-clock.ts";
import type { Random } from "./random.ts";

export const DEVICES = ["hw-1", "hw-2", "hw-3", "HW-1"] as const;
export const KEYS = ["K-1", "K-2"] as const;
export const USERS = ["ann", "bob"] as const;

const CLOUD = { onPremise: false, cloud: true };

/** What the products have. */
export const FEATURES: readonly NewFeature[] = [
  { code: "render", name: "Render", floats: CLOUD, capacity: 2, canBorrow: true, maxBorrowMs: HOUR_MS },
  { code: "export", name: "Export", floats: CLOUD, capacity: 1, timeoutMs: 5 * MINUTE_MS },
  { code: "tokens", name: "Tokens", type: "consumption", consumption: makeConsumption({ max: 30 }) },
  { code: "viewer", name: "Viewer" },
];

/** What a license may be issued with: it floats or not, on few devices or many. */
export function randomTerms(random: Random): Partial<LicenseTerms> {
  const isMetered = random.chance(0.5);
  return {
    ...randomPool(random, random.chance(0.7), 3),
    type: isMetered ? "consumption" : random.pick(["perpetual", "subscription", "time-limited"]),
    consumption: isMetered ? randomConsumption(random) : null,
    startsAt: random.chance(0.02) ? START + random.between(0, 60) * MINUTE_MS : null,
    ...randomValidity(random),
    preventVm: random.chance(0.3),
    maxActivations: random.between(1, 4),
    allowUnlimitedActivations: random.chance(0.4),
    maxTransfers: random.pick([0, 1, 1, 2, 5]),
  };
}

function randomValidity(random: Random): Partial<LicenseTerms> {
  const validUntil = random.chance(0.05) ? START + random.between(1, 10) * DAY_MS : null;
  const isRelative = validUntil === null && random.chance(0.1);
  return { validUntil, validDurationMs: isRelative ? random.between(1, 300) * HOUR_MS : null };
}

/** Features of a license with other limits than the product's; not always all. */
export function randomFeatures(random: Random): FeatureOverride[] {
  return FEATURES.filter(() => random.chance(0.95)).map(({ code }) => ({
    code,
    ...((code === "render" || code === "export") && randomPool(random, random.chance(0.95), 3)),
    ...(code === "tokens" && { consumption: randomConsumption(random) }),
  }));
}

function randomPool(random: Random, cloud: boolean, seats: number): PoolTerms {
  return {
    floats: { onPremise: false, cloud },
    capacity: random.between(0, seats),
    timeoutMs: random.pick([MINUTE_MS, 90_500, 5 * MINUTE_MS, 15 * MINUTE_MS, 40 * MINUTE_MS]),
    canBorrow: random.chance(0.8),
    maxBorrowMs: random.pick([20 * MINUTE_MS, HOUR_MS, DAY_MS]),
  };
}

function randomConsumption(random: Random): ConsumptionTerms {
  return makeConsumption({
    max: random.between(0, 40),
    unlimited: random.chance(0.1),
    allowNegative: random.chance(0.5),
    allowOverages: random.chance(0.5),
    maxOverages: random.between(0, 10),
    resets: random.pick([null, "daily", "weekly", "monthly", "annually"]),
  });
}
