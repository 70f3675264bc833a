import { decideRecordChange } from "../../../domain/change-record.ts";
import type { OauthClient } from "../../../domain/credential.ts";
import { withoutUndefined } from "../../../domain/license-terms.ts";
import { type Refusal, refuse, type VendorRefusalCode } from "../../../domain/outcome.ts";
import { findNameProblem } from "../../../domain/text-problem.ts";
import type { VendorContext } from "../vendor-context.ts";
import { allowListRefs, refuseAllowList } from "./allow-list.ts";
import type { CredentialPatch } from "./change-api-key.ts";

/** Changes what an OAuth client may do, from the next request on, whatever tokens it has. */
export async function changeOauthClient(
  { store }: VendorContext,
  clientId: string,
  { name, isReadOnly, products }: CredentialPatch,
): Promise<OauthClient | Refusal<VendorRefusalCode>> {
  const problem = name === undefined ? undefined : findNameProblem("name", name);
  if (problem !== undefined) return refuse("invalid_field", problem);
  const ref = { kind: "oauth_client", field: "clientId", value: clientId } as const;
  return store.transact({ records: [ref, ...allowListRefs(products)] }, (view) =>
    decideRecordChange(
      view,
      "oauth_client",
      ref,
      (client) =>
        refuseAllowList(view, products) ??
        ({ ...client, ...withoutUndefined({ name, isReadOnly, products }) } as OauthClient),
    ),
  );
}
