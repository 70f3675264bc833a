import { SeatkeeperError } from "../errors.ts";
import type { ActivateOfflineReply } from "../wire/license-api.ts";
import type { VendorKeys } from "./vendor-keys.ts";

/** A license that came as a file, and that the vendor has signed. */
export interface LicenseFile {
  /** An answer to a request, or a refresh of a license that is here already. */
  readonly kind: "answer" | "refresh";
  readonly license: ActivateOfflineReply;
  /** When the vendor wrote it. An older one than the last is not to be taken. */
  readonly issuedAt: Date;
  /** The request that an answer is to. */
  readonly requestId: string | undefined;
}

interface Expected {
  readonly keys: VendorKeys;
  readonly hardwareId: string;
  readonly product: string;
  readonly requestId: string | undefined;
}

const MAX_BYTES = 1_048_576;

/** Checks size, base64, JSON, signature, kind, request, hardware id and product, in this order. [CLIENT-8] */
export function readLicenseFile(text: string, expected: Expected): LicenseFile {
  const file = parse(text);
  const isRefresh = typeof file["refreshed_at"] === "string";
  const signature = file["license_signature_v2"];
  if (typeof signature !== "string" || !expected.keys.haveSigned(signedText(file, isRefresh), signature)) {
    throw invalid("signature", "it was not made by this vendor, or was changed");
  }
  // A reply to a request over the network is signed with the same key, and is no file.
  if (!isRefresh && !(file["request"] === "activation" && typeof file["request_id"] === "string")) {
    throw invalid("kind", "it is neither an answer nor a refresh");
  }
  const requestId = isRefresh ? undefined : String(file["request_id"]);
  if (expected.requestId !== undefined && requestId !== undefined && requestId !== expected.requestId) {
    throw invalid("request_id", "it answers another request");
  }
  if (file["hardware_id"] !== expected.hardwareId) {
    throw new SeatkeeperError("hardware_id_mismatch", `the file is for another device: ${file["hardware_id"]}`);
  }
  const license = file as unknown as ActivateOfflineReply;
  if (license.product_details?.short_code !== expected.product) throw invalid("product", "it is for another product");
  const issuedAt = new Date(String(file[isRefresh ? "refreshed_at" : "date"]));
  if (Number.isNaN(issuedAt.getTime())) throw invalid("content", "its date cannot be read");
  return { kind: isRefresh ? "refresh" : "answer", license, issuedAt, requestId };
}

function parse(text: string): Record<string, unknown> {
  if (Buffer.byteLength(text) > MAX_BYTES) throw invalid("size", `it is larger than ${MAX_BYTES} bytes`);
  const compact = text.replace(/\s+/g, "");
  const isJson = text.trim().startsWith("{");
  if (!isJson && (compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(compact))) {
    throw invalid("base64", "it is not base64, or was cut off");
  }
  try {
    const bytes = isJson ? Buffer.from(text) : Buffer.from(compact, "base64");
    const object = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    if (typeof object === "object" && object !== null && !Array.isArray(object)) return object;
  } catch {
    // Said below.
  }
  throw invalid("json", "it does not hold a JSON object");
}

/** The compact JSON in the file's order, without the signatures; of a refresh only the second is left out. */
function signedText(file: Readonly<Record<string, unknown>>, isRefresh: boolean): string {
  const members = Object.entries(file).filter(
    ([name]) => name !== "license_signature_v2" && (isRefresh || name !== "license_signature"),
  );
  return JSON.stringify(Object.fromEntries(members));
}

function invalid(check: string, problem: string): SeatkeeperError {
  return new SeatkeeperError("license_file_invalid", `${check}: ${problem}`);
}
