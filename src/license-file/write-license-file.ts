import type { KeyObject } from "node:crypto";
import type { Instant } from "../domain/instant.ts";
import { hmacText } from "../signing/hmac.ts";
import { signText } from "../signing/rsa.ts";
import { formatDate } from "../wire/date.ts";
import type { LicenseObject } from "../wire/license-object.ts";
import { deviceText } from "./device-text.ts";
import { offlineText } from "./offline-text.ts";
import { signedText } from "./signed-text.ts";

export interface Answer {
  readonly license: LicenseObject;
  /** The license key, or the user name of a user-based license. */
  readonly licensee: string;
  readonly requestId: string;
  readonly hardwareId: string;
  readonly date: Instant;
}

/** With what a vendor signs: an RSA key for readers that hold its public half, and the shared key of the asking API key. */
export interface VendorKeys {
  readonly privateKey: KeyObject;
  readonly apiKey: string;
  readonly sharedKey: string;
}

/** Writes the answer to an activation request: base64 of the signed license object. [FILE-1] */
export function writeAnswer(answer: Answer, keys: VendorKeys): string {
  const { license, licensee, requestId, hardwareId } = answer;
  const date = formatDate(answer.date);
  const object = {
    ...license,
    request: "activation",
    request_id: requestId,
    hardware_id: hardwareId,
    date,
    offline_signature: hmacText(keys.sharedKey, offlineText({ date, licensee, hardwareId, signer: keys.apiKey })),
  };
  return encode({
    ...object,
    license_signature: signText(keys.privateKey, deviceText(licensee, hardwareId, license.validity_period)),
    license_signature_v2: signText(keys.privateKey, signedText(object, false) ?? ""),
  });
}

export interface Refresh {
  readonly license: LicenseObject;
  readonly licensee: string;
  readonly hardwareId: string;
  readonly refreshedAt: Instant;
}

/** Writes a refresh of a license that was imported before. [FILE-1] */
export function writeRefresh(refresh: Refresh, keys: Pick<VendorKeys, "privateKey">): string {
  const { license, licensee, hardwareId } = refresh;
  const object = {
    ...license,
    hardware_id: hardwareId,
    refreshed_at: formatDate(refresh.refreshedAt),
    license_signature: signText(keys.privateKey, deviceText(licensee, hardwareId, license.validity_period)),
  };
  return encode({ ...object, license_signature_v2: signText(keys.privateKey, signedText(object, true) ?? "") });
}

function encode(object: object): string {
  return Buffer.from(JSON.stringify(object)).toString("base64");
}
