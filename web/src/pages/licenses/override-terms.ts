import { applies } from "../../parts/terms/applied-terms.ts";
import type { Values } from "../../parts/use-fields.ts";
import type { FeatureValues, Override } from "./override-fields.ts";

const FLOATS = ["offline_floating", "cloud_floating"];
const CONSUMPTION = [
  "max_consumptions",
  "unlimited_consumptions",
  "allow_negative_consumptions",
  "allow_overages",
  "max_overages",
  "consumption_resets",
];
const FEATURE_TERMS = [
  ...FLOATS,
  "seats",
  "timeout_seconds",
  "can_borrow",
  "max_borrow_seconds",
  ...CONSUMPTION,
  "expires_at",
  "metadata",
];

/** What differs of some terms. @param names the terms that are looked at */
export function differing(before: Values, after: Values, names: readonly string[]): Values {
  const isOther = (name: string) => JSON.stringify(before[name] ?? null) !== JSON.stringify(after[name] ?? null);
  return Object.fromEntries(
    names
      .filter((name) => after[name] !== undefined && applies(name, after) && isOther(name))
      .map((name) => [name, after[name]]),
  );
}

/** With the other terms of a group of which one is given: what issues a license takes a group as a whole. */
export function wholeGroups(given: Values, values: Values): Values {
  const groups = values["type"] === "consumption" ? [FLOATS, CONSUMPTION] : [FLOATS];
  const names = groups.filter((group) => group.some((name) => given[name] !== undefined)).flat();
  const known = names.filter((name) => values[name] !== undefined);
  return { ...Object.fromEntries(known.map((name) => [name, values[name]])), ...given };
}

/** What a license has otherwise than its product's feature. */
export function overrideOf(base: Values, feature: FeatureValues): Override {
  return { ...wholeGroups(differing(base, feature, FEATURE_TERMS), feature), code: feature.code };
}
