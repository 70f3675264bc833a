import type { Route } from "../http/route.ts";
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
  "too_many_requests",
] as const satisfies readonly LicenseApiCode[];

/** What a route answers with for the kind it is of, beside what it says itself. */
export function codesOfKind({ access, changes, input }: Route): readonly LicenseApiCode[] {
  if (access.role === "public") return [];
  const fields = new Set(Object.keys(input?.properties ?? {}));
  return [
    ...authorizationCodes,
    ...(changes ? (["read_only_api_key"] as const) : []),
    ...(access.isProvenByFile || fields.has("product") ? (["api_key_product_not_allowed"] as const) : []),
    ...(fields.has("license_key") && fields.has("username") ? (["license_key_or_license_user_required"] as const) : []),
  ];
}

/** The device's license: checked in this order. */
export const deviceCodes = [
  "unknown_product",
  "license_not_found",
  "license_not_active",
  "license_not_enabled",
  "device_not_found",
  "blacklisted",
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

/** Which versions a device may install; a license that is not active is refused by a code of its own. */
export const versionCodes = [
  "unknown_product",
  "license_not_found",
  "active_license_required",
  "license_not_enabled",
  "device_not_found",
  "blacklisted",
  "version_not_found",
] as const satisfies readonly LicenseApiCode[];
