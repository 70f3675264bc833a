import { createPrivateKey, randomUUID, sign } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { License } from "../../src/domain/license.ts";
import { readRequestFile } from "../../src/license-file/read-request.ts";
import { encodeFile, signAnswer, signRefresh } from "../../src/license-file/write-license-file.ts";
import { ReplySigner } from "../../src/signing/reply-signer.ts";
import { makeKeyPair } from "../../src/signing/rsa.ts";
import { type LicenseObject, licenseToWire, noUsage } from "../../src/wire/license-object.ts";

/** When files are issued unless a test says otherwise. */
export const ISSUED_AT = Date.UTC(2026, 0, 1);

/** What floating servers of tests sign their requests with. */
export const REQUEST_KEYS = { apiKey: "test-api-key", sharedKey: "test-shared-key" } as const;

/** A vendor with a key pair of its own: signs license files as the real one does. */
export interface TestVendor {
  /** PEM */
  readonly privateKey: string;
  /** PEM */
  readonly publicKey: string;
  /** The answer to an activation request of that machine. */
  answer(license: License | LicenseObject, hardwareId: string, issuedAt?: number, requestId?: string): Promise<string>;
  /** The answer to a request as a floating server has written it. */
  answerRequest(request: string, license: License | LicenseObject, issuedAt?: number): Promise<string>;
  /** A refresh of a license that was imported before. */
  refresh(license: License | LicenseObject, hardwareId: string, refreshedAt?: number): Promise<string>;
  /** Signs any content, which nobody else can. @returns JSON */
  sign(content: Readonly<Record<string, unknown>>): string;
}

export function makeVendor(): TestVendor {
  const { privateKey, publicKey } = makeKeyPair();
  const signer = new ReplySigner(createPrivateKey(privateKey));
  const asker = { name: REQUEST_KEYS.apiKey, secret: REQUEST_KEYS.sharedKey };
  const vendor: TestVendor = {
    privateKey,
    publicKey,
    answer: async (license, hardwareId, issuedAt = ISSUED_AT, requestId = randomUUID()) => {
      const answer = {
        license: toObject(license),
        licensee: licenseeOf(license),
        requestId,
        hardwareId,
        date: issuedAt,
      };
      return encodeFile(await signAnswer(answer, signer, asker));
    },
    answerRequest: (text, license, issuedAt) => {
      const request = readRequestFile(text);
      if ("problem" in request) throw new Error(`the request cannot be read: ${request.problem}`);
      if (!request.isSignedBy(REQUEST_KEYS.sharedKey)) throw new Error("the request is not signed");
      return vendor.answer(license, String(request.fields["hardware_id"]), issuedAt, request.id);
    },
    refresh: async (license, hardwareId, refreshedAt = ISSUED_AT) => {
      const refresh = { license: toObject(license), licensee: licenseeOf(license), hardwareId, refreshedAt };
      return encodeFile(await signRefresh(refresh, signer));
    },
    sign: (content) => {
      const signature = sign("sha256", Buffer.from(JSON.stringify(content)), privateKey).toString("base64");
      return JSON.stringify({ ...content, license_signature_v2: signature });
    },
  };
  return vendor;
}

/** Settings that let a floating server write requests. @param folder where their file goes */
export function requestSettings(folder: string) {
  const sharedKeyFile = join(folder, "shared-key.txt");
  writeFileSync(sharedKeyFile, `${REQUEST_KEYS.sharedKey}\n`);
  return { "vendor.api-key": REQUEST_KEYS.apiKey, "vendor.shared-key-file": sharedKeyFile } as const;
}

/** The same as flags of the command line. */
export function requestFlags(folder: string): string[] {
  return Object.entries(requestSettings(folder)).flatMap(([name, value]) => [`--${name}`, value]);
}

/** Has a floating server write an activation request for the license. @returns the request's text */
export async function requestLicense(url: string, license: License | LicenseObject): Promise<string> {
  const product = "license_type" in license ? license.product_details.short_code : license.product.code;
  const response = await fetch(`${url}/api/v4/license/generate`, {
    method: "POST",
    body: JSON.stringify({ product, license_key: licenseeOf(license) }),
    headers: { "content-type": "application/json" },
  });
  if (!response.ok) throw new Error(`no request was written: ${await response.text()}`);
  return response.text();
}

/** Uploads a license file as a person's form does. */
export function uploadLicense(url: string, file: string | Blob, product?: string): Promise<Response> {
  const form = new FormData();
  if (product !== undefined) form.set("product", product);
  form.set("file", typeof file === "string" ? new Blob([file]) : file, "license.lic");
  return fetch(`${url}/api/v4/license/upload`, { method: "POST", body: form });
}

function toObject(license: License | LicenseObject): LicenseObject {
  return "license_type" in license ? license : licenseToWire(license, noUsage(ISSUED_AT), { isAdmin: true });
}

function licenseeOf(license: License | LicenseObject): string {
  const key = "license_type" in license ? license.license_key : license.details.key;
  return key ?? "somebody";
}
