import { decideRecordChange } from "../../../domain/change-record.ts";
import type { ApiKey } from "../../../domain/credential.ts";
import { withoutUndefined } from "../../../domain/license-terms.ts";
import { type Refusal, refuse, type VendorRefusalCode } from "../../../domain/outcome.ts";
import { findNameProblem } from "../../../domain/text-problem.ts";
import type { VendorContext } from "../vendor-context.ts";
import { allowListRefs, refuseAllowList } from "./allow-list.ts";

/** What may be changed of an API key or an OAuth client; what is left out stays. */
export interface CredentialPatch {
  readonly name?: string | undefined;
  readonly isReadOnly?: boolean | undefined;
  /** Codes of the products it may ask about; null: all. */
  readonly products?: readonly string[] | null | undefined;
}

/** Changes what an API key may do, from the next request on. Its secret is changed by `rotateSharedKey`. */
export async function changeApiKey(
  { store }: VendorContext,
  key: string,
  { name, isReadOnly, products }: CredentialPatch,
): Promise<ApiKey | Refusal<VendorRefusalCode>> {
  const problem = name === undefined ? undefined : findNameProblem("name", name);
  if (problem !== undefined) return refuse("invalid_field", problem);
  const ref = { kind: "api_key", field: "key", value: key } as const;
  return store.transact({ records: [ref, ...allowListRefs(products)] }, (view) =>
    decideRecordChange(
      view,
      "api_key",
      ref,
      (apiKey) =>
        refuseAllowList(view, products) ??
        ({ ...apiKey, ...withoutUndefined({ name, isReadOnly, products }) } as ApiKey),
    ),
  );
}
