import { randomUUID, sign } from "node:crypto";
import type { License } from "../../src/domain/license.ts";
import { writeAnswer, writeRefresh } from "../../src/license-file/write-license-file.ts";
import { makeKeyPair, readPrivateKey } from "../../src/signing/rsa.ts";
import { type LicenseObject, licenseToWire, noUsage } from "../../src/wire/license-object.ts";

/** When files are issued unless a test says otherwise. */
export const ISSUED_AT = Date.UTC(2026, 0, 1);

/** A vendor with a key pair of its own: signs license files as the real one does. */
export interface TestVendor {
  /** PEM */
  readonly privateKey: string;
  /** PEM */
  readonly publicKey: string;
  /** The answer to an activation request of that machine. */
  answer(license: License | LicenseObject, hardwareId: string, issuedAt?: number): string;
  /** A refresh of a license that was imported before. */
  refresh(license: License | LicenseObject, hardwareId: string, refreshedAt?: number): string;
  /** Signs any content, which nobody else can. @returns JSON */
  sign(content: Readonly<Record<string, unknown>>): string;
}

export function makeVendor(): TestVendor {
  const { privateKey, publicKey } = makeKeyPair();
  const keys = { privateKey: readPrivateKey(privateKey), apiKey: "test-api-key", sharedKey: "test-shared-key" };
  return {
    privateKey,
    publicKey,
    answer: (license, hardwareId, issuedAt = ISSUED_AT) =>
      writeAnswer(
        {
          license: toObject(license),
          licensee: licenseeOf(license),
          requestId: randomUUID(),
          hardwareId,
          date: issuedAt,
        },
        keys,
      ),
    refresh: (license, hardwareId, refreshedAt = ISSUED_AT) =>
      writeRefresh({ license: toObject(license), licensee: licenseeOf(license), hardwareId, refreshedAt }, keys),
    sign: (content) => {
      const signature = sign("sha256", Buffer.from(JSON.stringify(content)), privateKey).toString("base64");
      return JSON.stringify({ ...content, license_signature_v2: signature });
    },
  };
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
