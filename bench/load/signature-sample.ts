import { createPublicKey, type KeyObject, verify } from "node:crypto";
import type { Reply } from "./reply.ts";

/** One of so many signatures is verified: it costs as much as all the rest of a request. */
const EVERY = 64;

/** Looks at the signatures of replies: all must be there, and those of a sample are verified. */
export class SignatureSample {
  readonly #publicKey: KeyObject;
  #replies = 0;

  /** @param publicKey PEM */
  constructor(publicKey: string) {
    this.#publicKey = createPublicKey(publicKey);
  }

  isRight(bytes: Buffer, { start, end, signatureAt }: Reply): boolean {
    if (signatureAt < 0) return false;
    this.#replies += 1;
    if (this.#replies % EVERY !== 1) return true;
    const text = bytes.toString("latin1", signatureAt, bytes.indexOf("\r\n", signatureAt));
    return verify("sha256", bytes.subarray(start, end), this.#publicKey, Buffer.from(text, "base64"));
  }
}
