import { randomUUID } from "node:crypto";
import { decideCreation } from "../../../domain/change-record.ts";
import type { ApiKey } from "../../../domain/credential.ts";
import { type Refusal, refuse, type VendorRefusalCode } from "../../../domain/outcome.ts";
import { findNameProblem } from "../../../domain/text-problem.ts";
import { makeSecret } from "../../../signing/secret.ts";
import type { VendorContext } from "../vendor-context.ts";
import { allowListRefs, refuseAllowList } from "./allow-list.ts";

export interface NewApiKey {
  readonly name: string;
  readonly isReadOnly?: boolean;
  /** Codes of the products it may ask about; left out or null: all. */
  readonly products?: readonly string[] | null;
}

/**
 * Makes an API key.
 *
 * @returns it, with the shared key, which is never shown again; `does_not_exist` where a product is not known
 */
export async function createApiKey(
  { store, secrets }: VendorContext,
  { name, isReadOnly = false, products = null }: NewApiKey,
): Promise<{ readonly apiKey: ApiKey; readonly sharedKey: string } | Refusal<VendorRefusalCode>> {
  const problem = findNameProblem("name", name);
  if (problem !== undefined) return refuse("invalid_field", problem);
  const sharedKey = makeSecret();
  const sealed = secrets.seal(sharedKey);
  const ref = { kind: "api_key", field: "key", value: randomUUID() } as const;
  const apiKey = await store.transact({ records: [ref, ...allowListRefs(products)] }, (view) =>
    decideCreation(view, "api_key", ref, (id) => {
      const { now: createdAt } = view;
      return (
        refuseAllowList(view, products) ?? {
          id,
          name,
          key: ref.value,
          sharedKeys: [sealed],
          isReadOnly,
          products,
          isRevoked: false,
          createdAt,
        }
      );
    }),
  );
  return "refused" in apiKey ? apiKey : { apiKey, sharedKey };
}
