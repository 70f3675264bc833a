import type { JsonObject } from "../../domain/json.ts";
import type { ConsumptionTerms, PoolTerms } from "../../domain/license.ts";
import { fromWire, toWire } from "./names.ts";

/*
 * Terms are flat on this API's wire, and grouped in the domain.
 */

type Given = Readonly<Record<string, unknown>>;
/** What is there already, where only some of it is given. */
export interface Current {
  readonly floats?: PoolTerms["floats"] | undefined;
  readonly consumption?: ConsumptionTerms | null | undefined;
}

const FLOATS = ["offline_floating", "cloud_floating"] as const;
const NO_CONSUMPTION: ConsumptionTerms = {
  max: 0,
  unlimited: false,
  allowNegative: false,
  allowOverages: false,
  maxOverages: 0,
  resets: null,
  initialTotal: 0,
};
const CONSUMPTION = {
  max_consumptions: "max",
  unlimited_consumptions: "unlimited",
  allow_negative_consumptions: "allowNegative",
  allow_overages: "allowOverages",
  max_overages: "maxOverages",
  consumption_resets: "resets",
} as const;

/** Which wire fields are terms of a pool; the others go by their names. */
const GROUPED: ReadonlySet<string> = new Set([...FLOATS, ...Object.keys(CONSUMPTION), "seats"]);

/**
 * The domain's terms of a flat body; what is not given is left out.
 *
 * @param current what the thing has already, which fields of a group that are not given keep
 */
export function termsFromWire(given: Given, current: Current = {}): Record<string, unknown> {
  const plain = Object.fromEntries(Object.entries(given).filter(([name]) => !GROUPED.has(name)));
  const terms: Record<string, unknown> = fromWire(plain);
  if (given["seats"] !== undefined) terms["capacity"] = given["seats"];
  if (FLOATS.some((name) => given[name] !== undefined)) {
    terms["floats"] = {
      onPremise: given["offline_floating"] ?? current.floats?.onPremise ?? false,
      cloud: given["cloud_floating"] ?? current.floats?.cloud ?? false,
    };
  }
  const counted = Object.entries(CONSUMPTION).filter(([name]) => given[name] !== undefined);
  const becomes = given["type"];
  if (becomes !== undefined && becomes !== "consumption" && counted.length === 0) terms["consumption"] = null;
  else if (counted.length > 0 || becomes === "consumption") {
    const values = counted.map(([name, field]) => [field, given[name]]);
    terms["consumption"] = { ...NO_CONSUMPTION, ...current.consumption, ...Object.fromEntries(values) };
  }
  return terms;
}

/** The domain's fields that are terms of a pool. */
const POOL_FIELDS = ["floats", "capacity", "timeoutMs", "canBorrow", "maxBorrowMs", "consumption"];

/** One level of a record that has terms, or some of them, beside other fields. */
export function toFlatWire(record: Parameters<typeof termsToWire>[0]): JsonObject {
  return { ...toWire(record, POOL_FIELDS), ...termsToWire(record) };
}

/** The flat terms of what may have only some of them. */
export function termsToWire(
  terms: Partial<PoolTerms> & { readonly consumption?: ConsumptionTerms | null },
): JsonObject {
  const { floats, capacity, timeoutMs, canBorrow, maxBorrowMs, consumption } = terms;
  return {
    ...(floats && { offline_floating: floats.onPremise, cloud_floating: floats.cloud }),
    ...(capacity !== undefined && { seats: capacity }),
    ...(timeoutMs !== undefined && { timeout_seconds: timeoutMs / 1_000 }),
    ...(canBorrow !== undefined && { can_borrow: canBorrow }),
    ...(maxBorrowMs !== undefined && { max_borrow_seconds: maxBorrowMs / 1_000 }),
    ...(consumption &&
      Object.fromEntries(Object.entries(CONSUMPTION).map(([name, field]) => [name, consumption[field]]))),
  };
}
