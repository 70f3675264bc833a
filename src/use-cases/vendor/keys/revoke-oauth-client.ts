import { decideRecordChange } from "../../../domain/change-record.ts";
import type { OauthClient } from "../../../domain/credential.ts";
import type { Refusal, VendorRefusalCode } from "../../../domain/outcome.ts";
import type { VendorContext } from "../vendor-context.ts";

/** Refuses an OAuth client, and every token it has, from now on. */
export function revokeOauthClient(
  { store }: VendorContext,
  clientId: string,
): Promise<OauthClient | Refusal<VendorRefusalCode>> {
  const ref = { kind: "oauth_client", field: "clientId", value: clientId } as const;
  return store.transact({ records: [ref] }, (view) =>
    decideRecordChange(view, "oauth_client", ref, (client) => ({ ...client, isRevoked: true })),
  );
}
