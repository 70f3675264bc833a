import { randomBytes, randomUUID } from "node:crypto";
import { decideCreation } from "../../../domain/change-record.ts";
import type { ApiKey } from "../../../domain/credential.ts";
import type { Refusal, VendorRefusalCode } from "../../../domain/outcome.ts";
import type { VendorContext } from "../vendor-context.ts";

export interface NewApiKey {
  readonly name: string;
  readonly isReadOnly?: boolean;
  /** Codes of the products it may ask about; left out: all. */
  readonly products?: readonly string[] | null;
}

/** Makes an API key. @returns it, with the shared key, which is never shown again */
export async function createApiKey(
  { store, secrets }: VendorContext,
  { name, isReadOnly = false, products = null }: NewApiKey,
): Promise<{ readonly apiKey: ApiKey; readonly sharedKey: string } | Refusal<VendorRefusalCode>> {
  const sharedKey = makeSecret();
  const sealed = secrets.seal(sharedKey);
  const ref = { kind: "api_key", field: "key", value: randomUUID() } as const;
  const apiKey = await store.transact({ records: [ref] }, (view) =>
    decideCreation(view, "api_key", ref, (id) => {
      const { now: createdAt } = view;
      return { id, name, key: ref.value, sharedKeys: [sealed], isReadOnly, products, isRevoked: false, createdAt };
    }),
  );
  return "refused" in apiKey ? apiKey : { apiKey, sharedKey };
}

/** 240 bits, in letters that need no escaping anywhere. */
export function makeSecret(): string {
  return randomBytes(30).toString("base64url");
}
