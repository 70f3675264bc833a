import type { DeviceRefusalCode, RefusalCode } from "../../domain/outcome.ts";
import type { WireError } from "../http/error-body.ts";
import { type OptionalRequestCode, requestErrors } from "../http/request-errors.ts";
import type { RequestCode } from "../http/request-refusal.ts";

/** What can be wrong with how an application says who it is, and which license it means. */
export type ApplicationCode =
  | "missing_headers"
  | "authorization_invalid_headers"
  | "authorization_missing_params"
  | "hmac_required"
  | "invalid_api_key"
  | "revoked_api_key"
  | "read_only_api_key"
  | "api_key_product_not_allowed"
  | "date_header_diff"
  | "signature_mismatch"
  | "oauth_token_expired"
  | "oauth_token_malformed"
  | "license_key_or_license_user_required";

/** Every code this API answers with. A code of the domain that is not here does not compile. [ERR-2] */
export const licenseApiErrors = {
  unknown_product: { status: 400, message: "Provided product was not found" },
  license_not_found: { status: 400, message: "License with the provided license user not found" },
  license_not_active: { status: 400, message: "The license is not active" },
  license_not_enabled: { status: 400, message: "The license is not enabled" },
  license_expired: { status: 400, message: "The license has expired" },
  device_not_found: { status: 400, message: "An active device matching the hardware_id not found" },
  blacklisted: { status: 400, message: "This device is blacklisted" },
  floating_feature_device_not_in_use: { status: 400, message: "Floating feature device is not in use" },
  invalid_license_feature_code: {
    status: 400,
    message: "License feature code: <about> is invalid or not assigned to the license.",
  },
  feature_not_floating: { status: 400, message: "License feature is not floating cloud feature." },
  license_not_floating: { status: 400, message: "The license is not a floating cloud license" },
  floating_not_available: { status: 400, message: "No available slots for floating license" },
  license_borrow_not_allowed: { status: 400, message: "Borrowing is not allowed" },
  borrow_until_not_valid: {
    status: 400,
    message: "The borrow date is not valid: it must be a date in the future, within max_borrow_time hours from now",
  },
  license_not_consumption: { status: 400, message: "The license is not of type consumption" },
  license_not_enough_consumptions: { status: 400, message: "Not enough consumptions left on the license" },
  feature_not_enough_consumptions: { status: 400, message: "Not enough consumptions left on the feature" },
  negative_consumptions_not_allowed: {
    status: 400,
    message: "Negative consumptions are not allowed, or would bring the total below zero",
  },
  unsupported_product_feature: { status: 400, message: "The feature is not of type consumption" },
  license_activated_max_times: { status: 400, message: "The license is activated on as many devices as it may be" },
  license_transferred_max_times: { status: 400, message: "The license has moved to another device as often as it may" },
  licenseUserActivatedMaxTimes: { status: 400, message: "The user has activated as many devices as allowed" },
  archived_product: { status: 400, message: "The product is archived" },
  disabled_product: { status: 400, message: "The product is disabled" },
  vm_not_allowed: { status: 400, message: "The license cannot be activated on a virtual machine" },
  license_not_started: { status: 400, message: "The license's start date is still to come" },
  invalid_credentials: { status: 400, message: "The user name or password is wrong" },
  offline_request_reused: { status: 400, message: "This request was answered before; create a new one" },
  trial_not_allowed: { status: 400, message: "The product has no trials" },
  trial_expired: { status: 400, message: "The trial of this device has expired" },
  email_missing: { status: 400, message: "An e-mail address is required for a trial of this product" },
  missing_hardware_id: { status: 400, message: "hardware_id is required for a trial" },
  active_license_required: { status: 400, message: "An active license is required" },
  version_not_found: { status: 400, message: "There is no such version that the license may use" },
  change_password_not_allowed: { status: 400, message: "The password cannot be changed" },
  invalid_product_auth_method: { status: 400, message: "The product's licenses have no users" },
  customer_not_found: { status: 400, message: "Provided customer was not found" },
  customer_account_not_found: { status: 400, message: "Provided customer account was not found" },
  missing_headers: { status: 400, message: "Some headers are missing in the request: <about>" },
  authorization_invalid_headers: { status: 400, message: "The Authorization header is malformed" },
  authorization_missing_params: { status: 400, message: "The Authorization header lacks <about>" },
  hmac_required: { status: 400, message: "The algorithm must be hmac-sha256" },
  invalid_api_key: { status: 400, message: "The API key is not valid" },
  revoked_api_key: { status: 400, message: "The API key has been revoked" },
  read_only_api_key: { status: 400, message: "The API key is read-only" },
  api_key_product_not_allowed: { status: 400, message: "The API key is not for this product" },
  date_header_diff: { status: 400, message: "The Date header is more than 15 minutes from the server's time" },
  signature_mismatch: { status: 400, message: "The signature does not match" },
  oauth_token_expired: { status: 401, message: "The token has expired" },
  oauth_token_malformed: { status: 401, message: "The token is not valid" },
  license_key_or_license_user_required: {
    status: 400,
    message: "Either license_key or username is required, and not both",
  },
  ...requestErrors,
} as const satisfies Record<
  RefusalCode | DeviceRefusalCode | ApplicationCode | Exclude<RequestCode, OptionalRequestCode>,
  WireError
>;

export type LicenseApiCode = keyof typeof licenseApiErrors;
