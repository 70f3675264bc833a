import { randomUUID } from "node:crypto";
import { decideCreation } from "../../../domain/change-record.ts";
import type { OauthClient } from "../../../domain/credential.ts";
import { type Refusal, refuse, type VendorRefusalCode } from "../../../domain/outcome.ts";
import { findNameProblem } from "../../../domain/text-problem.ts";
import { makeSecret } from "../../../signing/secret.ts";
import type { VendorContext } from "../vendor-context.ts";
import { allowListRefs, refuseAllowList } from "./allow-list.ts";

export interface NewOauthClient {
  readonly name: string;
  readonly isReadOnly?: boolean;
  /** Codes of the products it may ask about; left out or null: all. */
  readonly products?: readonly string[] | null;
}

/**
 * Makes an OAuth client.
 *
 * @returns it, with its secret, which is never shown again; `does_not_exist` where a product is not known
 */
export async function createOauthClient(
  { store, secrets }: VendorContext,
  { name, isReadOnly = false, products = null }: NewOauthClient,
): Promise<{ readonly client: OauthClient; readonly clientSecret: string } | Refusal<VendorRefusalCode>> {
  const problem = findNameProblem("name", name);
  if (problem !== undefined) return refuse("invalid_field", problem);
  const clientSecret = makeSecret();
  const sealed = secrets.seal(clientSecret);
  const ref = { kind: "oauth_client", field: "clientId", value: randomUUID() } as const;
  const client = await store.transact({ records: [ref, ...allowListRefs(products)] }, (view) =>
    decideCreation(view, "oauth_client", ref, (id) => {
      const { now: createdAt } = view;
      return (
        refuseAllowList(view, products) ?? {
          id,
          name,
          clientId: ref.value,
          secrets: [sealed],
          isReadOnly,
          products,
          isRevoked: false,
          createdAt,
        }
      );
    }),
  );
  return "refused" in client ? client : { client, clientSecret };
}
