import { type Credential, findOauthClient } from "../../../use-cases/vendor/keys/find-credential.ts";
import { RequestRefusal } from "../../http/request-refusal.ts";
import type { LicenseApiContext } from "../context.ts";
import type { ApplicationCode } from "../errors.ts";

/** How long a token is good, in seconds. */
export const TOKEN_LIFETIME_S = 3_600;
const ALGORITHM = "HS256";

/** Tokens that OAuth clients get for their credentials. They stay good over a restart. [OAUTH-1] */
export class OauthTokens {
  readonly #context: LicenseApiContext;
  readonly #key: Buffer;

  constructor(context: LicenseApiContext) {
    this.#context = context;
    this.#key = context.secrets.derive("oauth-token");
  }

  /** @returns a signed token for the client */
  async issue(clientId: string): Promise<string> {
    const { SignJWT } = await import("jose");
    const now = Math.floor(this.#context.clock.wall() / 1_000);
    return new SignJWT({})
      .setProtectedHeader({ alg: ALGORITHM, typ: "JWT" })
      .setSubject(clientId)
      .setIssuedAt(now)
      .setExpirationTime(now + TOKEN_LIFETIME_S)
      .sign(this.#key);
  }

  /** @returns whose token it is @throws RequestRefusal `oauth_token_expired` or `oauth_token_malformed` */
  async verify(token: string): Promise<Credential> {
    const { errors, jwtVerify } = await import("jose");
    let clientId: string | undefined;
    try {
      const currentDate = new Date(this.#context.clock.wall());
      clientId = (await jwtVerify(token, this.#key, { algorithms: [ALGORITHM], currentDate })).payload.sub;
    } catch (error) {
      throw refusal(error instanceof errors.JWTExpired ? "oauth_token_expired" : "oauth_token_malformed");
    }
    const client = clientId === undefined ? undefined : await findOauthClient(this.#context, clientId);
    // A client that is gone or revoked has no good tokens.
    if (client === undefined || client.isRevoked) throw refusal("oauth_token_malformed");
    return client;
  }
}

function refusal(code: ApplicationCode): RequestRefusal<ApplicationCode> {
  return new RequestRefusal<ApplicationCode>(code);
}
