/** What each code of the management API means to the person who meets it, and what to do. */
export const managementExplanations: Readonly<Record<string, string>> = {
  missing_parameters: "`errors` names every field that is needed and was left out.",
  validation_error: "`errors` names every field that cannot be so, and what it must be. Nothing was changed.",
  invalid_json: "The body must be one JSON object in UTF-8.",
  bad_request: "The request is not HTTP as servers understand it, or its path is badly encoded.",
  not_found:
    "There is no such path on this side: vendor and floating server have different resources. The reference page lists all of them.",
  method_not_allowed: "The path exists, with the methods in `Allow`.",
  payload_too_large: "Requests, request files and license files are at most 1 MiB.",
  unsupported_media_type: "Send `Content-Type: application/json`, uncompressed.",
  too_many_requests: "The server compares only so many passwords at once. Try again after `Retry-After` seconds.",
  headers_too_large: "The headers together are larger than 16 KiB.",
  internal_error: "A fault in the server. The `request_id` finds its cause in the log.",
  store_unavailable:
    "The database cannot save changes now: a full disk, for example. Nothing was changed; try again after `Retry-After` seconds. It heals by itself when there is room again.",
  unauthorized:
    "Log in, or send an API token as `Authorization: Bearer …`. Sessions end after 2 hours unused; tokens expire and are revoked.",
  forbidden:
    "The sentence says why: the role, a scope of the token, a missing `X-CSRF-Token`, a page of another origin, or a host name this server is not known by (see `management.public-url`).",
  already_exists:
    "Something with this name, code or key is there already. Choose another one, or change the one that is there.",
  does_not_exist: "What the path, or the named field, refers to is not there, or is there no more.",
  is_in_use: "Something else needs it as it is. The sentence says what; remove or change that first.",
  invalid_field:
    "The field is well formed, but cannot have this value together with the others. The sentence says why.",
  stale: "Somebody else changed it after you read it. Read it again, then repeat your change.",
  key_reused: "An `Idempotency-Key` stands for one request. Use a new key for another one.",
  invalid_credentials: "The name or the password is wrong; which of them is not told. An admin can set a new password.",
  account_locked:
    "After the fifth wrong password a name is locked for a second, then twice as long each time, up to 15 minutes. Wait `Retry-After` seconds. Others are not affected.",
  setup_not_possible:
    "The one-time link works once, from the server's own machine, within 30 minutes of its start, and while there is no admin. Restart the server for a new link, or use `seatkeeper admin create`.",
  last_admin: "One admin has to stay, or nobody could run the server. Make another admin first.",
  seat_not_found: "The seat was released, or it ran out, meanwhile.",
  license_not_found: "There is no license with this id or key here.",
  unknown_product: "There is no product with this code. Codes are compared exactly, case included.",
  license_not_active: "The license is not activated: it never was, it was given back, or it was reset.",
  license_not_enabled: "The license is disabled. Enable it first.",
  license_expired: "The license's validity has ended. Change its end first.",
  blacklisted: "The device was barred from this license. Take it off the blacklist first.",
  license_file_invalid:
    "The sentence says which check failed. Nothing was imported. Ask for the file anew if it was cut off or changed on its way.",
  license_file_outdated:
    "A newer file of this license was imported already, or the license was given back. Nothing was changed.",
  hardware_id_mismatch:
    "License files are made for one server. Send the vendor this server's hardware id and ask for a file for it.",
  offline_request_unknown:
    "License files answer a request. Create one on this server, send it to the vendor, and import the file that comes back.",
  offline_request_reused: "Each request is good for one file. Create a new request for another one.",
  license_activated_max_times: "Take another device off the license first, or allow it more.",
  license_transferred_max_times:
    "The license may move to another device only so many times. Allow it more, or reset it.",
  licenseUserActivatedMaxTimes: "The license user has as many devices as allowed. Take one off, or allow more.",
  archived_product: "Nothing of an archived product is activated any more. Make the product active again first.",
  disabled_product: "The product is disabled for now. Make it active again first.",
  vm_not_allowed: "The device says that it is a virtual machine, and the license or its product does not allow that.",
  license_not_started: "The license has a start date, and it is still to come.",
  request_file_invalid:
    "This is no request file, or it was cut off or changed on its way. Ask the customer to send it again. Nothing was changed.",
  invalid_api_key:
    "Request files are signed by an API key of the vendor. This one names a key that was never made here.",
  revoked_api_key: "The API key in the request file was revoked. The customer needs a new one.",
  read_only_api_key: "The API key in the request file may look and change nothing. The customer needs one that may.",
  signature_mismatch:
    "The file was changed after it was signed, or it was signed with another shared key. Nothing was changed.",
  api_key_product_not_allowed: "The API key in the request file was made for other products.",
  license_not_consumption: "The license is not metered, so the request's consumption cannot be added to it.",
  license_not_enough_consumptions:
    "The consumption of the request would go beyond the maximum and the overage allowed.",
  feature_not_enough_consumptions:
    "The consumption of the request would go beyond the maximum and the overage allowed.",
  negative_consumptions_not_allowed: "The license does not allow negative amounts, or the total would fall below zero.",
  invalid_license_feature_code: "The license has no feature with the code that the request names.",
  unsupported_product_feature: "The feature is not metered, so there is nothing to add to.",
  device_not_found: "No device with this hardware id is on the license.",
};
