import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from "../../src/domain/instant.ts";
import type { ConsumptionTerms, Feature, License, PoolTerms } from "../../src/domain/license.ts";
import { makeConsumption, makeFeature, makeLicense, makeProduct } from "../support/make-license.ts";
import type { Random } from "./random.ts";

export interface Which {
  readonly id: number;
  readonly product: string;
  readonly floats: boolean;
}

/** The licenses that there may be. Whether one floats never changes, so that its users' license seats can be checked. */
export const LICENSES: readonly [Which, Which, ...Which[]] = [
  { id: 1, product: "cad", floats: true },
  { id: 2, product: "cad", floats: true },
  { id: 3, product: "cam", floats: false },
  { id: 4, product: "sim", floats: true },
];

const FEATURE_CODES = ["render", "export", "tokens", "viewer"] as const;

/** One of the licenses as a vendor might issue it now: with other limits each time. */
export function randomLicense(random: Random, which: Which, now: Instant): License {
  const end = () => (random.chance(0.05) ? now + random.between(-1, 40) * MINUTE_MS : null);
  const features = FEATURE_CODES.flatMap((code, at) =>
    random.chance(0.05) ? [] : [randomFeature(random, which.id * 10 + at, code, end())],
  );
  return makeLicense({
    ...randomTerms(random, which.floats, 5),
    id: which.id,
    product: makeProduct(which.product),
    type: random.pick(["perpetual", "subscription", "consumption"]),
    active: random.chance(0.98),
    enabled: random.chance(0.98),
    startsAt: random.chance(0.02) ? now + random.between(-1, 10) * MINUTE_MS : null,
    validUntil: end(),
    allowGracePeriod: random.chance(0.5),
    gracePeriodMs: random.between(0, 2) * HOUR_MS,
    consumption: random.chance(0.7) ? randomConsumption(random) : null,
    features,
  });
}

function randomFeature(
  random: Random,
  id: number,
  code: (typeof FEATURE_CODES)[number],
  expiresAt: Instant | null,
): Feature {
  const isMetered = code === "tokens";
  return makeFeature({
    ...randomTerms(random, code !== "viewer", 3),
    id,
    code,
    name: code,
    expiresAt,
    type: isMetered ? "consumption" : "activation",
    consumption: isMetered && random.chance(0.9) ? randomConsumption(random) : null,
  });
}

function randomTerms(random: Random, onPremise: boolean, seats: number): PoolTerms {
  return {
    floats: { onPremise, cloud: false },
    capacity: random.between(0, seats),
    timeoutMs: random.pick([MINUTE_MS, 90_500, 5 * MINUTE_MS, 15 * MINUTE_MS, 40 * MINUTE_MS]),
    canBorrow: random.chance(0.8),
    maxBorrowMs: random.chance(0.1) ? 0 : random.pick([20 * MINUTE_MS, HOUR_MS, DAY_MS]),
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
    initialTotal: random.between(0, 20),
  });
}
