import { hash } from "node:crypto";
import type { Customer, LicenseUser } from "../../../domain/customer.ts";
import { DAY_MS } from "../../../domain/instant.ts";
import type { JsonObject } from "../../../domain/json.ts";
import { isLicenseExpired, type License } from "../../../domain/license.ts";
import { type DeviceRefusalCode, isRefusal, type Refusal, type RefusalCode, refuse } from "../../../domain/outcome.ts";
import type { LicenseTerms, Policy, VendorProduct } from "../../../domain/product.ts";
import type { AnyRecordRef, RecordRef } from "../../../domain/records.ts";
import { decideTrial, type Seen, type TrialIssued, type TrialPlan } from "../../../domain/trial.ts";
import { hashPassword, verifyPassword } from "../../../signing/password.ts";
import { makeSecret } from "../../../signing/secret.ts";
import { customerToWire } from "../customer-object.ts";
import type { VendorContext } from "../vendor-context.ts";
import { makeLicenseKey } from "./plan-license.ts";

export interface TrialWish {
  /** Product code. */
  readonly product: string;
  readonly hardwareId: string;
  /** Code of another policy of the product than the one its trials go by. */
  readonly policy?: string | undefined;
  /** Who tries it; names the license user of a user-based product. Their e-mail address may be left out or empty. */
  readonly person: Partial<Omit<Customer, "id" | "accountCode" | "metadata">>;
  /** Initial password of a new license user; left out: one is made. */
  readonly password?: string | undefined;
  readonly info: JsonObject;
}

export type Trial =
  | (TrialIssued & {
      readonly trial: "issued";
      /** Of a license user that was made. */
      readonly initialPassword: string | undefined;
    })
  | { readonly trial: "known"; readonly license: License; readonly user: LicenseUser | undefined };

type TrialRefusal = Refusal<RefusalCode | DeviceRefusalCode | "invalid_field">;

/**
 * Gives a device the trial of a product: the one that it has, or a new one. There is one for each product and device,
 * whoever asks for it, and however many ask at once. [DEV-7]
 *
 * @returns `invalid_field` where the product has no such policy; `invalid_credentials` where there is a license user of
 *   that e-mail address, and the password is not that user's
 */
export async function issueTrial(context: VendorContext, wish: TrialWish): Promise<Trial | TrialRefusal> {
  const { store } = context;
  for (;;) {
    const product = await store.findRecord({ kind: "product", field: "code", value: wish.product });
    if (product === undefined) return refuse("unknown_product");
    const order = orderRef(product, wish.hardwareId);
    const orderSeen = await store.findRecord(order);
    const known = await findTrial(context, product, wish.hardwareId);
    if (known !== undefined) return known;
    const prepared = await prepare(context, product, wish);
    if (isRefusal(prepared)) return prepared;
    const { plan, initialPassword } = prepared;
    const whole: TrialPlan = { ...plan, order, seen: [...plan.seen, { ref: order, record: orderSeen }] };
    const { key } = whole.license;
    const outcome = await store.transact(
      { licenses: key === null ? [] : [{ product: wish.product, key }], records: refsOf(whole) },
      (view) => decideTrial(view, whole),
    );
    if (!isRefusal(outcome)) {
      return { trial: "issued", ...outcome, initialPassword: outcome.isUserNew ? initialPassword : undefined };
    }
    // Another call was faster, something was changed meanwhile, or the new key is taken: look again.
    if (outcome.refused === "already_exists") continue;
    return refuse("trial_not_allowed", outcome.about);
  }
}

/** What of the plan does not depend on what trials there are. */
type Prepared = {
  readonly plan: Omit<TrialPlan, "order">;
  readonly initialPassword: string | undefined;
};

async function prepare(
  context: VendorContext,
  product: VendorProduct,
  wish: TrialWish,
): Promise<Prepared | TrialRefusal> {
  const { trial, authorizationMethod } = product;
  if (trial === null) return refuse("trial_not_allowed");
  if (product.state !== "active") return refuse(`${product.state}_product`);
  const isUserBased = authorizationMethod === "user";
  const email = wish.person.email ?? "";
  if (email === "" && (isUserBased || trial.isEmailRequired)) return refuse("email_missing");
  const policy = await findPolicy(context, product, trial.policyId, wish.policy);
  if (isRefusal(policy)) return policy;
  const isSaid = Object.values(wish.person).some((text) => text);
  const user = isUserBased ? await prepareUser(context, email, wish) : undefined;
  if (user !== undefined && isRefusal(user)) return user;
  // A customer that is known by an e-mail address only stays out of it: licenses tell of their customers, and whoever
  // has an application can send an address.
  const customerId = user?.seen?.customerId ?? null;
  const productRef = { kind: "product", field: "id", value: product.id } as const;
  const seen: Seen[] = [{ ref: productRef, record: product }];
  if (policy.found !== undefined) {
    seen.push({ ref: { kind: "policy", field: "id", value: policy.found.id }, record: policy.found });
  }
  if (user !== undefined) seen.push({ ref: user.ref, record: user.seen });
  return {
    initialPassword: user?.initialPassword,
    plan: {
      product: productRef,
      license: {
        key: isUserBased ? null : makeLicenseKey(),
        terms: trialTerms(policy.found, trial.days),
        features: policy.found?.features,
        policyId: policy.found?.id ?? null,
        bundleCode: null,
        metadata: {},
        customFields: [],
      },
      hardwareId: wish.hardwareId,
      info: wish.info,
      user: user?.person,
      seen,
      customer:
        isSaid || customerId !== null
          ? {
              ref: customerId === null ? undefined : { kind: "customer", field: "id", value: customerId },
              make: (id) => toCustomer(wish.person, id),
            }
          : undefined,
      showCustomer: customerToWire,
    },
  };
}

/** A trial that the device has or had: of several the one that lasts, and of those the newest. */
async function findTrial(
  { store }: VendorContext,
  product: VendorProduct,
  hardwareId: string,
): Promise<Trial | TrialRefusal | undefined> {
  const trials = [];
  for (const device of await store.devices({ hardwareId })) {
    const [license] = await store.findLicenses({ licenseId: device.licenseId });
    const usage = await store.usage(device.licenseId);
    if (license?.product.id !== product.id || !license.details.isTrial || usage === undefined) continue;
    trials.push({ license, device, isOver: isLicenseExpired(license, usage.now) });
  }
  const trial = trials.findLast(({ isOver }) => !isOver) ?? trials.at(-1);
  if (trial === undefined) return undefined;
  const { license, device, isOver } = trial;
  if (device.blacklisted) return refuse("blacklisted");
  if (isOver) return refuse("trial_expired");
  const userId = license.issued?.users[0]?.userId;
  const user = userId === undefined ? undefined : await store.findRecord({ kind: "user", field: "id", value: userId });
  return { trial: "known", license, user };
}

/** @returns the policy to issue by, if any. One that the product names and has no more gives nothing, rather than all */
async function findPolicy(
  { store }: VendorContext,
  product: VendorProduct,
  id: number | null,
  code: string | undefined,
): Promise<{ readonly found: Policy | undefined } | TrialRefusal> {
  if (code === undefined && id === null) return { found: undefined };
  const policies = await store.records("policy", { field: "productId", value: product.id });
  const found = policies.find((policy) => (code === undefined ? policy.id === id : policy.code === code));
  if (found !== undefined) return { found };
  return code === undefined ? refuse("trial_not_allowed", `policy ${id}`) : refuse("invalid_field", "license_policy");
}

/** However the policy limits its licenses in time, a trial lasts the product's days, from its activation on. */
function trialTerms(policy: Policy | undefined, days: number): Partial<LicenseTerms> {
  const { type = "perpetual", ...terms } = policy?.terms ?? {};
  return {
    ...terms,
    type: type === "perpetual" ? "time-limited" : type,
    isTrial: true,
    allowGracePeriod: false,
    validUntil: null,
    validDurationMs: days * DAY_MS,
  };
}

/**
 * The license user of that name, or one to be made. Who names a user that is there must be that user: the trial would
 * come before what the user has bought, and tell the user's name and number.
 */
async function prepareUser(
  { store }: VendorContext,
  username: string,
  { password, person }: TrialWish,
): Promise<
  | {
      readonly ref: RecordRef<"user">;
      readonly person: TrialPlan["user"];
      readonly seen: LicenseUser | undefined;
      readonly initialPassword: string | undefined;
    }
  | TrialRefusal
> {
  const ref = { kind: "user", field: "username", value: username } as const;
  const known = await store.findRecord(ref);
  if (known !== undefined && !(await verifyPassword(known.passwordHash, password ?? ""))) {
    return refuse("invalid_credentials");
  }
  const initialPassword = password ?? makeSecret().slice(0, 16);
  const passwordHash = known?.passwordHash ?? (await hashPassword(initialPassword));
  const { firstName = "", lastName = "", phone = "" } = person;
  return {
    initialPassword,
    ref,
    seen: known,
    person: {
      ref,
      make: (id, customerId) => ({
        id,
        username,
        firstName,
        lastName,
        phone,
        customerId,
        passwordHash,
        isInitialPassword: true,
      }),
    },
  };
}

/** A customer of what is said; texts that are not known are empty. */
function toCustomer(person: TrialWish["person"], id: number): Customer {
  return {
    id,
    email: person.email ?? "",
    companyName: person.companyName ?? "",
    firstName: person.firstName ?? "",
    lastName: person.lastName ?? "",
    phone: person.phone ?? "",
    address: person.address ?? "",
    city: person.city ?? "",
    country: person.country ?? "",
    postcode: person.postcode ?? "",
    state: person.state ?? "",
    reference: person.reference ?? "",
    accountCode: "",
    metadata: {},
  };
}

function orderRef({ id }: VendorProduct, hardwareId: string): RecordRef<"order"> {
  const digest = hash("sha256", JSON.stringify([id, hardwareId]), "hex");
  return { kind: "order", field: "storeId", value: `trial-${digest.slice(0, 32)}` };
}

function refsOf({ seen, customer }: TrialPlan): readonly AnyRecordRef[] {
  return [...seen.map(({ ref }) => ref), ...(customer?.ref === undefined ? [] : [customer.ref])];
}
