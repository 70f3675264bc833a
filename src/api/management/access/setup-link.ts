import { isSameToken, makeSecret } from "../../../signing/secret.ts";

const VALID_MS = 30 * 60_000;

/** The one-time token by which the first admin is made, on this machine only, within half an hour of the start. [ADMIN-2] */
export class SetupLink {
  readonly #token = makeSecret();
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

  /** Why the token opens nothing; undefined where it does. @param isLocal whether this machine itself asks */
  problemOf(token: string, isLocal: boolean): string | undefined {
    if (!isLocal) return "only from this machine itself";
    if (this.#isUsed) return "the link was used";
    if (this.#monotonic() >= this.#validUntil) return "the link is older than 30 minutes; start the server again";
    return isSameToken(token, this.#token)
      ? undefined
      : "the token is not the one that the server printed at its start";
  }

  /** There is an admin now. */
  use(): void {
    if (this.#isUsed) return;
    this.#isUsed = true;
    this.#onUsed();
  }
}
