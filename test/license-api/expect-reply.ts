import assert from "node:assert/strict";
import { createPublicKey, verify } from "node:crypto";
import type { Authorizer } from "../../src/api/license-api/authorization/authorize.ts";
import type { LicenseApiContext } from "../../src/api/license-api/context.ts";
import type { LicenseApiCode } from "../../src/api/license-api/errors.ts";
import { licenseApiRoutes } from "../../src/api/license-api/routes.ts";
import type { Reply } from "../support/http-client.ts";
import type { TestVendorServer } from "../support/vendor-server.ts";
import { type WireErrors, WireReplies } from "../support/wire-replies.ts";

/** Every route of the API; their handlers are not for calling. */
export const routes = licenseApiRoutes({ version: "0" } as LicenseApiContext, {} as Authorizer);

/** Every code, and how it looks on the wire. */
export const wireErrors: WireErrors<LicenseApiCode> = {
  unknown_product: [400, "Provided product was not found"],
  license_not_found: [400, "License with the provided license user not found"],
  license_not_active: [400, "The license is not active"],
  license_not_enabled: [400, "The license is not enabled"],
  device_not_found: [400, "An active device matching the hardware_id not found"],
  blacklisted: [400, "This device is blacklisted"],
  floating_feature_device_not_in_use: [400, "Floating feature device is not in use"],
  invalid_license_feature_code: [400, /^License feature code: .+ is invalid or not assigned to the license\.$/s],
  feature_not_floating: [400, "License feature is not floating cloud feature."],
  license_expired: [400, "The license has expired"],
  license_not_floating: [400],
  floating_not_available: [400, "No available slots for floating license"],
  license_borrow_not_allowed: [400],
  borrow_until_not_valid: [400],
  license_not_consumption: [400],
  license_not_enough_consumptions: [400],
  feature_not_enough_consumptions: [400],
  negative_consumptions_not_allowed: [400],
  unsupported_product_feature: [400],
  license_activated_max_times: [400],
  license_transferred_max_times: [400],
  licenseUserActivatedMaxTimes: [400],
  archived_product: [400],
  disabled_product: [400],
  vm_not_allowed: [400],
  license_not_started: [400],
  invalid_credentials: [400],
  offline_request_reused: [400],
  trial_not_allowed: [400],
  trial_expired: [400],
  email_missing: [400],
  missing_hardware_id: [400],
  active_license_required: [400],
  version_not_found: [400],
  change_password_not_allowed: [400],
  invalid_product_auth_method: [400],
  customer_not_found: [400],
  customer_account_not_found: [400],
  missing_headers: [400],
  authorization_invalid_headers: [400],
  authorization_missing_params: [400],
  hmac_required: [400],
  invalid_api_key: [400],
  revoked_api_key: [400],
  read_only_api_key: [400],
  api_key_product_not_allowed: [400],
  date_header_diff: [400],
  signature_mismatch: [400],
  oauth_token_expired: [401],
  oauth_token_malformed: [401],
  license_key_or_license_user_required: [400],
  missing_parameters: [400, /^Some parameters are missing in the request: \w+(, \w+)*$/],
  validation_error: [400],
  invalid_json: [400],
  bad_request: [400],
  not_found: [404],
  method_not_allowed: [405],
  payload_too_large: [413],
  unsupported_media_type: [415],
  too_many_requests: [429],
  headers_too_large: [431],
  internal_error: [500],
  store_unavailable: [503],
};

const replies = new WireReplies(routes, wireErrors);

/** A 200 of that route, as its schema describes it, signed by the vendor. @returns its value */
export async function expectReply(vendor: TestVendorServer, routeName: string, reply: Reply) {
  const value = replies.expectReply(routeName, reply);
  assertSigned(reply, await publishedKey(vendor));
  return value;
}

/** The key that the vendor says its replies are signed with now, PEM. */
export async function publishedKey(vendor: TestVendorServer): Promise<string> {
  const { json } = await vendor.send({ method: "GET", path: "/api/v4/.well-known" });
  assert.equal(typeof json.pub_key, "string");
  return json.pub_key;
}

/** Whether a signature, base64, is that key's over the text: RSASSA-PKCS1-v1_5 with SHA-256. */
export function isSignedBy(pem: string, text: string | Buffer, signature: string): boolean {
  return verify("sha256", Buffer.from(text as string), createPublicKey(pem), Buffer.from(signature, "base64"));
}

/** The signature holds over the bytes as they came, and over what a client makes of them that parses and writes anew. */
export function assertSigned(reply: Reply, pem: string): void {
  const signature = reply.headers["licensesignature"];
  assert.ok(typeof signature === "string", "the reply is signed");
  assert.ok(isSignedBy(pem, reply.bytes, signature), "the signature is over the bytes");
  assert.ok(isSignedBy(pem, JSON.stringify(reply.json), signature), "the signature is over the JSON written anew");
  assert.equal(isSignedBy(pem, `${reply.text} `, signature), false, "and over nothing else");
}

/** An error with exactly the three keys, the status and message of its code. @returns its message */
export function expectError(reply: Reply, code: LicenseApiCode, about?: string | RegExp): string {
  assert.equal(reply.headers["licensesignature"], undefined, "errors are not signed");
  return replies.expectError(reply, code, about);
}
