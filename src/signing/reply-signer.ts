import { constants, type KeyObject, sign } from "node:crypto";

const DEFAULT_MAX_ENTRIES = 10_000;
const DEFAULT_MAX_BYTES = 32 * 1024 * 1024;

export interface ReplySignerOptions {
  /** How many signatures are kept. */
  readonly maxEntries?: number;
  /** How many bytes the texts of the kept signatures may have together, as UTF-8. */
  readonly maxBytes?: number;
}

/**
 * Signs replies with the vendor key: RSASSA-PKCS1-v1_5 with SHA-256 over the text's UTF-8 bytes. [SIGN-2]
 *
 * A signature costs a thousand times what its reply does, so it is made off the event loop, and kept: the reply to a
 * renewal is the same text as long as nothing changes. The scheme has no randomness, so a kept signature is the one
 * that signing again would give.
 */
export class ReplySigner {
  readonly #privateKey: KeyObject;
  readonly #maxEntries: number;
  readonly #maxBytes: number;
  /** Signatures by text, the one not used for longest first. */
  readonly #kept = new Map<string, string>();
  /** Of the kept texts. Never above `#maxBytes`. */
  #keptBytes = 0;
  /** Signings under way, by text. */
  readonly #pending = new Map<string, Promise<string>>();
  #signed = 0;
  #reused = 0;

  /** @throws Error when the key is not a private RSA key: another kind would sign, but in another scheme */
  constructor(privateKey: KeyObject, options: ReplySignerOptions = {}) {
    if (privateKey.type !== "private" || privateKey.asymmetricKeyType !== "rsa") {
      throw new Error(`expected an RSA private key, found ${privateKey.asymmetricKeyType} ${privateKey.type}`);
    }
    this.#privateKey = privateKey;
    this.#maxEntries = options.maxEntries ?? DEFAULT_MAX_ENTRIES;
    this.#maxBytes = options.maxBytes ?? DEFAULT_MAX_BYTES;
  }

  /** @returns the signature, base64; rejects when signing fails, and then the next call tries again */
  async sign(text: string): Promise<string> {
    const kept = this.#kept.get(text);
    if (kept !== undefined) {
      this.#reused++;
      this.#kept.delete(text);
      this.#kept.set(text, kept);
      return kept;
    }
    const pending = this.#pending.get(text);
    if (pending !== undefined) {
      const signature = await pending;
      this.#reused++;
      return signature;
    }
    const signing = this.#signNow(text);
    this.#pending.set(text, signing);
    try {
      return await signing;
    } finally {
      this.#pending.delete(text);
    }
  }

  /** Calls answered by a signature of their own, and by one that was kept or under way. */
  get stats(): { readonly signed: number; readonly reused: number } {
    return { signed: this.#signed, reused: this.#reused };
  }

  async #signNow(text: string): Promise<string> {
    const bytes = Buffer.from(text);
    const signature = await signBytes(this.#privateKey, bytes);
    this.#signed++;
    this.#keep(text, bytes.length, signature);
    return signature;
  }

  #keep(text: string, size: number, signature: string): void {
    // One text that fills the cache would only drive all others out.
    if (size > this.#maxBytes) return;
    this.#kept.set(text, signature);
    this.#keptBytes += size;
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= this.#maxEntries && this.#keptBytes <= this.#maxBytes) return;
      this.#kept.delete(oldest);
      this.#keptBytes -= Buffer.byteLength(oldest);
    }
  }
}

function signBytes(key: KeyObject, bytes: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    sign("sha256", bytes, { key, padding: constants.RSA_PKCS1_PADDING }, (error, signature) => {
      if (error === null) resolve(signature.toString("base64"));
      else reject(error);
    });
  });
}
