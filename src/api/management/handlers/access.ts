import type { FastifyReply, FastifyRequest } from "fastify";
import { type Admin, type ApiToken, ROLES } from "../../../domain/admin.ts";
import { refuse } from "../../../domain/outcome.ts";
import * as operations from "../../../management/operations/access.ts";
import { verifyPassword } from "../../../signing/password.ts";
import { findPasswordProblem } from "../../../use-cases/admins/admin-objects.ts";
import { createApiToken, revokeApiToken } from "../../../use-cases/admins/api-tokens.ts";
import { changeAdmin, deleteAdmin } from "../../../use-cases/admins/change-admin.ts";
import { createAdmin } from "../../../use-cases/admins/create-admin.ts";
import { endSession, LONGEST_MS, startSession } from "../../../use-cases/admins/sessions.ts";
import { checkGrant, cookieName } from "../access/authorize.ts";
import { LockOut } from "../access/lock-out.ts";
import { type Bound, bind, bindList, Tagged } from "../bind.ts";
import type { ManagementContext } from "../context.ts";
import { toWire } from "../names.ts";
import { recordFieldsOf } from "../record-fields.ts";

const HIDDEN = ["passwordHash", "tokenHash"];
const adminToWire = (admin: Admin) => toWire(admin, HIDDEN);
const tokenToWire = (token: ApiToken) => toWire(token, HIDDEN);
const show = (admin: Admin) => new Tagged(admin, adminToWire(admin));
const adminRef = ({ admin: value }: { readonly admin: number }) => ({ kind: "admin", field: "id", value }) as const;

/** Admins, their sessions, and API tokens. */
export function accessHandlers({ side, store, clock, setup }: ManagementContext): readonly Bound[] {
  const lockOut = new LockOut(() => clock.monotonic());
  const cookie = { httpOnly: true, sameSite: "strict", path: "/" } as const;
  const isSecure = (request: FastifyRequest) => request.protocol === "https";
  /** Why a password proves nothing; undefined where it is the admin's. Nothing is compared while the name is locked. */
  const prove = async (name: string, admin: Admin | undefined, password: string) => {
    const wait = lockOut.waitMs(name);
    if (wait > 0) return { ...refuse("account_locked"), retryAfterMs: wait };
    const isRight = await lockOut.attempt(name, () => verifyPassword(admin?.passwordHash, password));
    return isRight && admin !== undefined && !admin.isDisabled ? undefined : refuse("invalid_credentials");
  };
  const logIn = async (admin: Admin, request: FastifyRequest, reply: FastifyReply) => {
    const { session, token } = await startSession(store, admin);
    reply.setCookie(cookieName(side), token, { ...cookie, secure: isSecure(request), maxAge: LONGEST_MS / 1_000 });
    return { name: admin.name, role: admin.role, side, csrf_token: session.csrfToken };
  };
  return [
    bindList(operations.listAdmins, async () => ({
      items: await store.records("admin"),
      fields: recordFieldsOf(operations.listAdmins.list),
      toWire: adminToWire,
    })),
    bind(
      operations.createAdmin,
      async ({ body, store: asked }) => {
        const made = await createAdmin(asked, body);
        if ("refused" in made) return made;
        setup.use();
        return show(made);
      },
      {
        async again(id) {
          const admin = await store.findRecord({ kind: "admin", field: "id", value: id });
          return admin === undefined ? refuse("does_not_exist", `admin ${id}`) : show(admin);
        },
      },
    ),
    bind(operations.showAdmin, async ({ params }) => {
      const admin = await store.findRecord(adminRef(params));
      return admin === undefined ? refuse("does_not_exist", `admin ${params.admin}`) : show(admin);
    }),
    bind(
      operations.updateAdmin,
      async ({ params, body, store: asked }) => {
        const { role, password, is_disabled: isDisabled } = body;
        const changed = await changeAdmin(asked, params.admin, { role, password, isDisabled });
        return "refused" in changed ? changed : show(changed);
      },
      { etagOf: adminRef },
    ),
    bind(operations.deleteAdmin, ({ params, store: asked }) => deleteAdmin(asked, params.admin) as never, {
      etagOf: adminRef,
    }),
    bindList(operations.listTokens, async () => ({
      items: await store.records("api_token"),
      fields: recordFieldsOf(operations.listTokens.list),
      toWire: tokenToWire,
    })),
    bind(
      operations.createToken,
      async ({ body, caller, store: asked }) => {
        const { name, role, scopes, expires_at } = body;
        checkGrant(caller, scopes ?? null);
        const expiresAt = typeof expires_at === "string" ? Date.parse(expires_at) : null;
        const made = await createApiToken(asked, { name, role, scopes, expiresAt });
        return "refused" in made ? made : { ...tokenToWire(made.apiToken), token: made.token };
      },
      {
        async again(id) {
          const token = await store.findRecord({ kind: "api_token", field: "id", value: id });
          return token === undefined ? refuse("does_not_exist", `token ${id}`) : { ...tokenToWire(token), token: null };
        },
      },
    ),
    bind(operations.revokeToken, ({ params, store: asked }) => revokeApiToken(asked, params.token) as never),
    bind(operations.showSession, ({ caller: { name, role, csrfToken } }) => ({
      name,
      role: ROLES.find((each) => each === role) ?? "viewer",
      side,
      csrf_token: csrfToken ?? null,
    })),
    bind(operations.startSession, async ({ body: { name, password }, request, reply }) => {
      const admin = await store.findRecord({ kind: "admin", field: "name", value: name });
      const refusal = await prove(name, admin, password);
      return refusal ?? (await logIn(admin as Admin, request, reply));
    }),
    bind(operations.changeOwnPassword, async ({ body, caller, request, reply, store: asked }) => {
      if (caller.adminId === undefined) return refuse("invalid_credentials", "a token has no password");
      const admin = await store.findRecord({ kind: "admin", field: "id", value: caller.adminId });
      const refusal = await prove(caller.name, admin, body.current_password);
      if (refusal !== undefined) return refusal;
      const problem = findPasswordProblem(body.new_password);
      if (problem !== undefined) return refuse("invalid_field", problem.replace("password", "new_password"));
      const changed = await changeAdmin(asked, caller.adminId, { password: body.new_password });
      return "refused" in changed ? changed : logIn(changed, request, reply);
    }),
    bind(operations.endSession, async ({ caller, request, reply, store: asked }) => {
      if (caller.sessionId !== undefined) await endSession(asked, caller.sessionId);
      reply.clearCookie(cookieName(side), { ...cookie, secure: isSecure(request) });
      return {};
    }),
    bind(operations.setUp, async ({ body: { token, ...admin }, request, store: asked }) => {
      // Behind a proxy on this machine everyone's address is loopback.
      const isForwarded =
        request.headers["x-forwarded-for"] !== undefined || request.headers["forwarded"] !== undefined;
      const address = isForwarded ? "" : (request.socket.remoteAddress ?? "");
      const problem = setup.problemOf(token, address);
      if (problem !== undefined) return refuse("setup_not_possible", problem);
      const made = await createAdmin(asked, { ...admin, role: "admin" }, true);
      if ("refused" in made) return made;
      setup.use();
      return show(made);
    }),
  ];
}
