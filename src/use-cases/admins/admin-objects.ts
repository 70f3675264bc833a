import { hash, randomBytes } from "node:crypto";

/** 240 random bits, in letters that need no escaping anywhere. */
export function makeToken(prefix = ""): string {
  return `${prefix}${randomBytes(30).toString("base64url")}`;
}

/** Tokens are random, so that a plain hash hides them. */
export function hashToken(token: string): string {
  return hash("sha256", token, "hex");
}

/** Least characters of an admin's password. */
export const SHORTEST_PASSWORD = 10;

export function findPasswordProblem(password: string): string | undefined {
  const length = [...password].length;
  if (length < SHORTEST_PASSWORD) return `password must be at least ${SHORTEST_PASSWORD} characters`;
  return length > 255 ? "password must not be longer than 255 characters" : undefined;
}
