import { randomInt } from "node:crypto";
import { decideIssue, type LicensePlan } from "../../../domain/issue-license.ts";
import type { Json, JsonObject } from "../../../domain/json.ts";
import type { AssignedUser, License } from "../../../domain/license.ts";
import { isRefusal, type Refusal, refuse, type VendorRefusalCode } from "../../../domain/outcome.ts";
import type { FeatureOverride, LicenseTerms, VendorProduct } from "../../../domain/product.ts";
import type { RecordKind, Records } from "../../../domain/records.ts";
import type { Store } from "../../../store/store.ts";
import { customerToWire } from "../customer-object.ts";
import { findMetadataProblem } from "../metadata.ts";
import type { VendorContext } from "../vendor-context.ts";

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

/** Issues a license of a product, by a policy or freely. */
export async function issueLicense({ store }: VendorContext, order: NewLicense): Promise<License | VendorRefusal> {
  const plan = await planLicense(store, order);
  if ("refused" in plan) return plan;
  const { key, product } = plan;
  const sameKey = key === null ? undefined : { product: product.code, key };
  return store.transact({ license: sameKey }, (view) => decideIssue(view, plan));
}

/** Gathers what the order refers to. */
async function planLicense(store: Store, order: NewLicense): Promise<LicensePlan | VendorRefusal> {
  const problem = findMetadataProblem(order.metadata);
  if (problem !== undefined) return refuse("invalid_field", problem);
  const product = await store.findRecord({ kind: "product", field: "code", value: order.product });
  if (product === undefined) return refuse("does_not_exist", `product ${order.product}`);
  const policy = await findById(store, "policy", order.policyId);
  if (policy !== undefined && isRefusal(policy)) return policy;
  const customer = await findById(store, "customer", order.customerId);
  if (customer !== undefined && isRefusal(customer)) return customer;
  const purchase = await findById(store, "order", order.orderId);
  if (purchase !== undefined && isRefusal(purchase)) return purchase;
  const users = await assignUsers(store, product, order.users ?? []);
  if ("refused" in users) return users;
  return {
    product,
    key: product.authorizationMethod === "user" ? null : (order.key ?? makeLicenseKey()),
    users,
    terms: { ...policy?.terms, ...order.terms },
    features: order.features ?? policy?.features,
    customerId: order.customerId ?? null,
    customer: customerToWire(customer),
    orderId: order.orderId ?? null,
    orderStoreId: purchase?.storeId ?? null,
    policyId: order.policyId ?? null,
    bundleCode: order.bundleCode ?? null,
    metadata: order.metadata ?? {},
    customFields: order.customFields ?? [],
  };
}

/** The record of an id that may be left out. */
async function findById<Kind extends RecordKind>(
  store: Store,
  kind: Kind,
  id: number | undefined,
): Promise<Records[Kind] | undefined | VendorRefusal> {
  if (id === undefined) return undefined;
  const record = await store.findRecord({ kind, field: "id", value: id });
  return record ?? refuse("does_not_exist", `${kind} ${id}`);
}

async function assignUsers(
  store: Store,
  { authorizationMethod }: VendorProduct,
  choices: readonly UserChoice[],
): Promise<readonly AssignedUser[] | VendorRefusal> {
  if (authorizationMethod === "user" && choices.length === 0) {
    return refuse("invalid_field", "users must name who may activate the license");
  }
  if (authorizationMethod !== "user" && choices.length > 0) {
    return refuse("invalid_field", "users must be left out: the product is key-based");
  }
  const users: AssignedUser[] = [];
  for (const { username, maxActivations = 1, allowUnlimitedActivations = false } of choices) {
    const user = await store.findRecord({ kind: "user", field: "username", value: username });
    if (user === undefined) return refuse("does_not_exist", `user ${username}`);
    users.push({ userId: user.id, maxActivations, allowUnlimitedActivations });
  }
  return users;
}

/** `XXXX-XXXX-XXXX-XXXX`, without letters and digits that look alike. */
function makeLicenseKey(): string {
  const letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
  const group = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join("");
  return [group(), group(), group(), group()].join("-");
}
