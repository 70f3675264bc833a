import type { Instant } from "../domain/instant.ts";
import type { Json } from "../domain/json.ts";
import { hmacText } from "../signing/hmac.ts";
import { formatDate } from "../wire/date.ts";
import { deviceText } from "./device-text.ts";
import { offlineText } from "./offline-text.ts";
import { signedText } from "./signed-text.ts";

/** A license object of any flavour; signatures in it are made anew. */
type AnyLicenseObject = Readonly<Record<string, unknown>> & { readonly validity_period: string | null };

/** What a file holds, its signatures included: plain JSON. */
export type SignedObject = Readonly<Record<string, Json>>;

export interface Answer {
  readonly license: AnyLicenseObject;
  /** The license key, or the user name of a user-based license. */
  readonly licensee: string;
  readonly requestId: string;
  readonly hardwareId: string;
  readonly date: Instant;
}

/** Who asked: an API key with its shared key, or an OAuth client's id with its secret. */
export interface AnswerSigner {
  readonly name: string;
  readonly secret: string;
}

/** Signs with the vendor key, for readers that hold its public half. @returns the signature, base64 */
export interface VendorSigner {
  sign(text: string): Promise<string>;
}

/** The answer to an activation request. As a file it is `encodeFile` of it. [FILE-1] */
export async function signAnswer(answer: Answer, vendor: VendorSigner, asker: AnswerSigner): Promise<SignedObject> {
  const { licensee, requestId, hardwareId } = answer;
  const { license_signature: _, license_signature_v2: __, ...license } = answer.license;
  const date = formatDate(answer.date);
  const object = {
    ...license,
    request: "activation",
    request_id: requestId,
    hardware_id: hardwareId,
    date,
    offline_signature: hmacText(asker.secret, offlineText({ date, licensee, hardwareId, signer: asker.name })),
  };
  const signature = await vendor.sign(deviceText(licensee, hardwareId, answer.license.validity_period));
  return withSignature({ ...object, license_signature: signature }, false, vendor);
}

export interface Refresh {
  readonly license: AnyLicenseObject;
  readonly licensee: string;
  readonly hardwareId: string;
  readonly refreshedAt: Instant;
}

/** A refresh of a license that was imported before: nothing in it tells of a request. [FILE-1] */
export async function signRefresh(refresh: Refresh, vendor: VendorSigner): Promise<SignedObject> {
  const { licensee, hardwareId, refreshedAt } = refresh;
  const { request: _, license_signature: __, license_signature_v2: ___, ...license } = refresh.license;
  const object = { ...license, hardware_id: hardwareId, refreshed_at: formatDate(refreshedAt) };
  const signature = await vendor.sign(deviceText(licensee, hardwareId, refresh.license.validity_period));
  return withSignature({ ...object, license_signature: signature }, true, vendor);
}

/** The text of a license file: base64 of the object, in one line. */
export function encodeFile(object: SignedObject): string {
  return Buffer.from(JSON.stringify(object)).toString("base64");
}

async function withSignature(object: object, isRefresh: boolean, vendor: VendorSigner): Promise<SignedObject> {
  // As a reader will see it: without what JSON leaves out.
  const plain: Record<string, Json> = JSON.parse(JSON.stringify(object));
  return { ...plain, license_signature_v2: await vendor.sign(signedText(plain, isRefresh) ?? "") };
}
