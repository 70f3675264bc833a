import type { FileRefusalCode, RefusalCode } from "../../domain/outcome.ts";
import type { RequestCode } from "./request-refusal.ts";

/** What each code means to the person who meets it, and what to do. Shown on the page of errors. */
export const explanations = {
  unknown_product: "No license of this product is known here. Product codes are compared exactly, case included.",
  license_not_found:
    "The product is known, but it has no license with this `license_id`. Leave it out to mean the one added last.",
  license_not_active:
    "The license is not activated, or its start date is still to come. Ask the vendor for a new license file.",
  license_not_enabled: "The vendor has disabled the license.",
  license_expired: "The license's validity has ended. Ask the vendor for a refresh file and import it.",
  invalid_license_feature_code:
    "The license has no feature with this code, or the feature's own expiry date has passed.",
  feature_not_floating:
    "The feature does not float on this side, so there are no seats to take. Its vendor decides that.",
  floating_not_available:
    "All seats are taken, of the feature or of the license itself. `Retry-After` says in how many seconds the first of them may end.",
  floating_feature_device_not_in_use: "This user holds no seat of the feature: it was released before, or it ran out.",
  license_not_floating: "The license itself has no floating seats; its features may have.",
  device_not_found: "This user holds no seat of the license: it was released before, or it ran out.",
  blacklisted: "This device was barred from the license by the vendor.",
  license_borrow_not_allowed: "The vendor allows no borrowing here.",
  borrow_until_not_valid:
    "Send a date in the future, at most `max_borrow_time` hours away: RFC 3339, `YYYY-MM-DD` or `YYYY-MM-DD HH:MM:SS`, in UTC unless it has an offset. Nothing was taken.",
  license_not_consumption: "The license is not metered, so there is nothing to add to.",
  license_not_enough_consumptions: "The amount would go beyond the maximum and the overage allowed. Nothing was added.",
  feature_not_enough_consumptions: "The amount would go beyond the maximum and the overage allowed. Nothing was added.",
  negative_consumptions_not_allowed:
    "The license does not allow negative amounts, or the total would fall below zero. Nothing was changed.",
  unsupported_product_feature: "The feature is not metered, so there is nothing to add to.",
  license_file_invalid:
    "The sentence says which check failed. Nothing was imported. Ask for the file anew if it was cut off or changed on its way.",
  license_file_outdated:
    "A newer file of this license has been imported already, or the license was given back to the vendor. Nothing was changed.",
  hardware_id_mismatch:
    "License files are made for one server. Send the vendor this server's hardware id and ask for a file for it.",
  offline_request_unknown:
    "License files answer a request. Create one on this server (`/api/v4/license/generate`), send it to the vendor, and import the file that comes back.",
  offline_request_reused:
    "Each request is good for one file. Create a new request for another one. The very file that was imported may be imported again.",
  missing_parameters: "The sentence names every field that is required and was left out or null.",
  validation_error: "The sentence names every field that is wrong, and what it must be.",
  invalid_json: "The body must be one JSON object in UTF-8.",
  bad_request: "The request is not HTTP as servers understand it, or its path is badly encoded.",
  unauthorized: "Log in at `/auth` and send the token as `Authorization: Bearer …`.",
  forbidden:
    "The sentence says why: a route for administrators on the server's own machine, a host name this server is not known by, or a web page of another origin.",
  not_found: "There is no such path. The reference page lists all of them.",
  method_not_allowed: "The path exists, with the methods in `Allow`.",
  payload_too_large: "Requests and license files are at most 1 MiB.",
  unsupported_media_type: "Send `Content-Type: application/json`, uncompressed; for files `multipart/form-data`.",
  too_many_requests: "Too many attempts from this address. `Retry-After` says in how many seconds to try again.",
  headers_too_large: "The headers together are larger than 16 KiB.",
  internal_error: "A fault in the server. The `X-Request-Id` of the reply finds its cause in the log.",
  not_implemented: "The route is known and not available in this version.",
  store_unavailable:
    "The database cannot save changes now: a full disk, for example. Nothing was changed; try again after `Retry-After` seconds. It heals by itself when there is room again.",
} as const satisfies Record<RefusalCode | FileRefusalCode | RequestCode, string>;
