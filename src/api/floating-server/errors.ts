import type { FileRefusalCode, RefusalCode } from "../../domain/outcome.ts";
import type { WireError } from "../http/error-body.ts";
import { requestErrors } from "../http/request-errors.ts";
import type { RequestCode } from "../http/request-refusal.ts";

/** Every code this API answers with. A code of the domain that is not here does not compile. [ERR-2] */
export const floatingServerErrors = {
  unknown_product: { status: 400, message: "Provided product was not found" },
  license_not_found: { status: 400, message: "License with the provided license user not found" },
  license_not_active: { status: 400, message: "The license is not active" },
  license_not_enabled: { status: 400, message: "The license is not enabled" },
  license_expired: { status: 400, message: "The license has expired" },
  invalid_license_feature_code: {
    status: 400,
    message: "License feature code: <about> is invalid or not assigned to the license.",
  },
  feature_not_floating: { status: 400, message: "License feature is not floating feature." },
  floating_not_available: { status: 400, message: "No available slots for floating license" },
  floating_feature_device_not_in_use: { status: 400, message: "Floating feature device is not in use" },
  license_not_floating: { status: 400, message: "The license is not floating" },
  device_not_found: { status: 400, message: "The user is not registered on this license" },
  blacklisted: { status: 400, message: "This device is blacklisted" },
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
  license_file_invalid: { status: 400, message: "The license file was refused: <about>" },
  license_file_outdated: {
    status: 400,
    message: "The license file is older than the one imported, or its license was given back since",
  },
  hardware_id_mismatch: { status: 400, message: "The license file is for another machine: <about>" },
  offline_request_unknown: { status: 400, message: "This server has written no request with the file's request_id" },
  offline_request_reused: { status: 400, message: "Another file was imported for the same request" },
  unauthorized: { status: 401, message: "Unauthorized: Please log in" },
  forbidden: { status: 403, message: "Forbidden: <about>" },
  not_implemented: { status: 501, message: "This route is not available in this version" },
  ...requestErrors,
} as const satisfies Record<RefusalCode | FileRefusalCode | RequestCode, WireError>;

export type FloatingServerCode = keyof typeof floatingServerErrors;
