import { FloatingServerAccess } from "../../src/api/floating-server/access.ts";
import type { FloatingServerContext } from "../../src/api/floating-server/context.ts";
import type { FloatingServerCode } from "../../src/api/floating-server/errors.ts";
import { floatingServerRoutes } from "../../src/api/floating-server/routes.ts";
import type { Route } from "../../src/api/http/route.ts";
import type { Reply } from "../support/http-client.ts";
import { type WireErrors, WireReplies } from "../support/wire-replies.ts";

/** Every route of the API; their handlers are not for calling. */
export const routes = floatingServerRoutes(
  { version: "0", isAuthRequired: false } as FloatingServerContext,
  new FloatingServerAccess(false),
);

/** Every path a route answers under, the undocumented ones too. */
export function pathsOf({ paths, aliases = [] }: Route): string[] {
  return [...paths, ...aliases];
}

/** Every code, and how it looks on the wire. */
export const wireErrors: WireErrors<FloatingServerCode> = {
  unknown_product: [400, "Provided product was not found"],
  license_not_found: [400, "License with the provided license user not found"],
  license_not_active: [400, "The license is not active"],
  license_not_enabled: [400, "The license is not enabled"],
  license_expired: [400, "The license has expired"],
  invalid_license_feature_code: [400, /^License feature code: .+ is invalid or not assigned to the license\.$/s],
  feature_not_floating: [400, "License feature is not floating feature."],
  floating_not_available: [400, "No available slots for floating license"],
  floating_feature_device_not_in_use: [400, "Floating feature device is not in use"],
  license_not_floating: [400, "The license is not floating"],
  device_not_found: [400, "The user is not registered on this license"],
  blacklisted: [400, "This device is blacklisted"],
  license_borrow_not_allowed: [400],
  borrow_until_not_valid: [400],
  license_not_consumption: [400],
  license_not_enough_consumptions: [400],
  feature_not_enough_consumptions: [400],
  negative_consumptions_not_allowed: [400],
  unsupported_product_feature: [400],
  license_file_invalid: [400],
  license_file_outdated: [400],
  hardware_id_mismatch: [400],
  offline_request_unknown: [400],
  offline_request_reused: [400],
  missing_parameters: [400, /^Some parameters are missing in the request: \w+(, \w+)*$/],
  validation_error: [400],
  invalid_json: [400],
  bad_request: [400],
  unauthorized: [401, "Unauthorized: Please log in"],
  forbidden: [403],
  not_found: [404],
  method_not_allowed: [405],
  payload_too_large: [413],
  unsupported_media_type: [415],
  too_many_requests: [429],
  headers_too_large: [431],
  internal_error: [500],
  not_implemented: [501],
  store_unavailable: [503],
};

const replies = new WireReplies(routes, wireErrors);

/** A 200 of that route, as its schema describes it. @returns its value */
export function expectReply(routeName: string, reply: Reply) {
  return replies.expectReply(routeName, reply);
}

/** An error with exactly the three keys, the status and message of its code. @returns its message */
export function expectError(reply: Reply, code: FloatingServerCode, about?: string | RegExp): string {
  return replies.expectError(reply, code, about);
}
