import { createHmac } from "node:crypto";
import { RefusedError } from "../errors.ts";
import { monotonic } from "../time.ts";
import { type Answer, clockOffsetMs, contentOf, type Effort, type Transport } from "../transport.ts";
import type { OauthTokenReply, OauthUrlReply } from "../wire/license-api.ts";

export interface OauthCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where tokens are given; left out, the License API is asked. */
  readonly tokenUrl?: string;
}

/** How the application proves itself: with an API key and its shared key, or as an OAuth client. */
export type Credentials =
  | { readonly apiKey: string; readonly sharedKey: string; readonly oauth?: never }
  | { readonly oauth: OauthCredentials; readonly apiKey?: never; readonly sharedKey?: never };

/** Who sends: headers of a request, and what may be done when they are refused. */
export interface Application {
  headers(effort: Effort): Promise<Readonly<Record<string, string>>>;
  /** @returns whether the same request, with new headers, is worth another try */
  learnFrom(refusal: RefusedError, answer: Answer): boolean;
  /** Names the application in a request file, and signs it. */
  readonly name: { readonly api_key: string } | { readonly client_id: string };
  readonly secret: string;
}

/** A clock that is further off is not believed: a signature for tomorrow would be one to steal. */
const LARGEST_OFFSET_MS = 24 * 3_600_000;

/** Signs the date of each request; the server's, where the clock here is found to be off. [CLIENT-6] */
export class HmacApplication implements Application {
  readonly name: { readonly api_key: string };
  readonly secret: string;
  #offsetMs = 0;

  constructor(apiKey: string, sharedKey: string) {
    this.name = { api_key: apiKey };
    this.secret = sharedKey;
  }

  async headers(): Promise<Readonly<Record<string, string>>> {
    const date = new Date(Date.now() + this.#offsetMs).toUTCString();
    const signature = createHmac("sha256", this.secret).update(`licenseSpring\ndate: ${date}`).digest("base64");
    const parameters = { algorithm: "hmac-sha256", headers: "date", signature, apikey: this.name.api_key };
    const authorization = Object.entries(parameters).map(([name, value]) => `${name}="${value}"`);
    return { date, authorization: authorization.join(",") };
  }

  learnFrom({ code }: RefusedError, { headers }: Answer): boolean {
    if (code !== "date_header_diff") return false;
    this.#offsetMs = clockOffsetMs(headers);
    return Math.abs(this.#offsetMs) <= LARGEST_OFFSET_MS;
  }
}

/** Sends a token, and gets another one before it ends or when it is refused. */
export class OauthApplication implements Application {
  readonly name: { readonly client_id: string };
  readonly secret: string;
  readonly #credentials: OauthCredentials;
  readonly #transport: Transport;
  readonly #verified: (answer: Answer) => unknown;
  #token: Promise<{ readonly text: string; readonly endsAt: number }> | undefined;

  /** @param verified the content of a reply that the vendor has signed */
  constructor(credentials: OauthCredentials, transport: Transport, verified: (answer: Answer) => unknown) {
    this.name = { client_id: credentials.clientId };
    this.secret = credentials.clientSecret;
    this.#credentials = credentials;
    this.#transport = transport;
    this.#verified = verified;
  }

  async headers(effort: Effort): Promise<Readonly<Record<string, string>>> {
    if (this.#token !== undefined && (await this.#token).endsAt <= monotonic()) this.#token = undefined;
    // One is got for all who wait, so one who gives up does not end it.
    const { signal: _, ...rest } = effort;
    this.#token ??= this.#getToken(rest).catch((error) => {
      this.#token = undefined;
      throw error;
    });
    return { authorization: `Bearer ${(await this.#token).text}` };
  }

  learnFrom({ code }: RefusedError): boolean {
    this.#token = undefined;
    return code === "oauth_token_expired" || code === "oauth_token_malformed";
  }

  async #getToken(effort: Effort) {
    const { clientId, clientSecret, tokenUrl = await this.#findTokenUrl(effort) } = this.#credentials;
    const form = { grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret };
    const answer = await this.#transport.send({ method: "POST", path: tokenUrl, form }, effort);
    // OAuth has an error shape of its own.
    if (answer.status === 401 || answer.status === 400) {
      throw new RefusedError("unauthorized", "the OAuth client is not known, or its secret is wrong", answer);
    }
    const { access_token: text, expires_in: seconds } = contentOf(answer) as OauthTokenReply;
    return { text, endsAt: answer.askedAt + seconds * 900 };
  }

  /** The secret is sent there, so who says where has to be the vendor. */
  async #findTokenUrl(effort: Effort): Promise<string> {
    const query = { login_type: "client_credentials" };
    const answer = await this.#transport.send({ method: "GET", path: "oauth_url", query }, effort);
    return (this.#verified(answer) as OauthUrlReply).url;
  }
}
