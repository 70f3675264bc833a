import type { DeviceRefusalCode } from "../../domain/outcome.ts";
import type { ApplicationCode } from "./errors.ts";

/** What the codes of this API mean to the person who meets them; in place of the shared text where it differs. */
export const licenseApiExplanations = {
  unknown_product: "The vendor has no product with this code. Codes are compared exactly, case included.",
  license_not_found:
    "The product is known, but no license of it has this key, or is assigned to this user, or has this `license_id`.",
  license_not_active:
    "The license has not been activated yet, was reset, or its start date is still to come. Activate it first.",
  license_expired: "The license's validity has ended. It gives nothing any more; what is held can be given back.",
  device_not_found: "This device is not active on the license: activate it first.",
  blacklisted: "The vendor has barred this device from the license.",
  feature_not_floating:
    "The feature does not float in the vendor's cloud, so there is no seat of it here. Offline floating features are the floating server's.",
  floating_feature_device_not_in_use:
    "This device holds no seat of the feature: it was released before, or it ran out.",
  license_not_floating: "The license itself does not float in the vendor's cloud; its features may.",
  license_activated_max_times: "Deactivate another device first, or ask the vendor for more activations.",
  license_transferred_max_times: "The license may move to another device only so many times. Ask the vendor.",
  licenseUserActivatedMaxTimes: "This user has as many active devices as allowed. Deactivate one first.",
  archived_product: "The vendor has archived the product: nothing of it is activated any more.",
  disabled_product: "The vendor has disabled the product for now.",
  vm_not_allowed: "The device says that it is a virtual machine, and the vendor does not allow that.",
  license_not_started: "The license has a start date, and it is still to come.",
  invalid_credentials: "The user name is not known, or the password is not the user's.",
  offline_request_reused: "Each request is answered once. Create a new request.",
  trial_not_allowed: "The vendor gives no trials of this product.",
  trial_expired: "This device has had its trial.",
  email_missing: "Send `email`: the vendor wants to know who tries the product.",
  missing_hardware_id: "A trial is for one device: send its `hardware_id`.",
  active_license_required: "Versions are for active licenses. Activate it first.",
  version_not_found: "There is no such version, or it was released after the license's maintenance ended.",
  change_password_not_allowed: "The new password must be another than the old one, and must not be empty.",
  invalid_product_auth_method: "Licenses of this product go by keys, so they have no users.",
  customer_not_found: "The vendor has no such customer.",
  customer_account_not_found: "No customer has this account code.",
  missing_headers: "Send `Date` and `Authorization`. The sentence names what is missing.",
  authorization_invalid_headers:
    'Send `algorithm="hmac-sha256",headers="date",signature="…",apikey="…"`, each parameter once, or `Bearer …`.',
  authorization_missing_params: "The sentence names the parameters that are missing or empty.",
  hmac_required: "The only algorithm is `hmac-sha256`.",
  invalid_api_key: "There is no such API key.",
  revoked_api_key: "The vendor has revoked the API key.",
  read_only_api_key:
    "The API key may look and change nothing. Checking what floats changes something: it takes a seat.",
  api_key_product_not_allowed: "The vendor has made the API key for other products.",
  date_header_diff:
    "The clocks differ too much, or the request is old. Set the device's clock, or use the server's `Date`.",
  signature_mismatch: "The signature is not the one that the shared key gives over the `Date` header as it was sent.",
  oauth_token_expired: "Get a new token from the token endpoint.",
  oauth_token_malformed: "This is no token of this server, or its client was revoked.",
  license_key_or_license_user_required:
    "Send `license_key` for key-based products, `username` for user-based ones; one of them, not both.",
} as const satisfies Record<Exclude<DeviceRefusalCode, "validation_error"> | ApplicationCode, string> &
  Record<string, string>;
