import { timingSafeEqual } from "node:crypto";
import { hashToken, makeToken } from "../../../use-cases/admins/admin-objects.ts";

const VALID_MS = 30 * 60_000;

/** The one-time token by which the first admin is made, on this machine only, within half an hour of the start. [ADMIN-2] */
export class SetupLink {
  readonly #token = makeToken();
  readonly #validUntil: number;
  readonly #monotonic: () => number;
  readonly #onUsed: () => void;
  #isUsed = false;

  /**
   * @param monotonic milliseconds that never go back
   * @param onUsed what is done once the token opens nothing any more
   */
  constructor(monotonic: () => number, onUsed: () => void = () => {}) {
    this.#monotonic = monotonic;
    this.#onUsed = onUsed;
    this.#validUntil = monotonic() + VALID_MS;
  }

  get token(): string {
    return this.#token;
  }

  /** The token is in the fragment, which no browser sends and no log has. */
  urlAt(origin: string): string {
    return `${origin}/#setup=${this.#token}`;
  }

  /** Why the token opens nothing; undefined where it does. */
  problemOf(token: string, address: string): string | undefined {
    if (!isLoopback(address)) return "only from this machine itself";
    if (this.#isUsed) return "the link was used";
    if (this.#monotonic() >= this.#validUntil) return "the link is older than 30 minutes; start the server again";
    const isRight = timingSafeEqual(Buffer.from(hashToken(token)), Buffer.from(hashToken(this.#token)));
    return isRight ? undefined : "the token is not the one that the server printed at its start";
  }

  /** There is an admin now. */
  use(): void {
    if (this.#isUsed) return;
    this.#isUsed = true;
    this.#onUsed();
  }
}

export function isLoopback(address: string): boolean {
  return address === "::1" || /^(::ffff:)?127\./.test(address);
}
