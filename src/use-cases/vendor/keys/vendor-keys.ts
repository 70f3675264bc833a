import type { KeyObject } from "node:crypto";
import { changed, decideCreation } from "../../../domain/change-record.ts";
import type { SigningKey } from "../../../domain/credential.ts";
import { Fault } from "../../../fault.ts";
import { ReplySigner } from "../../../signing/reply-signer.ts";
import { makeKeyPair, readPrivateKey } from "../../../signing/rsa.ts";
import type { VendorContext } from "../vendor-context.ts";

/** How soon keys are looked at after any change: another node may have rotated them. The one before stays published. */
const FOLLOW_AFTER_MS = 1_000;

/** The vendor's key pairs, ready to sign with. */
export class VendorKeys {
  readonly #context: VendorContext;
  #current: { readonly id: number; readonly privateKey: KeyObject; readonly signer: ReplySigner } | undefined;
  #publicKeys: readonly string[] = [];
  #following: NodeJS.Timeout | undefined;

  private constructor(context: VendorContext) {
    this.#context = context;
  }

  /** Reads the keys; makes the first pair where there is none. @param bits of a pair that is made: 2048, 3072 or 4096 */
  static async open(context: VendorContext, bits = 2048): Promise<VendorKeys> {
    const keys = new VendorKeys(context);
    if ((await context.store.records("signing_key")).length === 0) await createSigningKey(context, bits);
    await keys.reload();
    context.store.onChange?.(() => keys.#follow());
    return keys;
  }

  /** Signs with the current key. */
  get signer(): ReplySigner {
    return this.#ready.signer;
  }

  get privateKey(): KeyObject {
    return this.#ready.privateKey;
  }

  /** PEM texts of all keys that readers should trust, the current one first. */
  get publicKeys(): readonly string[] {
    return this.#publicKeys;
  }

  /** To be called after the keys were changed. */
  async reload(): Promise<void> {
    const all = await this.#context.store.records("signing_key");
    const current = all.find(({ state }) => state === "current");
    if (current === undefined) throw new Fault("internal_error", "the vendor has no current signing key");
    if (current.id !== this.#current?.id) {
      const privateKey = readPrivateKey(this.#context.secrets.open(current.privateKey));
      this.#current = { id: current.id, privateKey, signer: new ReplySigner(privateKey) };
    }
    const published = all.filter(({ state }) => state === "published").toReversed();
    this.#publicKeys = [current, ...published].map(({ publicKey }) => publicKey);
  }

  #follow(): void {
    this.#following ??= setTimeout(() => {
      this.#following = undefined;
      this.reload().catch(() => {});
    }, FOLLOW_AFTER_MS).unref();
  }

  get #ready() {
    if (this.#current === undefined) throw new Fault("internal_error", "the signing keys are not loaded");
    return this.#current;
  }
}

/** Makes a key pair and puts it in the place of the current one, which stays published. */
export async function createSigningKey({ store, secrets }: VendorContext, bits: number): Promise<SigningKey> {
  const { privateKey, publicKey } = makeKeyPair(bits);
  const sealed = secrets.seal(privateKey);
  const made = await store.transact({ everyRecord: ["signing_key"] }, (view) => {
    const creation = decideCreation(view, "signing_key", undefined, (id) => {
      return { id, publicKey, privateKey: sealed, state: "current", createdAt: view.now };
    });
    const earlier = view.records.every("signing_key").filter(({ state }) => state === "current");
    const published = earlier.map((key) => changed("signing_key", key, { ...key, state: "published" as const }));
    return {
      ...creation,
      changes: [...published.flatMap(({ changes }) => changes), ...creation.changes],
      events: [...published.flatMap(({ events }) => events), ...creation.events],
    };
  });
  if ("refused" in made) throw new Fault("internal_error", "the signing key was refused");
  return made;
}
