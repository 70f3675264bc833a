import type { Instant } from "../domain/instant.ts";
import type { Json, JsonObject } from "../domain/json.ts";
import { hmacText } from "../signing/hmac.ts";
import { formatDate } from "../wire/date.ts";

/** What a device or a floating server asks its vendor for by file. */
export interface OfflineRequest {
  readonly request: "activation" | "deactivation";
  /** Good once: every request has another. */
  readonly requestId: string;
  readonly date: Instant;
  readonly product: string;
  readonly hardwareId: string;
  /** Of a key-based license; a user-based one has user name and password instead. */
  readonly licenseKey?: string | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** Which of several licenses of one key or user. */
  readonly licenseId?: number | undefined;
  readonly bundleCode?: string | undefined;
  readonly sdkVersion?: string | undefined;
  readonly appVersion?: string | undefined;
  /** Device information by its names on the wire: `os_ver`, `hostname`, `ip`, `is_vm` and so on. */
  readonly device?: Readonly<Record<string, Json>> | undefined;
  readonly variables?: JsonObject | undefined;
  /** What was counted here; for a deactivation. */
  readonly consumptions?: number | undefined;
  /** The features as they were here; for a deactivation. */
  readonly productFeatures?: readonly Json[] | undefined;
}

/** Who asks: the API key is named in the request, its shared key signs it. */
export interface RequestKeys {
  readonly apiKey: string;
  readonly sharedKey: string;
}

/** Writes a request of schema 2: base64 of the request and the signature over its very text. [FILE-6] */
export function writeRequest(request: OfflineRequest, keys: RequestKeys): string {
  const text = JSON.stringify({
    // First, so that device information never takes the place of a field below.
    ...request.device,
    request: request.request,
    request_id: request.requestId,
    schema_version: 2,
    date: formatDate(request.date),
    product: request.product,
    hardware_id: request.hardwareId,
    license_key: request.licenseKey,
    username: request.username,
    password: request.password,
    api_key: keys.apiKey,
    license_id: request.licenseId,
    bundle_code: request.bundleCode,
    sdk_ver: request.sdkVersion,
    app_ver: request.appVersion,
    variables: request.variables,
    consumptions: request.consumptions,
    product_features: request.productFeatures,
  });
  const signature = hmacText(keys.sharedKey, text);
  // Put together by hand, so that what is sent is what was signed.
  return Buffer.from(`{"request":${text},"signature":"${signature}"}`).toString("base64");
}
