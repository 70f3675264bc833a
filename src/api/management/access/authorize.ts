import type { FastifyRequest } from "fastify";
import { findTokenProblem, mayAct } from "../../../domain/admin.ts";
import type { Operation, Side } from "../../../management/operation.ts";
import { hashToken, isSameToken } from "../../../signing/secret.ts";
import type { Store } from "../../../store/store.ts";
import { findSession } from "../../../use-cases/admins/sessions.ts";
import { RequestRefusal } from "../../http/request-refusal.ts";
import { type Caller, NOBODY } from "./caller.ts";

export const CSRF_HEADER = "x-csrf-token";

/** Cookies do not tell ports apart: each side has a name of its own. */
export function cookieName(side: Side): string {
  return `seatkeeper_${side}`;
}

export interface Doorkeeper {
  readonly side: Side;
  readonly store: Store;
  now(): number;
}

/** Finds out who sent a request, and whether it may do this. [ADMIN-1] @throws RequestRefusal */
export async function admitCaller(door: Doorkeeper, operation: Operation, request: FastifyRequest): Promise<Caller> {
  const { authorization } = request.headers;
  const isChange = operation.method !== "GET";
  const caller = authorization !== undefined ? await byToken(door, authorization) : await bySession(door, request);
  if (operation.role === "anyone") return caller ?? NOBODY;
  if (caller === undefined) throw unauthorized("no session and no token");
  if (isChange && caller.csrfToken !== undefined) checkCsrf(caller.csrfToken, request.headers[CSRF_HEADER]);
  if (caller.role === "anyone" || !mayAct(caller.role, operation.role)) {
    throw new RequestRefusal("forbidden", `${operation.noun} ${operation.verb} needs the role ${operation.role}`);
  }
  const scope = `${operation.noun}:${isChange ? "write" : "read"}`;
  if (caller.scopes !== null && !covers(caller.scopes, operation.noun, isChange)) {
    throw new RequestRefusal("forbidden", `the token has no scope ${scope}`);
  }
  return caller;
}

/** A token with scopes makes no token that may more than itself. [ADMIN-7] @throws RequestRefusal */
export function checkGrant({ scopes: own }: Caller, granted: readonly string[] | null): void {
  if (own === null) return;
  const isWithin = granted?.every((scope) => {
    const [noun = "", way] = scope.split(":");
    return covers(own, noun, way === "write");
  });
  if (isWithin !== true)
    throw new RequestRefusal("forbidden", "the new token may not have scopes that this one has not");
}

/** An admin's session has no scopes: by it, a token with scopes would get around its own. [ADMIN-7] @throws RequestRefusal */
export function checkUnscoped({ scopes }: Caller): void {
  if (scopes === null) return;
  throw new RequestRefusal("forbidden", "a token with scopes makes no admins, and changes neither role nor password");
}

/** Writing includes reading. */
function covers(scopes: readonly string[], noun: string, isChange: boolean): boolean {
  return scopes.includes(`${noun}:write`) || (!isChange && scopes.includes(`${noun}:read`));
}

async function byToken({ store, now }: Doorkeeper, authorization: string): Promise<Caller> {
  const token = /^Bearer +([\w~+/.-]+=*)$/i.exec(authorization)?.[1];
  if (token === undefined) throw unauthorized("Authorization must be Bearer and a token");
  const found = await store.findRecord({ kind: "api_token", field: "tokenHash", value: hashToken(token) });
  if (found === undefined) throw unauthorized("this token is not known here");
  const problem = findTokenProblem(found, now());
  if (problem !== undefined) throw unauthorized(problem);
  const { id, name, role, scopes } = found;
  return { id: `token ${id}`, name, role, scopes, actor: { api: "management", token: name, tokenId: id } };
}

async function bySession({ side, store, now }: Doorkeeper, request: FastifyRequest): Promise<Caller | undefined> {
  const cookie = request.cookies[cookieName(side)];
  const found = cookie === undefined ? undefined : await findSession(store, cookie, now());
  if (found === undefined) return undefined;
  const { session, admin } = found;
  return {
    id: `admin ${admin.id}`,
    name: admin.name,
    role: admin.role,
    scopes: null,
    actor: { api: "management", admin: admin.name, adminId: admin.id },
    sessionId: session.id,
    adminId: admin.id,
    csrfToken: session.csrfToken,
  };
}

function checkCsrf(expected: string, given: string | string[] | undefined): void {
  if (typeof given === "string" && isSameToken(given, expected)) return;
  throw new RequestRefusal("forbidden", `${CSRF_HEADER} must be the session's csrf_token`);
}

function unauthorized(about: string): RequestRefusal {
  return new RequestRefusal("unauthorized", about, { "www-authenticate": "Bearer" });
}
