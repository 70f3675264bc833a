import { createHmac } from "node:crypto";

/** @returns HMAC-SHA256 of the text, base64; the shared key counts as UTF-8 text */
export function hmacText(sharedKey: string, text: string): string {
  return createHmac("sha256", sharedKey).update(text).digest("base64");
}
