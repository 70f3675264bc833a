import type { FeatureOverride, Policy, VendorProduct } from "../../../domain/product.ts";
import * as operations from "../../../management/operations/policies.ts";
import { changePolicy } from "../../../use-cases/vendor/products/change-policy.ts";
import { createPolicy } from "../../../use-cases/vendor/products/create-policy.ts";
import { deletePolicy } from "../../../use-cases/vendor/products/delete-policy.ts";
import type { VendorContext } from "../../../use-cases/vendor/vendor-context.ts";
import { type Bound, bind, bindList } from "../bind.ts";
import { codesOfProducts } from "../product-codes.ts";
import { recordFieldsOf } from "../record-fields.ts";
import { findRecord, showRecord } from "../record-reply.ts";
import { termsFromWire, toFlatWire } from "../terms.ts";

const refOf = (value: number) => ({ kind: "policy", field: "id", value }) as const;
const etagOf = ({ policy }: { readonly policy: number }) => refOf(policy);

/** Policies: named ways of selling a product. */
export function policyHandlers({ store, secrets }: VendorContext): readonly Bound[] {
  const show = async (outcome: Parameters<typeof showRecord<Policy>>[0]) => {
    const codes = await codesOfProducts(store);
    return showRecord(outcome, (policy) => policyToWire(policy, codes));
  };
  return [
    bindList(operations.listPolicies, async () => {
      const codes = await codesOfProducts(store);
      return {
        items: await store.records("policy"),
        fields: {
          ...recordFieldsOf<Policy>(operations.listPolicies.list),
          product: ({ productId }) => codes.get(productId),
          type: ({ terms }) => terms.type,
          is_trial: ({ terms }) => terms.isTrial,
        },
        toWire: (policy) => policyToWire(policy, codes),
      };
    }),
    bind(
      operations.createPolicy,
      async ({ body: { product, code, name, features, ...terms }, store: asked }) => {
        const of = await store.findRecord({ kind: "product", field: "code", value: product });
        const wish = {
          product,
          code,
          name,
          terms: termsFromWire(terms),
          features: overridesFromWire(features, of) ?? undefined,
        };
        return show(await createPolicy({ store: asked, secrets }, wish));
      },
      { again: async (id) => show(await findRecord(store, refOf(id))) },
    ),
    bind(operations.showPolicy, async ({ params }) => show(await findRecord(store, etagOf(params)))),
    bind(
      operations.updatePolicy,
      async ({ params, body: { code, name, features, ...given }, store: asked }) => {
        const policy = await findRecord(store, etagOf(params));
        if ("refused" in policy) return policy;
        const of = await store.findRecord({ kind: "product", field: "id", value: policy.productId });
        const terms = (earlier: Policy["terms"]) => ({ ...earlier, ...termsFromWire(given, earlier) });
        const patch = { code, name, terms, features: overridesFromWire(features, of) };
        return show(await changePolicy({ store: asked, secrets }, params.policy, patch));
      },
      { etagOf },
    ),
    bind(
      operations.deletePolicy,
      ({ params, store: asked }) => deletePolicy({ store: asked, secrets }, params.policy),
      { etagOf },
    ),
  ];
}

function policyToWire({ id, productId, code, name, terms, features }: Policy, codes: ReadonlyMap<number, string>) {
  return {
    id,
    product: codes.get(productId) ?? "",
    code,
    name,
    ...toFlatWire(terms),
    features: features?.map(toFlatWire) ?? null,
  };
}

/** What of a group of terms an override does not give is as the product's feature has it. */
function overridesFromWire(
  given: readonly { readonly code: string }[] | null | undefined,
  product: VendorProduct | undefined,
): readonly FeatureOverride[] | null | undefined {
  return (
    given?.map((override) => {
      const feature = product?.features.find(({ code }) => code === override.code);
      return termsFromWire(override, feature) as unknown as FeatureOverride;
    }) ?? (given as null | undefined)
  );
}
