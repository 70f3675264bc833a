import { decideRecordChange } from "../../../domain/change-record.ts";
import type { Refusal, VendorRefusalCode } from "../../../domain/outcome.ts";
import { makeSecret } from "../../../signing/secret.ts";
import type { VendorContext } from "../vendor-context.ts";

/** Gives an API key a new shared key. The one before it stays good until the next rotation. @returns the new one */
export async function rotateSharedKey(
  { store, secrets }: VendorContext,
  key: string,
): Promise<{ readonly sharedKey: string } | Refusal<VendorRefusalCode>> {
  const sharedKey = makeSecret();
  const sealed = secrets.seal(sharedKey);
  const ref = { kind: "api_key", field: "key", value: key } as const;
  const changed = await store.transact({ records: [ref] }, (view) =>
    decideRecordChange(view, "api_key", ref, (apiKey) => ({
      ...apiKey,
      sharedKeys: [sealed, ...apiKey.sharedKeys.slice(0, 1)],
    })),
  );
  return "refused" in changed ? changed : { sharedKey };
}
