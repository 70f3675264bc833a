import { decideRecordChange } from "../../../domain/change-record.ts";
import type { ApiKey } from "../../../domain/credential.ts";
import type { Refusal, VendorRefusalCode } from "../../../domain/outcome.ts";
import type { VendorContext } from "../vendor-context.ts";

/** Refuses everything that is signed with an API key from now on. */
export function revokeApiKey({ store }: VendorContext, key: string): Promise<ApiKey | Refusal<VendorRefusalCode>> {
  const ref = { kind: "api_key", field: "key", value: key } as const;
  return store.transact({ records: [ref] }, (view) =>
    decideRecordChange(view, "api_key", ref, (apiKey) => ({ ...apiKey, isRevoked: true })),
  );
}
