import type { LicenseApiCode } from "../../src/api/license-api/errors.ts";

type Code = LicenseApiCode;

const device: readonly Code[] = [
  "unknown_product",
  "license_not_found",
  "license_not_active",
  "license_not_enabled",
  "device_not_found",
  "blacklisted",
];
const activation: readonly Code[] = [
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
];
const borrow: readonly Code[] = [
  "invalid_credentials",
  "license_expired",
  "floating_not_available",
  "borrow_until_not_valid",
  "license_borrow_not_allowed",
];
const licenseConsumption: readonly Code[] = [
  "license_not_consumption",
  "license_not_enough_consumptions",
  "negative_consumptions_not_allowed",
];
const featureConsumption: readonly Code[] = [
  "invalid_license_feature_code",
  "unsupported_product_feature",
  "feature_not_enough_consumptions",
  "negative_consumptions_not_allowed",
];
/** A license that is not active has a code of its own here. */
const versions: readonly Code[] = [
  ...device.map((code) => (code === "license_not_active" ? "active_license_required" : code)),
  "version_not_found",
];

/** What clients are told that each route answers with, by its path, beside the errors of every request. */
export const promised: Readonly<Record<string, readonly Code[]>> = {
  "/check_license_feature": [...device, "license_expired", "invalid_license_feature_code", "floating_not_available"],
  "/floating/feature_release": [
    ...device,
    "invalid_license_feature_code",
    "feature_not_floating",
    "floating_feature_device_not_in_use",
  ],
  "/floating/feature_borrow": [...device, ...borrow, "invalid_license_feature_code", "feature_not_floating"],
  "/floating/release": [...device, "license_not_floating"],
  "/floating/borrow": [...device, ...borrow, "license_not_floating"],
  "/activate_license": activation,
  // Consumption that is sent with it is added first, and may be refused.
  "/deactivate_license": [...device, ...licenseConsumption],
  "/check_license": [...device, "license_expired", "floating_not_available"],
  "/add_consumption": [...device, "license_expired", ...licenseConsumption],
  "/add_feature_consumption": [...device, "license_expired", ...featureConsumption],
  "/trial_key": [
    "missing_hardware_id",
    "unknown_product",
    "blacklisted",
    "trial_expired",
    "trial_not_allowed",
    "archived_product",
    "disabled_product",
    "email_missing",
    "invalid_credentials",
  ],
  "/product_details": ["unknown_product"],
  "/products": [],
  "/track_device_variables": device,
  "/get_device_variables": device,
  "/versions": versions,
  "/installation_file": versions,
  "/change_password": ["invalid_credentials", "change_password_not_allowed"],
  "/user_licenses": ["unknown_product", "invalid_credentials"],
  "/device_licenses": [],
  "/customer_license_users": ["unknown_product", "invalid_product_auth_method", "customer_not_found"],
  "/activate_bundle": activation,
  "/deactivate_bundle": device,
  "/check_bundle": [...device, "license_expired", "floating_not_available"],
  "/activate_offline": [...activation, "offline_request_reused"],
  // What the device has used and not reported yet is added first, to the license and to its features.
  "/deactivate_offline": [...device, ...licenseConsumption, ...featureConsumption, "offline_request_reused"],
  "/sso_url": ["unknown_product", "customer_account_not_found"],
  "/oauth_url": [],
  "/oauth/token": ["too_many_requests"],
  "/.well-known": [],
  "/health": [],
  "/healthz": [],
  "/readyz": [],
};

/** What anybody may ask. */
export const open: readonly string[] = ["/oauth_url", "/oauth/token", "/.well-known", "/health", "/healthz", "/readyz"];

/** What changes nothing, so that an application that may only read may ask it; `open` beside. */
export const reading: readonly string[] = [
  "/product_details",
  "/products",
  "/get_device_variables",
  "/versions",
  "/installation_file",
  "/user_licenses",
  "/device_licenses",
  "/customer_license_users",
  "/sso_url",
];

/** Codes that nothing here produces, and why. */
export const later: Partial<Readonly<Record<Code, string>>> = {
  internal_error: "a fault of this program, which no request may bring about",
};
