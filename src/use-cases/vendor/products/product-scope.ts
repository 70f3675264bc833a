import type { ProductTarget } from "../../../domain/change-product.ts";
import type { Scope } from "../../../domain/decision.ts";
import { type Refusal, refuse } from "../../../domain/outcome.ts";
import type { AnyRecordRef } from "../../../domain/records.ts";
import type { Store } from "../../../store/store.ts";

/** What a decision about a product that is there has to see. @param more records besides */
export async function productScope(
  store: Store,
  code: string,
  more: readonly AnyRecordRef[] = [],
): Promise<{ readonly target: ProductTarget; readonly scope: Scope } | Refusal<"does_not_exist">> {
  const product = await store.findRecord({ kind: "product", field: "code", value: code });
  if (product === undefined) return refuse("does_not_exist", `product ${code}`);
  const ref = { kind: "product", field: "id", value: product.id } as const;
  const policies = { kind: "policy", field: "productId", value: product.id } as const;
  const files = { kind: "installation_file", field: "productId", value: product.id } as const;
  return {
    target: { ref, code },
    scope: {
      licenses: [{ product: code }],
      records: [ref, policies, files, ...more],
      everyRecord: ["bundle", "api_key", "oauth_client"],
    },
  };
}
