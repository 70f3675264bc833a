import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { Fault } from "../fault.ts";

/** What hashing costs. */
interface Cost {
  /** KiB */
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
}

interface Hashed extends Cost {
  readonly salt: Buffer;
  readonly tag: Buffer;
}

/** OWASP's least for Argon2id: about 40 ms. New hashes have it; older ones are verified with what they were made with. */
const COST: Cost = { memory: 19_456, passes: 2, parallelism: 1 };
const SALT_BYTES = 16;
const TAG_BYTES = 32;

/** The PHC string format; its base64 has no padding. */
const PHC = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,4}),p=(\d{1,3})\$([A-Za-z0-9+/]{11,64})\$([A-Za-z0-9+/]{16,86})$/;

/** Stands in for the hash of someone who does not exist. */
const NOBODY: Hashed = { ...COST, salt: Buffer.alloc(SALT_BYTES), tag: Buffer.alloc(TAG_BYTES) };

/** @returns Argon2id with a salt of its own, as `$argon2id$v=19$m=…,t=…,p=…$salt$hash`. [SEC-2] */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const tag = await deriveTag(password, COST, salt, TAG_BYTES);
  const { memory, passes, parallelism } = COST;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(salt)}$${unpadded(tag)}`;
}

/**
 * Whether the hash is this password's. Without a hash it is not, and finding that out takes as long, so that time does
 * not tell whether a user exists. [SEC-2]
 *
 * @throws Fault `internal_error` when the hash is not in the form that {@link hashPassword} gives
 */
export async function verifyPassword(hash: string | undefined, password: string): Promise<boolean> {
  const { salt, tag, ...cost } = hash === undefined ? NOBODY : readHash(hash);
  const given = await deriveTag(password, cost, salt, tag.length);
  return timingSafeEqual(given, tag) && hash !== undefined;
}

function readHash(hash: string): Hashed {
  const [, memory, passes, parallelism, salt, tag] = PHC.exec(hash) ?? [];
  if (salt === undefined || tag === undefined) {
    throw new Fault("internal_error", "a password's hash is not in the form that passwords are hashed to");
  }
  return {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    salt: Buffer.from(salt, "base64"),
    tag: Buffer.from(tag, "base64"),
  };
}

/** Off the event loop, in the thread pool; so no more run at once than it has threads, and the memory is bounded. */
function deriveTag(password: string, cost: Cost, nonce: Buffer, tagLength: number): Promise<Buffer> {
  // Systems type the same letter as one character or as two.
  const message = password.normalize("NFC");
  const parameters: Argon2Parameters = { ...cost, message, nonce, tagLength };
  return new Promise((resolve, reject) => {
    argon2("argon2id", parameters, (error, tag) => {
      if (error === null) resolve(tag);
      else reject(error);
    });
  });
}

function unpadded(bytes: Buffer): string {
  return bytes.toString("base64").replace(/=+$/, "");
}
