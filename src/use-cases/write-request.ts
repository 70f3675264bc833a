import { randomUUID } from "node:crypto";
import { hostname, release, type } from "node:os";
import type { License } from "../domain/license.ts";
import { type Refusal, refuse } from "../domain/outcome.ts";
import { decideRequest } from "../domain/request-license.ts";
import { type RequestKeys, writeRequest } from "../license-file/write-request.ts";
import type { Store } from "../store/store.ts";
import { version } from "../version.ts";
import { showLicenses } from "./show-license.ts";

/** What a floating server writes its requests with. */
export interface RequestContext {
  readonly store: Store;
  readonly hardwareId: string;
  /** Undefined where none are configured: then no request can be written. */
  readonly credentials: RequestKeys | undefined;
}

/** Which license is asked for; what is left out is what is known here, as long as that is one. */
export interface RequestWish {
  readonly product?: string | undefined;
  readonly licenseKey?: string | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly licenseId?: number | undefined;
}

/** What is wrong with a wish; `about` names the fields, or the settings. */
export type WishRefusal = Refusal<"missing_parameters" | "validation_error" | "license_not_found">;

/** A request as a file. */
export interface WrittenRequest {
  readonly requestId: string;
  /** Its text: base64. */
  readonly file: string;
}

type Licensee = Pick<RequestWish, "licenseKey" | "username" | "password" | "licenseId"> & { readonly product: string };

export const NO_CREDENTIALS = refuse(
  "validation_error",
  "the settings vendor.api-key and vendor.shared-key-file are needed to sign requests, and are not set",
);

/** Writes an activation request for this server, and keeps that it was written. [FILE-6] [FILE-8] */
export async function writeActivationRequest(
  { store, hardwareId, credentials }: RequestContext,
  wish: RequestWish,
): Promise<WrittenRequest | WishRefusal> {
  if (credentials === undefined) return NO_CREDENTIALS;
  const licensee = await completeWish(store, wish);
  if ("refused" in licensee) return licensee;
  const { product } = licensee;
  const requestId = randomUUID();
  const { at } = await store.transact({ everyRecord: ["offline_request"] }, (view) =>
    decideRequest(view, { requestId, product, hardwareId }),
  );
  const request = {
    request: "activation",
    requestId,
    date: at,
    hardwareId,
    ...licensee,
    ...describeMachine(),
  } as const;
  return { requestId, file: writeRequest(request, credentials) };
}

/** What the vendor is shown of this machine. */
export function describeMachine() {
  // It is its own client library.
  const program = `seatkeeper ${version}`;
  return {
    sdkVersion: program,
    appVersion: program,
    device: { hostname: hostname(), os_ver: `${type()} ${release()}` },
  };
}

async function completeWish(store: Store, wish: RequestWish): Promise<Licensee | WishRefusal> {
  const { licenseKey, username, password, licenseId } = wish;
  if (licenseKey !== undefined && username !== undefined) {
    return refuse("validation_error", "license_key and username must not both be given");
  }
  if (username !== undefined && password === undefined) return refuse("missing_parameters", "password");
  const product = wish.product ?? (await onlyProduct(store));
  if (product === undefined) return refuse("missing_parameters", "product");
  if (licenseKey !== undefined) return { product, licenseKey, licenseId };
  if (username !== undefined) return { product, username, password, licenseId };
  const licenses = await showLicenses(store, product);
  if ("refused" in licenses) return refuse("missing_parameters", "license_key");
  const own = licenses.map(({ license }) => license).findLast(({ id }) => licenseId === undefined || id === licenseId);
  if (own === undefined) return refuse("license_not_found");
  return ownKey(own);
}

/** A license that is here already is asked for once more. */
function ownKey({ id, product, details }: License): Licensee | WishRefusal {
  if (product.authorizationMethod === "user") return refuse("missing_parameters", "username, password");
  if (details.key === null) return refuse("missing_parameters", "license_key");
  return { product: product.code, licenseKey: details.key, licenseId: id };
}

async function onlyProduct(store: Store): Promise<string | undefined> {
  const products = new Set((await store.licenses()).map(({ product }) => product.code));
  return products.size === 1 ? [...products][0] : undefined;
}
