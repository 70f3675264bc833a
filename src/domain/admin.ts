import type { Instant } from "./instant.ts";
import type { RecordKind } from "./records.ts";

/** What one may do over the management API: each role may do what those before it may. [ADMIN-1] */
export const ROLES = ["viewer", "operator", "admin"] as const;
export type Role = (typeof ROLES)[number];

/** Whether a role is enough where `needed` is asked for. */
export function mayAct(role: Role, needed: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(needed);
}

/** A person who runs this server. */
export interface Admin {
  readonly id: number;
  /** Unique; compared exactly. */
  readonly name: string;
  readonly role: Role;
  readonly passwordHash: string;
  readonly isDisabled: boolean;
  readonly createdAt: Instant;
}

/** A person's browser, logged in. */
export interface Session {
  readonly id: number;
  readonly adminId: number;
  /** SHA-256 of the cookie's token, hex: the token itself is nowhere but in the browser. */
  readonly tokenHash: string;
  /** What a page has to send with every change. */
  readonly csrfToken: string;
  readonly startedAt: Instant;
  readonly seenAt: Instant;
}

/** A session ends when it is unused for this long, and in any case after the second time. [ADMIN-3] */
const IDLE_MS = 2 * 3_600_000;
export const LONGEST_SESSION_MS = 24 * 3_600_000;

export function hasSessionEnded({ startedAt, seenAt }: Session, now: Instant): boolean {
  return seenAt + IDLE_MS <= now || startedAt + LONGEST_SESSION_MS <= now;
}

/** What a program proves itself with. */
export interface ApiToken {
  readonly id: number;
  readonly name: string;
  /** SHA-256 of the token, hex. */
  readonly tokenHash: string;
  readonly role: Role;
  /** `noun:read` or `noun:write` of what it may do; null is all that its role may. */
  readonly scopes: readonly string[] | null;
  /** Null is never. */
  readonly expiresAt: Instant | null;
  readonly isRevoked: boolean;
  readonly createdAt: Instant;
}

/** Why an API token opens nothing any more; undefined where it does. [ADMIN-7] */
export function findTokenProblem({ isRevoked, expiresAt }: ApiToken, now: Instant): string | undefined {
  if (isRevoked) return "this token is revoked";
  return expiresAt !== null && expiresAt <= now ? "this token has expired" : undefined;
}

/** That something was made under an idempotency key, kept in the commit that made it. [MANAGE-6] */
export interface MadeOnce {
  readonly id: number;
  /** Who sent the key, and the key. */
  readonly key: string;
  /** SHA-256 of what was asked for, hex. */
  readonly fingerprint: string;
  /** What was made; of several things the first. */
  readonly kind: RecordKind | "license";
  readonly madeId: number;
  readonly at: Instant;
}
