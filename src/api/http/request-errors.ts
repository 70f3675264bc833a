import type { WireError } from "./error-body.ts";
import type { RequestCode } from "./request-refusal.ts";

/** How the codes look that every API gives, whatever it is about. */
export const requestErrors = {
  missing_parameters: { status: 400, message: "Some parameters are missing in the request: <about>" },
  validation_error: { status: 400, message: "The request is not valid: <about>" },
  invalid_json: { status: 400, message: "The body is not valid JSON: <about>" },
  bad_request: { status: 400, message: "The request is malformed: <about>" },
  not_found: { status: 404, message: "There is nothing at this path" },
  method_not_allowed: { status: 405, message: "This path does not take this method; it takes <about>" },
  payload_too_large: { status: 413, message: "The request is larger than 1 MiB" },
  unsupported_media_type: { status: 415, message: "The content type is not supported: <about>" },
  too_many_requests: { status: 429, message: "Too many requests; try again later" },
  headers_too_large: { status: 431, message: "The request headers are too large" },
  internal_error: { status: 500, message: "Internal error" },
  store_unavailable: { status: 503, message: "The store cannot save changes now; nothing was changed" },
} as const satisfies Partial<Record<RequestCode, WireError>>;

/** Codes that an API gives only where its callers log in, or where a route is still to come. */
export type OptionalRequestCode = Exclude<RequestCode, keyof typeof requestErrors>;
