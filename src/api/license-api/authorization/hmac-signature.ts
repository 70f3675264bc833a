import { createHmac, timingSafeEqual } from "node:crypto";

const SIGNATURE_BYTES = 32;

/**
 * The signature that goes with a `Date` header: HMAC-SHA256, base64. [HMAC-1]
 *
 * @param sharedKey counts as UTF-8 text: it is not decoded
 * @param date the header exactly as it came. A character of it is one byte, which is how Node hands headers over.
 */
export function signDate(sharedKey: string, date: string): string {
  return dateSignature(sharedKey, date).toString("base64");
}

/**
 * Whether this is the signature that goes with the date. Takes the same time wherever they differ. Of the ways to
 * write the same bytes in base64 only the canonical one is accepted.
 */
export function isDateSignedBy(sharedKey: string, date: string, signature: string): boolean {
  const bytes = Buffer.from(signature, "base64");
  if (bytes.length !== SIGNATURE_BYTES || bytes.toString("base64") !== signature) return false;
  return timingSafeEqual(bytes, expectedSignature(sharedKey, date));
}

/** All devices of an application sign the same date within a second, so what is expected is worked out once. */
const expected = new Map<string, Buffer>();
const MOST_EXPECTED = 1_000;
/** Dates that are longer are no dates, and worth no memory. */
const LONGEST_DATE = 64;

function expectedSignature(sharedKey: string, date: string): Buffer {
  // A header has no line feeds.
  const name = `${date}\n${sharedKey}`;
  const known = expected.get(name);
  if (known !== undefined) return known;
  const signature = dateSignature(sharedKey, date);
  if (date.length > LONGEST_DATE) return signature;
  expected.set(name, signature);
  if (expected.size > MOST_EXPECTED) expected.delete(expected.keys().next().value ?? "");
  return signature;
}

function dateSignature(sharedKey: string, date: string): Buffer {
  return createHmac("sha256", sharedKey).update("licenseSpring\ndate: ").update(date, "latin1").digest();
}
