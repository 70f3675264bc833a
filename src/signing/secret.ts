import { hash, randomBytes, timingSafeEqual } from "node:crypto";

/** 240 random bits, in letters that need no escaping anywhere. */
export function makeSecret(): string {
  return randomBytes(30).toString("base64url");
}

/** Tokens are random, so that a plain hash hides them. @returns SHA-256, hex */
export function hashToken(token: string): string {
  return hash("sha256", token, "hex");
}

/** Whether a token is the one that is expected; how long it takes tells nothing of it. */
export function isSameToken(given: string, expected: string): boolean {
  return timingSafeEqual(Buffer.from(hashToken(given)), Buffer.from(hashToken(expected)));
}
