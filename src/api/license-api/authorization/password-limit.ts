import type { FastifyRequest } from "fastify";
import { isRefusal } from "../../../domain/outcome.ts";
import { RequestRefusal } from "../../http/request-refusal.ts";
import { FailureLimit } from "./failure-limit.ts";

const FAILURES_PER_MINUTE = 60;

/**
 * Slows down who guesses at passwords: wrong ones are counted by user name and address. Beyond the limit, nothing is
 * compared any more until the minute is over, so that a right guess is not told from a wrong one. [SEC-4]
 *
 * A comparison takes a while. As long as it is under way it counts as wrong: many that are sent at once are no more than
 * the limit allows.
 */
export class PasswordLimit {
  readonly #failures: FailureLimit;
  /** How many comparisons are under way for each name and address. */
  readonly #underWay = new Map<string, number>();
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
    const others = this.#underWay.get(guess) ?? 0;
    const waitS = this.#failures.waitOf(guess, others);
    if (waitS !== undefined) throw new RequestRefusal("too_many_requests", undefined, { "retry-after": String(waitS) });
    this.#underWay.set(guess, others + 1);
    this.#guesses.set(request, guess);
  }

  /** To be called with what a request is answered, and with nothing where it failed. */
  note(request: FastifyRequest, outcome?: unknown): void {
    const guess = this.#guesses.get(request);
    if (guess === undefined) return;
    this.#guesses.delete(request);
    const others = (this.#underWay.get(guess) ?? 1) - 1;
    if (others > 0) this.#underWay.set(guess, others);
    else this.#underWay.delete(guess);
    if (typeof outcome === "object" && outcome !== null && isWrong(outcome)) this.#failures.fail(guess);
  }
}

function isWrong(outcome: object): boolean {
  return isRefusal(outcome) && (outcome as { readonly refused: unknown }).refused === "invalid_credentials";
}
