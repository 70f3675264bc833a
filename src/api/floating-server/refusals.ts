import type { FloatingServerCode } from "./errors.ts";

/*
 * Which codes the kinds of routes share, beside the request errors of every route.
 */

/** Every route that names a product. */
export const licenseCodes = [
  "unknown_product",
  "license_not_found",
  "license_not_active",
  "license_not_enabled",
  "license_expired",
] as const satisfies readonly FloatingServerCode[];

export const featureCodes = [
  "invalid_license_feature_code",
  "feature_not_floating",
] as const satisfies readonly FloatingServerCode[];

export const borrowCodes = [
  "license_borrow_not_allowed",
  "borrow_until_not_valid",
] as const satisfies readonly FloatingServerCode[];

/** Every route that takes a seat. */
export const fullCodes = ["floating_not_available", "blacklisted"] as const satisfies readonly FloatingServerCode[];
