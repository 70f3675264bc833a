import { decideCreation, decideRemoval } from "./change-record.ts";
import type { Customer, LicenseUser, Order } from "./customer.ts";
import type { Change, Decision, View } from "./decision.ts";
import { unchanged } from "./decision.ts";
import type { Device } from "./device.ts";
import type { SeatEvent } from "./event.ts";
import { decideIssue, type LicensePlan } from "./issue-license.ts";
import type { JsonObject } from "./json.ts";
import type { License } from "./license.ts";
import { type Refusal, refuse, type VendorRefusalCode } from "./outcome.ts";
import type { AnyRecordRef, RecordKind, RecordRef } from "./records.ts";

/** What a trial is issued with. Whom it is for may be known already. */
export interface TrialPlan {
  readonly license: Omit<LicensePlan, "product" | "users" | "customerId" | "customer" | "orderId" | "orderStoreId">;
  readonly product: RecordRef<"product">;
  readonly hardwareId: string;
  readonly info: JsonObject;
  /** The order of this device's trial of this product: there can be one of that number only. */
  readonly order: RecordRef<"order">;
  /**
   * What the plan was made from, as it was then: the product, its policy, the order when the device was found to have no
   * trial, and the user whose password was proven. The scope shows them.
   */
  readonly seen: readonly Seen[];
  /** Left out where the device does not say who uses it. */
  readonly customer?: Person<"customer", Customer> | undefined;
  /** Who may activate it; for user-based products. */
  readonly user?: Person<"user", LicenseUser> | undefined;
  /** As the license shows its customer. */
  readonly showCustomer: (customer: Customer | undefined) => JsonObject;
}

/** A record as it was seen; undefined where there was none. */
export interface Seen {
  readonly ref: AnyRecordRef;
  readonly record: object | undefined;
}

/** Someone who is made unless there is one of that name. */
interface Person<Kind extends "customer" | "user", Of> {
  readonly ref: RecordRef<Kind> | undefined;
  readonly make: (id: number, customerId: number | null) => Of;
}

export interface TrialIssued {
  readonly license: License;
  readonly user: LicenseUser | undefined;
  readonly isUserNew: boolean;
}

/**
 * Issues a trial to a device: order, license and the device's row on it, with customer and user where they are new, in
 * one commit. Where anything that the plan was made from is another by now, it is refused with `already_exists`: of two
 * decisions about one device the second sees another order, for the device has its trial by then. [DEV-7]
 */
export function decideTrial(view: View, plan: TrialPlan): Decision<TrialIssued | Refusal<VendorRefusalCode>> {
  const changed = plan.seen.find(({ ref, record }) => !isSame(view.records.get(ref as RecordRef<RecordKind>), record));
  if (changed !== undefined) return unchanged(refuse("already_exists", changed.ref.kind));
  const product = view.records.get(plan.product);
  if (product === undefined) return unchanged(refuse("does_not_exist", "product"));
  const customer = findOrMake(view, "customer", plan.customer, null);
  if (isRefused(customer)) return unchanged(customer.outcome);
  const customerId = customer?.outcome.id ?? null;
  const user = findOrMake(view, "user", plan.user, customerId);
  if (isRefused(user)) return unchanged(user.outcome);
  const order = putOrder(view, plan, customerId);
  if (isRefused(order)) return unchanged(order.outcome);
  const issued = decideIssue(view, {
    ...plan.license,
    product,
    users: user === undefined ? [] : [{ userId: user.outcome.id, maxActivations: 1, allowUnlimitedActivations: false }],
    customerId,
    customer: plan.showCustomer(customer?.outcome),
    orderId: order.outcome.id,
    orderStoreId: order.outcome.storeId,
  }) as Done<License> | Refused;
  if (isRefused(issued)) return unchanged(issued.outcome);
  const device = deviceOf(view, issued.outcome, plan, user?.outcome.id ?? null);
  const parts = [customer, user, order, issued].filter((part) => part !== undefined);
  return {
    outcome: { license: issued.outcome, user: user?.outcome, isUserNew: (user?.changes.length ?? 0) > 0 },
    changes: [...parts.flatMap(({ changes }): readonly Change[] => changes), { change: "put_device", device }],
    events: parts.flatMap(({ events }): readonly SeatEvent[] => events),
  };
}

function isSame(now: object | undefined, seen: object | undefined): boolean {
  return JSON.stringify(now) === JSON.stringify(seen);
}

/** The decision went well, so what came of it is no refusal. */
type Done<Outcome> = Decision<Exclude<Outcome, Refusal<VendorRefusalCode>>>;
type Refused = Decision<Refusal<VendorRefusalCode>>;

function isRefused(decision: Done<object> | Refused | undefined): decision is Refused {
  return decision !== undefined && "refused" in decision.outcome;
}

function findOrMake<Kind extends "customer" | "user", Of extends Customer | LicenseUser>(
  view: View,
  kind: Kind,
  person: Person<Kind, Of> | undefined,
  customerId: number | null,
): Done<Of> | Refused | undefined {
  if (person === undefined) return undefined;
  const known = person.ref && view.records.get(person.ref);
  const decision =
    known === undefined
      ? decideCreation(view, kind, undefined, (id) => person.make(id, customerId) as never)
      : unchanged(known);
  return decision as unknown as Done<Of> | Refused;
}

/**
 * An order without a license is left of a trial that its vendor has deleted: the device may have another, by a new order
 * in its place, so that a second call that has seen the old one finds it gone.
 */
function putOrder(view: View, { order: ref }: TrialPlan, customerId: number | null): Done<Order> | Refused {
  const make = (id: number) => ({ id, storeId: String(ref.value), customerId, createdAt: view.now });
  const made = decideCreation(view, "order", undefined, make);
  const earlier = view.records.get(ref);
  if (earlier === undefined) return made as Done<Order> | Refused;
  const removed = decideRemoval(view, "order", ref);
  const whole = {
    ...made,
    changes: [...removed.changes, ...made.changes],
    events: [...removed.events, ...made.events],
  };
  return whole as Done<Order> | Refused;
}

/** The device has the trial before it activates it: by this row it is found again. */
function deviceOf(
  { now, nextIds }: View,
  { id: licenseId }: License,
  { hardwareId, info }: TrialPlan,
  userId: number | null,
): Device {
  return {
    id: nextIds.device,
    licenseId,
    hardwareId,
    active: false,
    blacklisted: false,
    userId,
    activatedAt: now,
    seenAt: now,
    info,
    variables: [],
  };
}
