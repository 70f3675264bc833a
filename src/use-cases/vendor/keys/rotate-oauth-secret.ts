import { decideRecordChange } from "../../../domain/change-record.ts";
import type { Refusal, VendorRefusalCode } from "../../../domain/outcome.ts";
import { makeSecret } from "../../../signing/secret.ts";
import type { VendorContext } from "../vendor-context.ts";

/** Gives an OAuth client a new secret. The one before it stays good until the next rotation. @returns the new one */
export async function rotateOauthSecret(
  { store, secrets }: VendorContext,
  clientId: string,
): Promise<{ readonly clientSecret: string } | Refusal<VendorRefusalCode>> {
  const clientSecret = makeSecret();
  const sealed = secrets.seal(clientSecret);
  const ref = { kind: "oauth_client", field: "clientId", value: clientId } as const;
  const changed = await store.transact({ records: [ref] }, (view) =>
    decideRecordChange(view, "oauth_client", ref, (client) => ({
      ...client,
      secrets: [sealed, ...client.secrets.slice(0, 1)],
    })),
  );
  return "refused" in changed ? changed : { clientSecret };
}
