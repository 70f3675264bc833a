import { useReply } from "../../../api/queries.ts";
import { useUrlState } from "../../../parts/url-state.ts";
import { type Fields, useFields, type Values } from "../../../parts/use-fields.ts";
import { defaultsOf, featuresBefore, type Policy, type Product } from "./draft.ts";

/** A license that is being put together. */
export interface DraftInHand {
  readonly code: string | null;
  readonly product: Product | undefined;
  readonly policies: readonly Policy[];
  readonly policy: Policy | undefined;
  /** What the license has where nothing is typed. */
  readonly defaults: Values;
  readonly values: Values;
  readonly fields: Fields;
  setProduct(code: string | null): void;
  setPolicy(id: number | undefined): void;
}

/** What was typed of another product means nothing for this one. */
const OF_PRODUCT = { features: undefined, key: undefined, users: undefined, custom_fields: undefined };

/** A license that is being put together; its product and policy are in the address, so that other pages lead to it. */
export function useDraft(): DraftInHand {
  const [state, change] = useUrlState();
  const code = state["product"] ?? null;
  const asked = useReply("product show", { params: { product: code ?? "" } }, { enabled: code !== null });
  const found = useReply("policy list", { query: { product: code ?? "", limit: "500" } }, { enabled: code !== null });
  const product = code === null ? undefined : asked.data?.reply;
  const policies = code === null ? [] : (found.data?.reply.data ?? []);
  const policy = policies.find(({ id }) => String(id) === state["policy"]);
  const defaults = defaultsOf(product, policy);
  const fields = useFields("license create", { ...defaults, product: code ?? undefined });
  // Undefined is what nobody has touched.
  const values: Values = {
    ...fields.values,
    features: fields.values["features"] ?? featuresBefore(product, policy),
    custom_fields: fields.values["custom_fields"] ?? defaults["custom_fields"],
  };
  return {
    code,
    product,
    policies,
    policy,
    defaults,
    values,
    fields: { ...fields, values },
    setProduct(next) {
      fields.set({ ...OF_PRODUCT, product: next ?? undefined });
      change({ product: next ?? undefined, policy: undefined });
    },
    setPolicy(id) {
      fields.set({ features: undefined });
      change({ policy: id === undefined ? undefined : String(id) });
    },
  };
}
