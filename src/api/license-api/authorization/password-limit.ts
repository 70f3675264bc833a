import type { FastifyRequest } from "fastify";
import { isRefusal } from "../../../domain/outcome.ts";
import { RequestRefusal } from "../../http/request-refusal.ts";
import { FailureLimit } from "./failure-limit.ts";

const FAILURES_PER_MINUTE = 60;

/**
 * Slows down who guesses at passwords: wrong ones are counted by user name and address. Beyond the limit, nothing is
 * compared any more until the minute is over, so that a right guess is not told from a wrong one. [SEC-4]
 */
export class PasswordLimit {
  readonly #failures: FailureLimit;
  /** Whose password a request has brought. */
  readonly #guesses = new WeakMap<FastifyRequest, string>();

  constructor(monotonic: () => number) {
    this.#failures = new FailureLimit({ perMinute: FAILURES_PER_MINUTE, monotonic });
  }

  /**
   * To be called before the password is compared.
   *
   * @param username as the request names the user
   * @throws RequestRefusal `too_many_requests`
   */
  admit(request: FastifyRequest, username: unknown, password: unknown): void {
    if (typeof username !== "string" || typeof password !== "string") return;
    const guess = `${username} ${request.ip}`;
    const waitS = this.#failures.waitOf(guess);
    if (waitS !== undefined) throw new RequestRefusal("too_many_requests", undefined, { "retry-after": String(waitS) });
    this.#guesses.set(request, guess);
  }

  /** To be called with what a request is answered. */
  note(request: FastifyRequest, outcome: unknown): void {
    const guess = this.#guesses.get(request);
    const isOutcome = typeof outcome === "object" && outcome !== null;
    if (guess === undefined || !isOutcome || !isRefusal(outcome)) return;
    const { refused } = outcome as { readonly refused: unknown };
    if (refused === "invalid_credentials") this.#failures.fail(guess);
  }
}
