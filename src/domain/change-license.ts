import type { Change, Decision, View } from "./decision.ts";
import { unchanged } from "./decision.ts";
import type { EventKind, SeatEvent } from "./event.ts";
import { findTermsProblem, makeFeatures } from "./issue-license.ts";
import type { JsonObject } from "./json.ts";
import type { AssignedUser, License } from "./license.ts";
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
  /** In place of all features it has. Seats of a feature that is taken away end. */
  readonly features?: readonly FeatureOverride[] | undefined;
  readonly users?: readonly AssignedUser[] | undefined;
  readonly metadata?: JsonObject | undefined;
}

type Outcome = License | Refusal<VendorRefusalCode>;

const GONE = refuse("does_not_exist" as const, "license");

/** Seats over a lowered capacity stay until they end. [SEAT-2] */
export function decideChange(view: View, product: VendorProduct, patch: LicensePatch): Decision<Outcome> {
  const { license } = view;
  if (license === undefined) return unchanged(GONE);
  const features = patch.features === undefined ? license.features : makeFeatures(product, patch.features);
  if ("refused" in features) return unchanged(features);
  const problem = findTermsProblem({ ...license, ...patch.terms });
  if (problem !== undefined) return unchanged(refuse("invalid_field", problem));
  const after = patched({ ...license, features }, patch);
  const lost = view.seats.filter(
    ({ featureId }) => featureId !== LICENSE_POOL && !features.some(({ id }) => id === featureId),
  );
  return withEnded(view, after, lost, "license_changed", { fields: Object.keys({ ...patch.terms, ...patch }) });
}

/** Refuses everything from now on and keeps what it has, but for its seats. [LIC-7] */
export function decideDisabling(view: View): Decision<Outcome> {
  const { license } = view;
  if (license === undefined) return unchanged(GONE);
  if (!license.enabled) return unchanged(license);
  return withEnded(view, { ...license, enabled: false }, view.seats, "license_disabled");
}

export function decideEnabling(view: View): Decision<Outcome> {
  const { license } = view;
  if (license === undefined) return unchanged(GONE);
  if (license.enabled) return unchanged(license);
  return withEnded(view, { ...license, enabled: true }, [], "license_enabled");
}

/** As if it had never been activated: no device, no seat, nothing used up. Bars on devices stay. [LIC-8] */
export function decideReset(view: View): Decision<Outcome> {
  const { license } = view;
  if (license === undefined) return unchanged(GONE);
  const { details, issued, ...rest } = license;
  const after: License = {
    ...rest,
    active: false,
    details: { ...details, timesActivated: 0, transferCount: 0 },
    ...(issued !== undefined && { issued: { ...issued, vacancies: 0 } }),
  };
  const decision = withEnded(view, after, view.seats, "license_reset", { devices: view.devices.length });
  const off = view.devices.filter(({ active }) => active);
  return {
    ...decision,
    changes: [
      ...decision.changes,
      ...off.map((device): Change => ({ change: "put_device", device: { ...device, active: false } })),
      ...[...view.counters.keys()].map(
        (featureId): Change => ({ change: "remove_counter", licenseId: license.id, featureId }),
      ),
    ],
  };
}

/** The license is gone, with its devices, seats and counters. [LIC-9] */
export function decideDeletion(view: View): Decision<Outcome> {
  const { license } = view;
  if (license === undefined) return unchanged(GONE);
  const ended = endSeats(view, view.seats, view.seats);
  return {
    outcome: license,
    changes: [...ended.changes, { change: "remove_license", licenseId: license.id }],
    events: [...ended.events, licenseEvent("license_deleted", license, { product: license.product.code })],
  };
}

function withEnded(
  view: View,
  license: License,
  ending: readonly Seat[],
  kind: EventKind,
  data: JsonObject = {},
): Decision<Outcome> {
  const ended = endSeats(view, ending, view.seats);
  return {
    outcome: license,
    changes: [{ change: "put_license", license }, ...ended.changes],
    events: [licenseEvent(kind, license, data), ...ended.events],
  };
}

function licenseEvent(kind: EventKind, { id }: License, data: JsonObject): SeatEvent {
  return { kind, licenseId: id, featureId: LICENSE_POOL, data };
}

function patched(license: License, { terms = {}, users, metadata }: LicensePatch): License {
  const { details, issued } = license;
  const pick = <Name extends keyof LicenseTerms>(name: Name, otherwise: LicenseTerms[Name]): LicenseTerms[Name] => {
    const given = terms[name];
    return given === undefined ? otherwise : (given as LicenseTerms[Name]);
  };
  return {
    ...license,
    type: pick("type", license.type),
    startsAt: pick("startsAt", license.startsAt),
    validUntil: pick("validUntil", license.validUntil),
    gracePeriodMs: pick("gracePeriodMs", license.gracePeriodMs),
    allowGracePeriod: pick("allowGracePeriod", license.allowGracePeriod),
    floats: pick("floats", license.floats),
    capacity: pick("capacity", license.capacity),
    timeoutMs: pick("timeoutMs", license.timeoutMs),
    canBorrow: pick("canBorrow", license.canBorrow),
    maxBorrowMs: pick("maxBorrowMs", license.maxBorrowMs),
    consumption: pick("consumption", license.consumption),
    details: {
      ...details,
      maintenanceUntil: pick("maintenanceUntil", details.maintenanceUntil),
      preventVm: pick("preventVm", details.preventVm),
      isTrial: pick("isTrial", details.isTrial),
      maxActivations: pick("maxActivations", details.maxActivations),
      allowUnlimitedActivations: pick("allowUnlimitedActivations", details.allowUnlimitedActivations),
      maxTransfers: pick("maxTransfers", details.maxTransfers),
      metadata: metadata ?? details.metadata,
    },
    ...(issued !== undefined && {
      issued: {
        ...issued,
        validDurationMs: pick("validDurationMs", issued.validDurationMs),
        maxUsers: pick("maxUsers", issued.maxUsers),
        isAirGapped: pick("isAirGapped", issued.isAirGapped),
        users: users ?? issued.users,
      },
    }),
  };
}
