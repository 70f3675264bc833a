import { randomBytes } from "node:crypto";
import type { FastifyRequest } from "fastify";
import { isLocal } from "../http/is-local.ts";
import { RequestRefusal } from "../http/request-refusal.ts";
import type { Access } from "../http/route.ts";

const TOKEN_LIFETIME = "12h";

/** Who may do what on the Floating Server. [AUTH-1] to [AUTH-4] */
export class FloatingServerAccess {
  readonly #isRequired: boolean;
  /** Of this process only: a token given out while no login is required is void after it. */
  readonly #tokenKey = randomBytes(32);

  constructor(isRequired: boolean) {
    this.#isRequired = isRequired;
  }

  /** @throws RequestRefusal `unauthorized` or `forbidden` */
  check(request: FastifyRequest, access: Access): void {
    if (access.role === "public") return;
    // User accounts are not part of this version: with login required, nobody has one yet.
    if (this.#isRequired) throw new RequestRefusal("unauthorized");
    if (access.role === "admin" && access.isLocal && !isLocal(request)) {
      throw new RequestRefusal("forbidden", "without user accounts this works from the server's own machine only");
    }
  }

  /**
   * Existing clients refuse to go on without a token: while no login is required, any Basic credentials get one
   * of role `user`.
   *
   * @throws RequestRefusal `unauthorized`
   */
  async logIn(authorization: string | undefined): Promise<string> {
    const user = /^basic ([A-Za-z0-9+/]+={0,2})$/i.exec(authorization ?? "")?.[1];
    const name = user === undefined ? undefined : /^([^:]*):/.exec(Buffer.from(user, "base64").toString())?.[1];
    if (name === undefined || this.#isRequired) {
      throw new RequestRefusal("unauthorized", undefined, { "www-authenticate": 'Basic realm="seatkeeper"' });
    }
    const { SignJWT } = await import("jose");
    return new SignJWT({ role: "user" })
      .setProtectedHeader({ alg: "HS256", typ: "JWT" })
      .setSubject(name)
      .setIssuedAt()
      .setExpirationTime(TOKEN_LIFETIME)
      .sign(this.#tokenKey);
  }
}
