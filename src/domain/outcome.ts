import type { Instant } from "./instant.ts";

/** Why a request was refused. Every API has a table that says how each of these looks on its wire. */
export type RefusalCode =
  | "unknown_product"
  | "license_not_found"
  | "license_not_active"
  | "license_not_enabled"
  | "license_expired"
  | "invalid_license_feature_code"
  | "feature_not_floating"
  | "license_not_floating"
  | "floating_not_available"
  | "floating_feature_device_not_in_use"
  | "device_not_found"
  | "blacklisted"
  | "license_borrow_not_allowed"
  | "borrow_until_not_valid"
  | "license_not_consumption"
  | "license_not_enough_consumptions"
  | "feature_not_enough_consumptions"
  | "negative_consumptions_not_allowed"
  | "unsupported_product_feature"
  | "license_file_invalid"
  | "license_file_outdated"
  | "hardware_id_mismatch";

/** A refusal is a value, not an error: the request was understood and the answer is no. */
export interface Refusal {
  readonly refused: RefusalCode;
  /** What the refusal is about, where the sentence names it (a feature code, a failed check). */
  readonly about?: string;
  /** On `floating_not_available`: milliseconds until the first seat in the way may end. */
  readonly retryAfterMs?: number;
}

export function refuse(refused: RefusalCode, about?: string): Refusal {
  return about === undefined ? { refused } : { refused, about };
}

export function isRefusal(outcome: object): outcome is Refusal {
  return "refused" in outcome;
}

/** Milliseconds until `endsAt`, or nothing where no seat is in the way. */
export function refuseFull(now: Instant, firstEndsAt: Instant | undefined): Refusal {
  const refused = "floating_not_available";
  return firstEndsAt === undefined ? { refused } : { refused, retryAfterMs: Math.max(0, firstEndsAt - now) };
}
