import { createPublicKey, type KeyObject, verify } from "node:crypto";
import { UntrustedReplyError } from "../errors.ts";
import { type Answer, contentOf } from "../transport.ts";

const PEM = /-----BEGIN [A-Z ]+-----[^-]+-----END [A-Z ]+-----/g;

/** The vendor's public keys: more than one during a rotation. [CLIENT-5] */
export class VendorKeys {
  readonly #keys: readonly KeyObject[];

  /** @param pem one key, or several one after another */
  constructor(pem: string | readonly string[]) {
    const keys = [pem].flat().flatMap((text) => text.match(PEM) ?? []);
    if (keys.length === 0) throw new TypeError("publicKey is not a key in PEM");
    this.#keys = keys.map((text) => createPublicKey(text));
  }

  /** Whether one of the keys has signed this: RSASSA-PKCS1-v1_5 with SHA-256. */
  haveSigned(content: Uint8Array | string, signature: string): boolean {
    const bytes = typeof content === "string" ? Buffer.from(content) : content;
    return this.#keys.some((key) => verify("sha256", bytes, key, Buffer.from(signature, "base64")));
  }

  /** The JSON of a reply that is the vendor's, byte by byte. @throws UntrustedReplyError, RefusedError */
  readonly contentOf = (answer: Answer): unknown => {
    const isGood = answer.status >= 200 && answer.status < 300;
    const signature = answer.headers.get("licensesignature") ?? "";
    // Refusals are not signed. They give nothing.
    if (isGood && !this.haveSigned(answer.bytes, signature)) {
      throw new UntrustedReplyError(signature === "" ? "the reply is not signed" : "the reply's signature is wrong");
    }
    return contentOf(answer);
  };
}
