import type { BodyOf, ItemOf, ReplyOf } from "../../../api/operation.ts";
import { termProblems } from "../../../parts/terms/applied-terms.ts";
import type { Values } from "../../../parts/use-fields.ts";
import type { FeatureValues, Override } from "../override-fields.ts";
import { differing, overrideOf, wholeGroups } from "../override-terms.ts";

export type Product = ReplyOf<"product show">;
export type Policy = ItemOf<"policy list">;

/** The steps, each with the fields on it. Terms are on the one that names no field. */
export const STEPS = [
  { title: "Product and policy", fields: ["product", "policy_id"] },
  { title: "Terms", fields: [] },
  { title: "Features", fields: ["features"] },
  { title: "Customer and users", fields: ["customer_id", "order_id", "key", "users", "metadata", "custom_fields"] },
  { title: "Review", fields: ["review"] },
] as const;
const TERMS_STEP = 1;

/** The step that has a field. @param path of the field: `features.0.seats` */
export function stepOf(path: string): number {
  const [name = ""] = path.split(".");
  const at = STEPS.findIndex(({ fields }) => (fields as readonly string[]).includes(name));
  return at === -1 ? TERMS_STEP : at;
}

/** What a license is issued with where nothing else is said: the usual, and over it what the policy says. */
export function defaultsOf(product: Product | undefined, policy: Policy | undefined): Values {
  if (product === undefined) return {};
  const {
    id: _id,
    product: _product,
    code: _code,
    name: _name,
    features: _features,
    ...terms
  } = policy ?? ({} as Policy);
  return {
    type: "perpetual",
    offline_floating: false,
    cloud_floating: false,
    timeout_seconds: product.timeout_seconds,
    can_borrow: false,
    starts_at: null,
    valid_until: null,
    valid_duration_seconds: null,
    maintenance_until: null,
    allow_grace_period: false,
    grace_period_seconds: 0,
    prevent_vm: product.prevent_vm,
    is_trial: false,
    max_activations: 1,
    allow_unlimited_activations: false,
    max_transfers: 0,
    max_users: 0,
    is_air_gapped: false,
    allow_overages: product.allow_overages,
    max_overages: product.max_overages,
    ...terms,
    custom_fields: product.custom_fields,
  };
}

/** The features that a license has where nothing else is said, with all their terms. */
export function featuresBefore(product: Product | undefined, policy: Policy | undefined): readonly FeatureValues[] {
  const all = (product?.features ?? []).map((feature) => ({ ...feature, expires_at: null }));
  const chosen = policy?.features;
  if (chosen == null) return all;
  return chosen.flatMap((override) => {
    const own = all.find(({ code }) => code === override.code);
    return own === undefined ? [] : [{ ...own, ...override }];
  });
}

const NOT_TERMS = [
  "product",
  "policy_id",
  "key",
  "features",
  "users",
  "customer_id",
  "order_id",
  "metadata",
  "custom_fields",
];
const ATTACHED = ["key", "users", "customer_id", "order_id", "metadata", "custom_fields"];

interface Draft {
  readonly values: Values;
  readonly defaults: Values;
  readonly product: Product | undefined;
  readonly policy: Policy | undefined;
}

/** What is asked for: only what differs from what the license would have anyway. */
export function bodyOf({ values, defaults, product, policy }: Draft): BodyOf<"license create"> {
  const names = Object.keys(values).filter((name) => !NOT_TERMS.includes(name));
  const terms = wholeGroups(differing(defaults, values, names), values);
  // An end that the policy gives does not outlive a change of the type.
  const isOtherType = values["type"] !== defaults["type"];
  const ended = ["valid_until", "valid_duration_seconds"].filter(
    (name) => isOtherType && values["type"] === "perpetual" && defaults[name] != null,
  );
  const attached = ATTACHED.filter((name) => !isSame(values[name], defaults[name]) && values[name] !== undefined);
  const features = overridesOf(values, product, policy);
  return {
    product: product?.code ?? "",
    ...(policy !== undefined && { policy_id: policy.id }),
    ...terms,
    ...Object.fromEntries(ended.map((name) => [name, null])),
    ...(features !== undefined && { features }),
    ...Object.fromEntries(attached.map((name) => [name, values[name]])),
  } as BodyOf<"license create">;
}

/** Undefined where the features are what they would be anyway. */
function overridesOf(values: Values, product: Draft["product"], policy: Draft["policy"]): Override[] | undefined {
  const chosen = (values["features"] ?? []) as readonly FeatureValues[];
  if (isSame(chosen, featuresBefore(product, policy))) return undefined;
  return chosen.map((feature) =>
    overrideOf({ ...product?.features.find(({ code }) => code === feature.code) }, feature),
  );
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
}

/** What is wrong with a draft, by the paths of fields. */
export function problemsOf(values: Values, product: Product | undefined): Readonly<Record<string, string>> {
  if (product === undefined) return { product: "This is needed" };
  const features = ((values["features"] ?? []) as readonly FeatureValues[]).flatMap((feature, at) =>
    Object.entries(termProblems(feature)).map(([name, sentence]) => [`features.${at}.${name}`, sentence] as const),
  );
  const isOfUsers = product.authorization_method === "user";
  const users = (values["users"] ?? []) as readonly unknown[];
  return {
    ...termProblems(values),
    ...Object.fromEntries(features),
    ...(isOfUsers &&
      users.length === 0 && { users: "Somebody has to be able to activate it: assign one user at least" }),
  };
}
