import { randomInt } from "node:crypto";
import type { Scope, View } from "../../../domain/decision.ts";
import type { LicensePlan } from "../../../domain/issue-license.ts";
import type { Json, JsonObject } from "../../../domain/json.ts";
import type { AssignedUser } from "../../../domain/license.ts";
import { withoutUndefined } from "../../../domain/license-terms.ts";
import { type Refusal, refuse, type VendorRefusalCode } from "../../../domain/outcome.ts";
import type { FeatureOverride, LicenseTerms, VendorProduct } from "../../../domain/product.ts";
import type { AnyRecordRef, RecordKind, RecordRef, Records } from "../../../domain/records.ts";
import { findNameProblem } from "../../../domain/text-problem.ts";
import { customerToWire } from "../customer-object.ts";
import { findMetadataProblem } from "../metadata.ts";

export interface NewLicense {
  /** Product code. */
  readonly product: string;
  readonly policyId?: number | undefined;
  /** What differs from the policy and from the usual. */
  readonly terms?: Partial<LicenseTerms> | undefined;
  /** In place of the policy's features; left out everywhere: all of the product's. */
  readonly features?: readonly FeatureOverride[] | undefined;
  readonly customerId?: number | undefined;
  readonly orderId?: number | undefined;
  /** Left out: a new one is made. For key-based products only. */
  readonly key?: string | undefined;
  /** Who may activate it. For user-based products only. */
  readonly users?: readonly UserChoice[] | undefined;
  readonly bundleCode?: string | undefined;
  readonly metadata?: JsonObject | undefined;
  readonly customFields?: readonly Json[] | undefined;
}

/** A license user, and on how many devices; left out: one. */
export interface UserChoice extends Partial<Omit<AssignedUser, "userId">> {
  readonly username: string;
}

type VendorRefusal = Refusal<VendorRefusalCode>;

/** What a decision about such a license has to see, so that nothing of it goes or changes in between. */
export function planScope(wish: NewLicense, key: string): Scope {
  const records: AnyRecordRef[] = [{ kind: "product", field: "code", value: wish.product }];
  if (wish.policyId !== undefined) records.push({ kind: "policy", field: "id", value: wish.policyId });
  if (wish.customerId !== undefined) records.push({ kind: "customer", field: "id", value: wish.customerId });
  if (wish.orderId !== undefined) records.push({ kind: "order", field: "id", value: wish.orderId });
  if (wish.bundleCode !== undefined) records.push({ kind: "bundle", field: "code", value: wish.bundleCode });
  for (const { username } of wish.users ?? []) records.push(userRef(username));
  return { licenses: [{ product: wish.product, key }], records };
}

/** What a license is issued with, from all that its order refers to. @param key where its product is key-based */
export function planLicense(view: View, wish: NewLicense, key: string): LicensePlan | VendorRefusal {
  const problem = findWishProblem(wish);
  if (problem !== undefined) return refuse("invalid_field", problem);
  const product = find(view, { kind: "product", field: "code", value: wish.product }, "product");
  if ("refused" in product) return product;
  const policy = findById(view, "policy", wish.policyId);
  if (policy !== undefined && "refused" in policy) return policy;
  if (policy !== undefined && policy.productId !== product.id) {
    return refuse("invalid_field", `policyId: policy ${policy.code} is another product's`);
  }
  const customer = findById(view, "customer", wish.customerId);
  if (customer !== undefined && "refused" in customer) return customer;
  const order = findById(view, "order", wish.orderId);
  if (order !== undefined && "refused" in order) return order;
  const { bundleCode } = wish;
  const bundle =
    bundleCode === undefined ? undefined : find(view, { kind: "bundle", field: "code", value: bundleCode });
  if (bundle !== undefined && "refused" in bundle) return bundle;
  const users = planUsers(view, product, wish);
  if ("refused" in users) return users;
  return {
    product,
    key: product.authorizationMethod === "user" ? null : key,
    users,
    terms: { ...policy?.terms, ...withoutUndefined(wish.terms ?? {}) },
    features: wish.features ?? policy?.features,
    customerId: wish.customerId ?? null,
    customer: customerToWire(customer),
    orderId: wish.orderId ?? null,
    orderStoreId: order?.storeId ?? null,
    policyId: wish.policyId ?? null,
    bundleCode: wish.bundleCode ?? null,
    metadata: wish.metadata ?? {},
    customFields: wish.customFields ?? [],
  };
}

export function userRef(username: string): RecordRef<"user"> {
  return { kind: "user", field: "username", value: username };
}

/** The license user that a choice names, with the devices it may activate. @param field of the wish, that names the user */
export function chooseUser(view: View, choice: UserChoice, field?: string): AssignedUser | VendorRefusal {
  const { username, maxActivations = 1, allowUnlimitedActivations = false } = choice;
  const user = find(view, userRef(username), field);
  return "refused" in user ? user : { userId: user.id, maxActivations, allowUnlimitedActivations };
}

/** `XXXX-XXXX-XXXX-XXXX`, without letters and digits that look alike. */
export function makeLicenseKey(): string {
  const letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
  const group = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join("");
  return [group(), group(), group(), group()].join("-");
}

function findWishProblem({ key, metadata, customFields, features }: NewLicense): string | undefined {
  const attached = features?.map((feature, at) => findMetadataProblem(feature.metadata, `features.${at}.metadata`));
  return (
    (key === undefined ? undefined : findNameProblem("key", key)) ??
    findMetadataProblem(metadata) ??
    findMetadataProblem(customFields, "customFields") ??
    attached?.find((problem) => problem !== undefined)
  );
}

function planUsers(
  view: View,
  { authorizationMethod }: VendorProduct,
  { key, users: choices = [] }: NewLicense,
): readonly AssignedUser[] | VendorRefusal {
  if (authorizationMethod === "user") {
    if (key !== undefined) return refuse("invalid_field", "key must be left out: the product is user-based");
    if (choices.length === 0) return refuse("invalid_field", "users must name who may activate the license");
  } else if (choices.length > 0) {
    return refuse("invalid_field", "users must be left out: the product is key-based");
  }
  const users: AssignedUser[] = [];
  for (const [at, choice] of choices.entries()) {
    const user = chooseUser(view, choice, `users.${at}.username`);
    if ("refused" in user) return user;
    users.push(user);
  }
  return users;
}

/** The record of an id that may be left out. */
function findById<Kind extends RecordKind>(view: View, kind: Kind, id: number | undefined) {
  return id === undefined ? undefined : find(view, { kind, field: "id", value: id }, `${kind}Id`);
}

/** @param field of the wish, that names the record; left out where it is what the request is about */
function find<Kind extends RecordKind>(
  view: View,
  ref: RecordRef<Kind>,
  field?: string,
): Records[Kind] | VendorRefusal {
  const thing = `${ref.kind} ${ref.value}`;
  return view.records.get(ref) ?? refuse("does_not_exist", field === undefined ? thing : `${field}: ${thing}`);
}
