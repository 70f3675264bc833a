import type { DeviceRefusalCode, FileRefusalCode, RefusalCode, VendorRefusalCode } from "../../domain/outcome.ts";
import type { WireError } from "../http/error-body.ts";
import { requestErrors } from "../http/request-errors.ts";
import type { RequestCode } from "../http/request-refusal.ts";

export type ManagementCode =
  | Exclude<RequestCode, "not_implemented">
  | VendorRefusalCode
  | FileRefusalCode
  | Extract<
      RefusalCode,
      "license_not_found" | "unknown_product" | "license_not_active" | "license_not_enabled" | "blacklisted"
    >
  | Extract<DeviceRefusalCode, "invalid_credentials">
  | "account_locked"
  | "setup_not_possible"
  | "stale"
  | "key_reused"
  | "last_admin"
  | "seat_not_found"
  | (string & {});

/** How each code looks on this API: status and title; the detail names what it is about. [MANAGE-2] */
export const managementErrors: Readonly<Record<string, WireError>> = {
  ...requestErrors,
  validation_error: { status: 422, message: "The request is not valid: <about>" },
  missing_parameters: { status: 422, message: "Some fields are missing: <about>" },
  unauthorized: { status: 401, message: "Log in, or send an API token: <about>" },
  forbidden: { status: 403, message: "This is not allowed: <about>" },
  already_exists: { status: 409, message: "There is one already: <about>" },
  does_not_exist: { status: 404, message: "There is none: <about>" },
  is_in_use: { status: 409, message: "It is in use: <about>" },
  invalid_field: { status: 422, message: "A field cannot be so: <about>" },
  stale: { status: 412, message: "It was changed by somebody else meanwhile; read it again" },
  key_reused: { status: 409, message: "This Idempotency-Key was used for another request" },
  invalid_credentials: { status: 401, message: "The name or the password is wrong" },
  account_locked: { status: 429, message: "Too many wrong passwords for this name; try again later" },
  setup_not_possible: { status: 403, message: "The first admin cannot be made so: <about>" },
  last_admin: { status: 409, message: "Somebody has to stay: this is the last admin" },
  seat_not_found: { status: 404, message: "There is no such seat; it may have ended" },
  license_not_found: { status: 404, message: "There is no such license" },
  unknown_product: { status: 404, message: "There is no such product" },
  license_not_active: { status: 409, message: "The license is not active" },
  license_not_enabled: { status: 409, message: "The license is disabled" },
  license_expired: { status: 409, message: "The license has expired" },
  blacklisted: { status: 409, message: "The device is barred from this license" },
  license_file_invalid: { status: 422, message: "The license file is not valid: <about>" },
  license_file_outdated: { status: 409, message: "The license file is older than the one imported last" },
  hardware_id_mismatch: { status: 409, message: "The license file is for another server: <about>" },
  offline_request_unknown: {
    status: 409,
    message: "The license file answers a request that this server did not write",
  },
  offline_request_reused: { status: 409, message: "The request was answered before" },
  license_activated_max_times: { status: 409, message: "The license is on as many devices as it may be" },
  license_transferred_max_times: { status: 409, message: "The license was moved as often as it may be" },
  licenseUserActivatedMaxTimes: { status: 409, message: "The user has activated as many devices as allowed" },
  archived_product: { status: 409, message: "The product is archived" },
  disabled_product: { status: 409, message: "The product is disabled" },
  vm_not_allowed: { status: 409, message: "The license must not be used on virtual machines" },
  license_not_started: { status: 409, message: "The license has not started yet" },
  request_file_invalid: { status: 422, message: "The request file is not valid: <about>" },
  invalid_api_key: { status: 422, message: "The request file is signed by an API key that is not known here" },
  revoked_api_key: { status: 422, message: "The request file is signed by an API key that is revoked" },
  read_only_api_key: { status: 422, message: "The request file is signed by an API key that may only read" },
  signature_mismatch: {
    status: 422,
    message: "The signature of the request file is not that of the API key that it names",
  },
  api_key_product_not_allowed: {
    status: 422,
    message: "The API key of the request file may not ask about this product",
  },
  device_not_found: { status: 404, message: "There is no such device on this license" },
};
