import type { Instant } from "./instant.ts";

/** Why a request about seats or counters was refused. Every API has a table that says how each looks on its wire. */
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
  | "unsupported_product_feature";

/** Why a floating server refused a license file. */
export type FileRefusalCode =
  | "license_file_invalid"
  | "license_file_outdated"
  | "hardware_id_mismatch"
  | "offline_request_unknown"
  | "offline_request_reused";

/** Why a vendor refused what a device asked for; `validation_error` where only what is there already shows it. */
export type DeviceRefusalCode =
  | "validation_error"
  | "license_activated_max_times"
  | "license_transferred_max_times"
  | "licenseUserActivatedMaxTimes"
  | "archived_product"
  | "disabled_product"
  | "vm_not_allowed"
  | "license_not_started"
  | "invalid_credentials"
  | "offline_request_reused"
  | "trial_not_allowed"
  | "trial_expired"
  | "email_missing"
  | "missing_hardware_id"
  | "active_license_required"
  | "version_not_found"
  | "change_password_not_allowed"
  | "invalid_product_auth_method"
  | "customer_not_found"
  | "customer_account_not_found";

/** What an activation is checked for, however it is asked for. */
export const activationRefusals = [
  "unknown_product",
  "license_not_found",
  "license_not_enabled",
  "license_expired",
  "blacklisted",
  "license_activated_max_times",
  "license_transferred_max_times",
  "licenseUserActivatedMaxTimes",
  "archived_product",
  "disabled_product",
  "vm_not_allowed",
  "license_not_started",
  "invalid_credentials",
] as const satisfies readonly (RefusalCode | DeviceRefusalCode)[];

/** Why a change that a vendor asked for was refused; `about` names the field or the thing. */
export type VendorRefusalCode = "already_exists" | "does_not_exist" | "is_in_use" | "invalid_field";

/** A refusal is a value, not an error: the request was understood and the answer is no. */
export interface Refusal<Code extends string = RefusalCode> {
  readonly refused: Code;
  /** What the refusal is about, where the sentence names it (a feature code, a failed check). */
  readonly about?: string;
  /** On `floating_not_available`: milliseconds until the first seat in the way may end. */
  readonly retryAfterMs?: number;
}

export function refuse<Code extends string>(refused: Code, about?: string): Refusal<Code> {
  return about === undefined ? { refused } : { refused, about };
}

/** Narrows an outcome to the refusals it may be, and away from them. */
export function isRefusal<Outcome extends object>(
  outcome: Outcome,
): outcome is Outcome & Refusal<Extract<Outcome, Refusal<string>>["refused"]> {
  return "refused" in outcome;
}

/** The same of what may be anything. */
export function isRefused(outcome: unknown): outcome is Refusal<string> {
  return typeof outcome === "object" && outcome !== null && isRefusal(outcome);
}

/** Milliseconds until `endsAt`, or nothing where no seat is in the way. */
export function refuseFull(now: Instant, firstEndsAt: Instant | undefined): Refusal {
  const refused = "floating_not_available";
  return firstEndsAt === undefined ? { refused } : { refused, retryAfterMs: Math.max(0, firstEndsAt - now) };
}
