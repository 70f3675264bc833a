import assert from "node:assert/strict";
import { Ajv } from "ajv";
import { FloatingServerAccess } from "../../src/api/floating-server/access.ts";
import type { FloatingServerContext } from "../../src/api/floating-server/context.ts";
import type { FloatingServerCode } from "../../src/api/floating-server/errors.ts";
import { floatingServerRoutes } from "../../src/api/floating-server/routes.ts";
import type { Route } from "../../src/api/http/route.ts";
import type { Reply } from "../support/http-client.ts";

/** Every route of the API; their handlers are not for calling. */
export const routes = floatingServerRoutes(
  { version: "0", isAuthRequired: false } as FloatingServerContext,
  new FloatingServerAccess(false),
);

/** Every path a route answers under, the undocumented ones too. */
export function pathsOf({ paths, aliases = [] }: Route): string[] {
  return [...paths, ...aliases];
}

/** Every code, and how it looks on the wire: what clients were written against. A message that is free is left out. */
export const wireErrors: Readonly<Record<FloatingServerCode, readonly [status: number, message?: string | RegExp]>> = {
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

const validators = new Map(
  routes.map(({ name, reply }) => [name, new Ajv({ allErrors: true, strict: false }).compile(reply)]),
);

/** A 200 of that route, as its schema describes it. @returns its value */
export function expectReply(routeName: string, reply: Reply) {
  assert.equal(reply.status, 200, reply.text);
  assert.equal(reply.headers["content-type"], "application/json");
  const validator = validators.get(routeName);
  assert.ok(validator !== undefined, `there is no route ${routeName}`);
  const value: unknown = reply.json;
  assert.ok(validator(value), `${routeName}: ${JSON.stringify(validator.errors)}`);
  return reply.json;
}

/** An error with exactly the three keys, the status and message of its code. @returns its message */
export function expectError(reply: Reply, code: FloatingServerCode, about?: string | RegExp): string {
  const [status, message] = wireErrors[code];
  assert.equal(reply.headers["content-type"], "application/json");
  const { json } = reply;
  assert.deepEqual(Object.keys(json), ["status", "code", "message"], reply.text);
  assert.deepEqual([json.code, json.status, reply.status], [code, status, status], reply.text);
  assert.equal(typeof json.message, "string");
  assert.ok(json.message.length > 0 && !json.message.includes("<about>"), json.message);
  if (typeof message === "string") assert.equal(json.message, message);
  else if (message !== undefined) assert.match(json.message, message);
  if (typeof about === "string") assert.ok(json.message.includes(about), `${json.message} names ${about}`);
  else if (about !== undefined) assert.match(json.message, about);
  return json.message;
}
