import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, type KeyObject, randomBytes } from "node:crypto";
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { Fault } from "../fault.ts";

const CIPHER = "aes-256-gcm";
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const PREFIX = "v1.";

/**
 * Keeps secrets that must be read again, such as shared keys, so that a copy of the database does not give them away:
 * they are encrypted with a key that stays in a file of its own. [SEC-1]
 *
 * The key itself encrypts nothing. Whatever uses it has a key derived for its purpose, so that none tells of another.
 */
export class SecretBox {
  readonly #key: KeyObject;
  readonly #sealingKey: Buffer;

  private constructor(key: Buffer) {
    this.#key = createSecretKey(key);
    this.#sealingKey = this.#deriveBytes("seal");
  }

  /**
   * Reads the key from a file: one line, base64 of 32 bytes, as `openssl rand -base64 32` gives it. A file that is not
   * there is made, for its owner only. Of several processes that make it at once, all get the key of the first.
   *
   * @throws Fault `config_invalid` when the file cannot be read or made, or holds anything else
   */
  static open(file: string): SecretBox {
    try {
      return new SecretBox(readKey(file) ?? makeKey(file));
    } catch (error) {
      if (error instanceof Fault) throw error;
      throw new Fault("config_invalid", `the key file cannot be used: ${(error as Error).message}`, error);
    }
  }

  /**
   * @param context what the secret belongs to, such as the id of its row: it is not in the result, but it opens with
   *   the same context only, so that a secret put in another's place does not pass for it
   * @returns `v1.` and base64url of nonce, encrypted UTF-8 text and tag (AES-256-GCM); another one each time
   */
  seal(text: string, context = ""): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.#sealingKey, nonce, { authTagLength: TAG_BYTES });
    cipher.setAAD(Buffer.from(context));
    const parts = [nonce, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()];
    return PREFIX + Buffer.concat(parts).toString("base64url");
  }

  /** @throws Fault `internal_error` when it was changed, or sealed with another key or context */
  open(sealed: string, context = ""): string {
    const bytes = Buffer.from(sealed.slice(PREFIX.length), "base64url");
    // Decoding passes over what is not base64url, so only a text that is made again the same is as it was sealed.
    if (sealed !== PREFIX + bytes.toString("base64url") || bytes.length < NONCE_BYTES + TAG_BYTES) {
      throw new Fault("internal_error", "a sealed secret is not in the form that secrets are sealed in");
    }
    const nonce = bytes.subarray(0, NONCE_BYTES);
    const decipher = createDecipheriv(CIPHER, this.#sealingKey, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(context));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    try {
      const text = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
      return Buffer.concat([text, decipher.final()]).toString();
    } catch (error) {
      throw new Fault("internal_error", "a sealed secret was changed, or sealed with another key", error);
    }
  }

  /** @returns 32 bytes (HKDF-SHA256), always the same for a key file and a purpose, to be used as a key for it */
  derive(purpose: string): Buffer {
    return this.#deriveBytes(`derive ${purpose}`);
  }

  #deriveBytes(info: string): Buffer {
    return Buffer.from(hkdfSync("sha256", this.#key, "", `seatkeeper ${info}`, KEY_BYTES));
  }
}

/** @returns undefined when there is no such file */
function readKey(file: string): Buffer | undefined {
  let content: string;
  try {
    content = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  const line = content.replace(/\r?\n$/, "");
  const key = Buffer.from(line, "base64");
  if (key.length !== KEY_BYTES || key.toString("base64") !== line) {
    throw new Fault("config_invalid", `the key file ${file} must hold one line: base64 of ${KEY_BYTES} bytes`);
  }
  return key;
}

/**
 * The file appears with all its content, and never in another's place: it is written under another name, and linked.
 * It is on the disk before anything is sealed with it, for without it that would be lost.
 */
function makeKey(file: string): Buffer {
  const key = randomBytes(KEY_BYTES);
  const temporary = `${file}.${randomBytes(6).toString("hex")}.tmp`;
  try {
    writeFileSync(temporary, `${key.toString("base64")}\n`, { flag: "wx", mode: 0o600, flush: true });
    linkSync(temporary, file);
    syncFolder(dirname(file));
    return key;
  } catch (error) {
    const made = (error as NodeJS.ErrnoException).code === "EEXIST" ? readKey(file) : undefined;
    if (made === undefined) throw error;
    return made;
  } finally {
    rmSync(temporary, { force: true });
  }
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
