import type { LicenseApiCode } from "./errors.ts";

/*
 * Which codes the kinds of routes share, beside the request errors of every route.
 */

/** How an application says who it is: every route but the public ones. */
export const authorizationCodes = [
  "missing_headers",
  "authorization_invalid_headers",
  "authorization_missing_params",
  "hmac_required",
  "invalid_api_key",
  "revoked_api_key",
  "date_header_diff",
  "signature_mismatch",
  "oauth_token_expired",
  "oauth_token_malformed",
] as const satisfies readonly LicenseApiCode[];

/** The device's license: checked in this order. */
export const deviceCodes = [
  "unknown_product",
  "license_not_found",
  "license_not_active",
  "license_not_enabled",
  "device_not_found",
  "blacklisted",
] as const satisfies readonly LicenseApiCode[];

/** What an activation is checked for. */
export const activationCodes = [
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
] as const satisfies readonly LicenseApiCode[];

export const licenseConsumptionCodes = [
  "license_not_consumption",
  "license_not_enough_consumptions",
  "negative_consumptions_not_allowed",
] as const satisfies readonly LicenseApiCode[];

export const featureConsumptionCodes = [
  "invalid_license_feature_code",
  "unsupported_product_feature",
  "feature_not_enough_consumptions",
  "negative_consumptions_not_allowed",
] as const satisfies readonly LicenseApiCode[];

export const borrowCodes = [
  "license_borrow_not_allowed",
  "borrow_until_not_valid",
] as const satisfies readonly LicenseApiCode[];
