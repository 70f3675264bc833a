import type { FastifyReply } from "fastify";
import { type Admin, LONGEST_SESSION_MS, ROLES } from "../../../domain/admin.ts";
import { refuse } from "../../../domain/outcome.ts";
import * as operations from "../../../management/operations/sessions.ts";
import { verifyPassword } from "../../../signing/password.ts";
import { findPasswordProblem } from "../../../use-cases/admins/admin-password.ts";
import { changeAdmin } from "../../../use-cases/admins/change-admin.ts";
import { endSession, startSession } from "../../../use-cases/admins/sessions.ts";
import { cookieName } from "../access/authorize.ts";
import { BoundedWork } from "../access/bounded-work.ts";
import { LockOut } from "../access/lock-out.ts";
import { type Bound, bind } from "../bind.ts";
import type { ManagementContext } from "../context.ts";

/** Names are anybody's to invent, so that no lock-out bounds how many passwords come at once. [ADMIN-4] */
const COMPARED_AT_ONCE = 2;
const WAITING_TO_BE_COMPARED = 16;
const RETRY_AFTER_MS = 1_000;

/** Who is logged in, and how. */
export function sessionHandlers({ side, store, clock, config }: ManagementContext): readonly Bound[] {
  const lockOut = new LockOut(() => clock.monotonic());
  const comparisons = new BoundedWork(COMPARED_AT_ONCE, WAITING_TO_BE_COMPARED);
  const cookie = { httpOnly: true, sameSite: "strict", path: "/" } as const;
  const isSecure = config["management.public-url"]?.startsWith("https:") === true;
  /** Why a password proves nothing; undefined where it is the admin's. Nothing is compared while the name is locked. */
  const prove = async (name: string, admin: Admin | undefined, password: string) => {
    const wait = lockOut.waitMs(name);
    if (wait > 0) return { ...refuse("account_locked"), retryAfterMs: wait };
    if (comparisons.isFull) return { ...refuse("too_many_requests"), retryAfterMs: RETRY_AFTER_MS };
    const compare = () => verifyPassword(admin?.passwordHash, password);
    const isRight = await lockOut.attempt(name, () => comparisons.run(compare));
    return isRight && admin !== undefined && !admin.isDisabled ? undefined : refuse("invalid_credentials");
  };
  const logIn = async (admin: Admin, reply: FastifyReply) => {
    const { session, token } = await startSession(store, admin);
    reply.setCookie(cookieName(side), token, {
      ...cookie,
      secure: isSecure,
      maxAge: LONGEST_SESSION_MS / 1_000,
    });
    return { name: admin.name, role: admin.role, side, csrf_token: session.csrfToken };
  };
  return [
    bind(operations.showSession, ({ caller: { name, role, csrfToken } }) => ({
      name,
      role: ROLES.find((each) => each === role) ?? "viewer",
      side,
      csrf_token: csrfToken ?? null,
    })),
    bind(operations.startSession, async ({ body: { name, password }, reply }) => {
      const admin = await store.findRecord({ kind: "admin", field: "name", value: name });
      const refusal = await prove(name, admin, password);
      return refusal ?? (await logIn(admin as Admin, reply));
    }),
    bind(operations.changeOwnPassword, async ({ body, caller, reply, store: asked }) => {
      if (caller.adminId === undefined) return refuse("invalid_credentials", "a token has no password");
      const admin = await store.findRecord({ kind: "admin", field: "id", value: caller.adminId });
      const refusal = await prove(caller.name, admin, body.current_password);
      if (refusal !== undefined) return refusal;
      const problem = findPasswordProblem("new_password", body.new_password);
      if (problem !== undefined) return refuse("invalid_field", problem);
      const changed = await changeAdmin(asked, caller.adminId, { password: body.new_password });
      return "refused" in changed ? changed : logIn(changed, reply);
    }),
    bind(operations.endSession, async ({ caller, reply, store: asked }) => {
      if (caller.sessionId !== undefined) await endSession(asked, caller.sessionId);
      reply.clearCookie(cookieName(side), { ...cookie, secure: isSecure });
      return {};
    }),
  ];
}
