import { hash, type KeyObject } from "node:crypto";
import type { ImportedFile } from "../domain/decision.ts";
import { isTextSignedBy } from "../signing/rsa.ts";
import { parseDate } from "../wire/date.ts";
import { decodeFile } from "./decode-file.ts";
import { signedText } from "./signed-text.ts";

/** Which check a file failed. */
export interface FileProblem {
  readonly check: "size" | "base64" | "json" | "signature" | "kind" | "hardware_id" | "product" | "content";
  readonly problem: string;
}

export interface LicenseFile {
  readonly kind: "answer" | "refresh";
  /** The license object with its signature members, its content not yet looked at. */
  readonly object: Readonly<Record<string, unknown>>;
  readonly file: ImportedFile;
  /** The request that an answer is to; refreshes answer none. */
  readonly requestId: string | undefined;
}

export interface Expectations {
  readonly trustedKeys: readonly KeyObject[];
  readonly hardwareId: string;
  /** The product code the file must be for, where the caller knows. */
  readonly product?: string | undefined;
}

/** Reads and verifies a license file: an answer to a request, or a refresh. [FILE-1] [FILE-2] [FILE-3] */
export function readLicenseFile(text: string, expected: Expectations): LicenseFile | FileProblem {
  const object = parse(text);
  if ("check" in object) return object as FileProblem;
  const kind = kindOf(object);
  const signed = signedText(object, kind === "refresh");
  const signature = object["license_signature_v2"];
  if (expected.trustedKeys.length === 0) {
    return fail("signature", "no vendor key is configured: set vendor.public-key-file");
  }
  if (typeof signature !== "string") return fail("signature", "license_signature_v2 is missing");
  if (signed === undefined || !isTextSignedBy(expected.trustedKeys, signed, signature)) {
    return fail("signature", "license_signature_v2 was not made by a trusted vendor key over this content");
  }
  if (kind === undefined) return fail("kind", "this is neither an activation answer nor a refresh");
  if (object["hardware_id"] !== expected.hardwareId) {
    const hardwareId = typeof object["hardware_id"] === "string" ? object["hardware_id"] : "no machine";
    return fail("hardware_id", `the file is for ${hardwareId}, this server is ${expected.hardwareId}`);
  }
  const product = (object["product_details"] as Record<string, unknown> | undefined)?.["short_code"];
  if (typeof product !== "string" || product === "") return fail("product", "product_details.short_code is missing");
  if (expected.product !== undefined && product !== expected.product) {
    return fail("product", `the file is for product ${product}, not ${expected.product}`);
  }
  const date = object[kind === "refresh" ? "refreshed_at" : "date"];
  const issuedAt = typeof date === "string" ? parseDate(date) : undefined;
  if (issuedAt === undefined) return fail("content", `${kind === "refresh" ? "refreshed_at" : "date"} is not a date`);
  const requestId = kind === "answer" ? String(object["request_id"]) : undefined;
  return { kind, object, file: { digest: hash("sha256", signed, "hex"), issuedAt }, requestId };
}

function parse(text: string): Record<string, unknown> | FileProblem {
  const json = decodeFile(text);
  if (typeof json !== "string") return json;
  try {
    const object = JSON.parse(json);
    if (typeof object === "object" && object !== null && !Array.isArray(object)) return object;
    return fail("json", "the file does not hold a JSON object");
  } catch {
    return fail("json", "the file does not hold JSON, or was cut off");
  }
}

/** A reply signed with the same key has neither of these, so that it cannot be passed off as a file. */
function kindOf(object: Record<string, unknown>): LicenseFile["kind"] | undefined {
  if (typeof object["refreshed_at"] === "string") return "refresh";
  const isAnswer = object["request"] === "activation" && typeof object["request_id"] === "string";
  return isAnswer ? "answer" : undefined;
}

function fail(check: FileProblem["check"], problem: string): FileProblem {
  return { check, problem };
}
