import type { FastifyRequest } from "fastify";
import { MINUTE_MS } from "../../../domain/instant.ts";
import { type RequestProblem, readRequestFile } from "../../../license-file/read-request.ts";
import type { Credential } from "../../../use-cases/vendor/keys/find-credential.ts";
import { findApiKey } from "../../../use-cases/vendor/keys/find-credential.ts";
import { type ProvenRequest, proveRequest, signerName } from "../../../use-cases/vendor/offline/prove-request.ts";
import { RequestRefusal } from "../../http/request-refusal.ts";
import type { Route } from "../../http/route.ts";
import type { LicenseApiContext } from "../context.ts";
import type { ApplicationCode } from "../errors.ts";
import { FailureLimit } from "./failure-limit.ts";
import { isDateSignedBy } from "./hmac-signature.ts";
import { parseHttpDate } from "./http-date.ts";
import type { OauthTokens } from "./oauth-tokens.ts";
import { type ParsedAuthorization, parseAuthorization } from "./parse-authorization.ts";
import { PasswordLimit } from "./password-limit.ts";

/** How far a Date header may be from the server's time, either way. */
const TOLERANCE_MS = 15 * MINUTE_MS;
const FAILURES_PER_MINUTE = 60;

/** An application proves who it is, before anything else of its request is looked at. [HMAC-1] to [HMAC-5] */
export class Authorizer {
  readonly #context: LicenseApiContext;
  readonly #tokens: OauthTokens;
  readonly #failures: FailureLimit;
  /** Limits wrong passwords, which come after the application is proven. */
  readonly passwords: PasswordLimit;
  readonly #callers = new WeakMap<FastifyRequest, Credential>();

  constructor(context: LicenseApiContext, tokens: OauthTokens) {
    this.#context = context;
    this.#tokens = tokens;
    const monotonic = () => context.clock.monotonic();
    this.#failures = new FailureLimit({ perMinute: FAILURES_PER_MINUTE, monotonic });
    this.passwords = new PasswordLimit(monotonic);
  }

  /** @throws RequestRefusal */
  async admit(request: FastifyRequest, route: Route): Promise<void> {
    if (route.access.role === "public") return;
    if (route.access.isProvenByFile && request.headers.authorization === undefined) return;
    const caller = await this.#authenticate(request);
    if (caller.isRevoked) this.#fail("revoked_api_key");
    if (caller.isReadOnly && route.changes) this.#fail("read_only_api_key");
    this.#callers.set(request, caller);
  }

  /** @throws RequestRefusal when the application may not ask about the product that the request names */
  admitProduct(request: FastifyRequest, product: unknown): void {
    const allowed = this.#callers.get(request)?.products ?? null;
    if (allowed !== null && typeof product === "string" && !allowed.includes(product)) {
      this.#fail("api_key_product_not_allowed");
    }
  }

  /**
   * The application proves itself by a file that it has signed: an offline request, of whatever date.
   *
   * @throws RequestRefusal; what is wrong with the file is `validation_error`
   */
  async admitFile(request: FastifyRequest, text: string): Promise<ProvenRequest> {
    const file = readRequestFile(text);
    if ("problem" in file) throw fileRefusal(file);
    const proven = await proveRequest(this.#context, file);
    if ("problem" in proven) throw fileRefusal(proven);
    if ("refused" in proven) {
      const { refused } = proven;
      if (refused === "invalid_api_key" || refused === "signature_mismatch") {
        this.#countFailure(signerName(file), request);
      }
      this.#fail(refused);
    }
    const { product, username, password } = proven.content;
    this.admitProduct(request, product);
    this.passwords.admit(request, username, password);
    return proven;
  }

  /** Who sent a request that was admitted; undefined on public routes. */
  callerOf(request: FastifyRequest): Credential | undefined {
    return this.#callers.get(request);
  }

  async #authenticate(request: FastifyRequest): Promise<Credential> {
    const { date, authorization } = request.headers;
    if (authorization === undefined) {
      this.#fail("missing_headers", date === undefined ? "Date, Authorization" : "Authorization");
    }
    const parsed = parseAuthorization(authorization);
    if ("problem" in parsed) {
      this.#fail(parsed.problem, "missing" in parsed ? parsed.missing.join(", ") : undefined);
    }
    if (parsed.scheme === "bearer") {
      // The date is not what proves anything here; one that comes is held to the same tolerance.
      if (date !== undefined) this.#checkDate(date);
      return this.#tokens.verify(parsed.token);
    }
    if (date === undefined) this.#fail("missing_headers", "Date");
    const credential = await this.#verify(request, parsed, date);
    this.#checkDate(date);
    return credential;
  }

  async #verify(
    request: FastifyRequest,
    { apiKey, signature }: Extract<ParsedAuthorization, { scheme: "hmac" }>,
    date: string,
  ): Promise<Credential> {
    const found = await findApiKey(this.#context, apiKey);
    const isSigned = found?.secrets.some((secret) => isDateSignedBy(secret, date, signature)) ?? false;
    if (found !== undefined && isSigned) return found;
    this.#countFailure(apiKey, request);
    this.#fail(found === undefined ? "invalid_api_key" : "signature_mismatch");
  }

  /** @throws RequestRefusal when there were too many of them */
  #countFailure(name: string, request: FastifyRequest): void {
    const waitS = this.#failures.fail(`${name} ${request.ip}`);
    if (waitS !== undefined) throw new RequestRefusal("too_many_requests", undefined, { "retry-after": String(waitS) });
  }

  #checkDate(date: string): void {
    const at = parseHttpDate(date);
    const isNear = at !== undefined && Math.abs(this.#context.clock.wall() - at) <= TOLERANCE_MS;
    if (!isNear) this.#fail("date_header_diff");
  }

  #fail(code: ApplicationCode, about?: string): never {
    throw new RequestRefusal<ApplicationCode>(code, about);
  }
}

function fileRefusal({ check, problem }: RequestProblem): RequestRefusal {
  return new RequestRefusal("validation_error", `${check}: ${problem}`);
}
