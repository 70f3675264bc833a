import type { SigningKey } from "../../../domain/credential.ts";
import type { VendorContext } from "../vendor-context.ts";
import { createSigningKey, type VendorKeys } from "./vendor-keys.ts";

/** Signs with a new key pair from now on. The one before stays published, so that readers can learn the new one first. */
export async function rotateSigningKey(context: VendorContext, keys: VendorKeys, bits = 2048): Promise<SigningKey> {
  const made = await createSigningKey(context, bits);
  await keys.reload();
  return made;
}
