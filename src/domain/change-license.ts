import { assignUsers } from "./assign-user.ts";
import type { Change, Decision, View } from "./decision.ts";
import { unchanged } from "./decision.ts";
import { NEVER } from "./device.ts";
import type { EventKind } from "./event.ts";
import { makeFeatures } from "./issue-license.ts";
import type { Json, JsonObject } from "./json.ts";
import type { AssignedUser, License } from "./license.ts";
import { licenseDifference, licenseEvent, shownLicense } from "./license-event.ts";
import { findLicenseProblem, termsOf, withoutUndefined, withTerms } from "./license-terms.ts";
import { type Refusal, refuse, type VendorRefusalCode } from "./outcome.ts";
import type { FeatureOverride, LicenseTerms, VendorProduct } from "./product.ts";
import { endSeats } from "./release.ts";
import { LICENSE_POOL, type Seat } from "./seat.ts";

/*
 * What a vendor does to a license that is out. Their views show every seat and every device of it.
 */

/** What may be changed; what is left out stays. */
export interface LicensePatch {
  readonly terms?: Partial<LicenseTerms> | undefined;
  /**
   * In place of all features it has. What is not given of one that it has already stays; a new one is as the product's.
   * Seats of a feature that is taken away end.
   */
  readonly features?: readonly FeatureOverride[] | undefined;
  /** In place of all users. Devices of those who are not among them are taken off, and their seats end. */
  readonly users?: readonly AssignedUser[] | undefined;
  readonly metadata?: JsonObject | undefined;
  readonly customFields?: readonly Json[] | undefined;
  /** Null is nobody. */
  readonly customer?: { readonly id: number | null; readonly shown: JsonObject } | undefined;
  readonly order?: { readonly id: number | null; readonly storeId: string | null } | undefined;
}

type Outcome = License | Refusal<VendorRefusalCode>;

const GONE = refuse("does_not_exist" as const, "license");

/** Seats over a lowered capacity stay until they end [SEAT-2]; those of a pool that floats no more end with it. */
export function decideChange(view: View, product: VendorProduct, patch: LicensePatch): Decision<Outcome> {
  const { license } = view;
  if (license === undefined) return unchanged(GONE);
  const { features: own } = license;
  const features = patch.features === undefined ? own : makeFeatures(product, patch.features, own);
  if ("refused" in features) return unchanged(features);
  const terms = { ...termsOf(license), ...explicit(patch.terms ?? {}) };
  const problem = findLicenseProblem(terms);
  if (problem !== undefined) return unchanged(refuse("invalid_field", problem));
  const changed = attached(withTerms({ ...license, features }, terms), patch);
  const { issued } = changed;
  if (issued === undefined) return unchanged(GONE);
  const taken = assignUsers(view, changed, issued, patch.users ?? issued.users);
  if ("refused" in taken) return unchanged(taken);
  const ending = new Set([...taken.seats, ...view.seats.filter((seat) => !floats(taken.license, seat))]);
  return withEnded(view, taken.license, [...ending], "license_changed", taken.changes);
}

/** Refuses everything from now on and keeps what it has, but for its seats. [LIC-7] */
export function decideDisabling(view: View): Decision<Outcome> {
  const { license } = view;
  if (license === undefined) return unchanged(GONE);
  return withEnded(view, { ...license, enabled: false }, view.seats, "license_disabled");
}

export function decideEnabling(view: View): Decision<Outcome> {
  const { license } = view;
  if (license === undefined) return unchanged(GONE);
  return withEnded(view, { ...license, enabled: true }, [], "license_enabled");
}

/**
 * As if it had never been activated: no device, no seat, nothing used up, and a validity that is given as a duration
 * starts with the next activation. Bars on devices stay. [LIC-8]
 */
export function decideReset(view: View): Decision<Outcome> {
  const { license } = view;
  if (license === undefined) return unchanged(GONE);
  const { details, issued, ...rest } = license;
  const isRelative = issued !== undefined && issued.validDurationMs !== null;
  const after: License = {
    ...rest,
    active: false,
    validUntil: isRelative ? null : license.validUntil,
    details: { ...details, timesActivated: 0, transferCount: 0 },
    ...(issued !== undefined && { issued: { ...issued, vacancies: 0 } }),
  };
  return withEnded(view, after, view.seats, "license_reset", [
    // Those that were off already forget that they ever came: none comes back to a license that is new.
    ...view.devices.map(
      (device): Change => ({ change: "put_device", device: { ...device, active: false, activatedAt: NEVER } }),
    ),
    ...[...view.counters.keys()].map(
      (featureId): Change => ({ change: "remove_counter", licenseId: license.id, featureId }),
    ),
  ]);
}

/** The license is gone, with its devices, seats and counters. [LIC-9] */
export function decideDeletion(view: View): Decision<Outcome> {
  const { license } = view;
  if (license === undefined) return unchanged(GONE);
  const ended = endSeats(view, view.seats, view.seats);
  const data = { product: license.product.code, before: shownLicense(license) };
  return {
    outcome: license,
    changes: [...ended.changes, { change: "remove_license", licenseId: license.id }],
    events: [...ended.events, licenseEvent("license_deleted", license, data)],
  };
}

/** The license as it is to be, without the seats that end, in one commit. Where all is so already, nothing happens. */
function withEnded(
  view: View,
  license: License,
  ending: readonly Seat[],
  kind: EventKind,
  more: readonly Change[] = [],
): Decision<Outcome> {
  const before = view.license as License;
  const isSame = JSON.stringify(before) === JSON.stringify(license);
  if (isSame && ending.length === 0 && more.length === 0) return unchanged(before);
  const ended = endSeats(view, ending, view.seats);
  const changes: readonly Change[] = isSame ? [] : [{ change: "put_license", license }];
  return {
    outcome: license,
    changes: [...changes, ...more, ...ended.changes],
    events: [licenseEvent(kind, license, licenseDifference(before, license)), ...ended.events],
  };
}

/** Whether a seat's pool is there and floats at the vendor. */
function floats(license: License, { featureId }: Seat): boolean {
  const pool = featureId === LICENSE_POOL ? license : license.features.find(({ id }) => id === featureId);
  return pool?.floats.cloud ?? false;
}

/** An end of validity that is given takes the place of a duration. */
function explicit(terms: Partial<LicenseTerms>): Partial<LicenseTerms> {
  const given = withoutUndefined(terms);
  const isAbsolute = given.validUntil !== undefined && given.validUntil !== null;
  return isAbsolute ? { ...given, validDurationMs: null } : given;
}

/** The license with what the patch says beside terms, features and users. */
function attached(license: License, { metadata, customFields, customer, order }: LicensePatch): License {
  const { details, issued } = license;
  return {
    ...license,
    details: {
      ...details,
      metadata: metadata ?? details.metadata,
      customFields: customFields ?? details.customFields,
      customer: customer === undefined ? details.customer : customer.shown,
      orderStoreId: order === undefined ? details.orderStoreId : order.storeId,
    },
    ...(issued !== undefined && {
      issued: {
        ...issued,
        customerId: customer === undefined ? issued.customerId : customer.id,
        orderId: order === undefined ? issued.orderId : order.id,
      },
    }),
  };
}
