import { decideRecordChange, decideRemoval, removal, withSnapshots } from "./change-record.ts";
import type { Decision, View } from "./decision.ts";
import { unchanged } from "./decision.ts";
import { productSnapshot } from "./issue-license.ts";
import { findFeatureProblem, isCount, withoutUndefined } from "./license-terms.ts";
import { type Refusal, refuse, type VendorRefusalCode } from "./outcome.ts";
import type { ProductFeature, VendorProduct } from "./product.ts";
import type { RecordRef } from "./records.ts";
import { findNameProblem } from "./text-problem.ts";

/*
 * What a vendor does to a product that is there. Their views show the licenses of the product, its policies, and every
 * bundle, API key and OAuth client, which name products by code.
 */

/** What may be changed of a product; what is left out stays. */
export type ProductPatch = Partial<Omit<VendorProduct, "id" | "features" | "createdAt">>;
/** What may be changed of a feature; what is left out stays. */
export type FeaturePatch = Partial<Omit<ProductFeature, "id">>;

/** Which product: by its id, so that it stays the same one; `code` is the code it was found by. */
export interface ProductTarget {
  readonly ref: RecordRef<"product">;
  readonly code: string;
}

type Outcome = VendorProduct | Refusal<VendorRefusalCode>;

/** Code and kind are fixed once a license of the product is out: devices name it by them. */
export function decideProductChange(view: View, target: ProductTarget, patch: ProductPatch): Decision<Outcome> {
  const decision = decideTargetChange(view, target, (product) => {
    const after = { ...product, ...withoutUndefined(patch) };
    const problem = findProductProblem(after);
    if (problem !== undefined) return refuse("invalid_field", problem);
    const isRenamed = after.code !== product.code;
    const named = isRenamed ? view.records.get({ kind: "product", field: "code", value: after.code }) : undefined;
    if (named !== undefined) return refuse("already_exists", `code ${after.code}`);
    if (isRenamed || after.authorizationMethod !== product.authorizationMethod) {
      const user = findUser(view, product);
      const field = isRenamed ? "code" : "authorizationMethod";
      if (user !== undefined) return refuse("is_in_use", `${field}: ${user}`);
    }
    return refuseTrial(view, after) ?? after;
  });
  const { outcome } = decision;
  if ("refused" in outcome) return decision;
  const product = productSnapshot(outcome);
  return withSnapshots(decision, view.licenses, (license) => ({ ...license, product }));
}

/** A product goes with its policies and installation files, once nothing else needs it. */
export function decideProductRemoval(view: View, target: ProductTarget): Decision<Outcome> {
  const product = view.records.get(target.ref);
  const isGone = product === undefined || product.code !== target.code;
  if (isGone) return unchanged(refuse("does_not_exist", `product ${target.code}`));
  const decision = decideRemoval(view, "product", target.ref, findUser(view, product));
  if ("refused" in decision.outcome) return decision;
  const parts = (["policy", "installation_file"] as const).flatMap((kind) =>
    view.records.all({ kind, field: "productId", value: product.id }).map((record) => removal(kind, record)),
  );
  return {
    outcome: decision.outcome,
    changes: [...decision.changes, ...parts.flatMap(({ changes }) => changes)],
    events: [...decision.events, ...parts.flatMap(({ events }) => events)],
  };
}

export function decideFeatureChange(
  view: View,
  target: ProductTarget,
  code: string,
  /** Of the feature as it is at the commit, so that no other change of it is lost. */
  change: (feature: ProductFeature) => FeaturePatch | Refusal<VendorRefusalCode>,
): Decision<Outcome> {
  return decideTargetChange(view, target, (product) => {
    const feature = product.features.find((each) => each.code === code);
    if (feature === undefined) return refuse("does_not_exist", `feature ${code}`);
    const patch = change(feature);
    if ("refused" in patch) return patch;
    const after: ProductFeature = { ...feature, ...withoutUndefined(patch), id: feature.id };
    if (after.code !== code) {
      const user = findFeatureUser(view, product, code);
      if (user !== undefined) return refuse("is_in_use", `code: ${user}`);
    }
    return refuseFeature(product, after) ?? withFeature(product, after);
  });
}

export function decideFeatureRemoval(view: View, target: ProductTarget, code: string): Decision<Outcome> {
  return decideTargetChange(view, target, (product) => {
    if (!product.features.some((each) => each.code === code)) return refuse("does_not_exist", `feature ${code}`);
    const user = findFeatureUser(view, product, code);
    if (user !== undefined) return refuse("is_in_use", user);
    return { ...product, features: product.features.filter((each) => each.code !== code) };
  });
}

/** Why a product cannot have such a feature. */
export function refuseFeature(
  { features }: VendorProduct,
  feature: ProductFeature,
): Refusal<VendorRefusalCode> | undefined {
  const problem =
    findNameProblem("code", feature.code) ?? findNameProblem("name", feature.name) ?? findFeatureProblem(feature);
  if (problem !== undefined) return refuse("invalid_field", problem);
  const isTaken = features.some(({ id, code }) => code === feature.code && id !== feature.id);
  return isTaken ? refuse("already_exists", `code ${feature.code}`) : undefined;
}

/** The field of a product that cannot be, with what it must be. */
export function findProductProblem(product: VendorProduct): string | undefined {
  const { code, name, customFields, timeoutMs, maxOverages, trial } = product;
  const problem =
    findNameProblem("code", code) ??
    findNameProblem("name", name) ??
    customFields.map((field, at) => findNameProblem(`customFields.${at}.name`, field.name)).find(Boolean);
  if (problem !== undefined) return problem;
  if (new Set(customFields.map((field) => field.name)).size < customFields.length) {
    return "customFields must not have a name twice";
  }
  if (!isCount(timeoutMs)) return "timeoutMs must be whole milliseconds, 0 or more";
  if (!isCount(maxOverages)) return "maxOverages must be a whole number, 0 or more";
  if (trial !== null && !(isCount(trial.days) && trial.days > 0)) return "trial.days must be a whole number, 1 or more";
  return undefined;
}

function decideTargetChange(
  view: View,
  { ref, code }: ProductTarget,
  change: (product: VendorProduct) => Outcome,
): Decision<Outcome> {
  return decideRecordChange(view, "product", ref, (product) =>
    // Renamed since it was found: there is no product of that code any more.
    product.code === code ? change(product) : refuse("does_not_exist", `product ${code}`),
  );
}

function withFeature(product: VendorProduct, feature: ProductFeature): VendorProduct {
  return { ...product, features: product.features.map((each) => (each.id === feature.id ? feature : each)) };
}

/** Trials are issued by a policy of the product itself. */
function refuseTrial(view: View, { id, trial }: VendorProduct): Refusal<VendorRefusalCode> | undefined {
  const policyId = trial?.policyId ?? null;
  if (policyId === null) return undefined;
  const policies = view.records.all({ kind: "policy", field: "productId", value: id });
  if (policies.some((policy) => policy.id === policyId)) return undefined;
  return refuse("does_not_exist", `trial.policyId: policy ${policyId}`);
}

/** What names a product by its code. */
function findUser({ licenses, records }: View, { code }: VendorProduct): string | undefined {
  if (licenses.length > 0) return `${licenses.length} licenses`;
  const bundle = records.every("bundle").find(({ productCodes }) => productCodes.includes(code));
  if (bundle !== undefined) return `bundle ${bundle.code}`;
  const apiKey = records.every("api_key").find((key) => !key.isRevoked && key.products?.includes(code));
  if (apiKey !== undefined) return `API key ${apiKey.name}`;
  const client = records.every("oauth_client").find((each) => !each.isRevoked && each.products?.includes(code));
  return client && `OAuth client ${client.name}`;
}

function findFeatureUser({ licenses, records }: View, { id }: VendorProduct, code: string): string | undefined {
  const having = licenses.filter(({ features }) => features.some((feature) => feature.code === code));
  if (having.length > 0) return `${having.length} licenses`;
  const policies = records.all({ kind: "policy", field: "productId", value: id });
  const policy = policies.find(({ features }) => features?.some((feature) => feature.code === code));
  return policy && `policy ${policy.code}`;
}
