import { admitCaller } from "./admission.ts";
import { addToLicense } from "./consume.ts";
import type { Decision, View } from "./decision.ts";
import { unchanged } from "./decision.ts";
import { type Device, NEVER, withVariables } from "./device.ts";
import type { EventKind, SeatEvent } from "./event.ts";
import type { Instant } from "./instant.ts";
import type { JsonObject } from "./json.ts";
import { type AssignedUser, type Issued, isLicenseExpired, type License } from "./license.ts";
import { type DeviceRefusalCode, isRefusal, type Refusal, type RefusalCode, refuse } from "./outcome.ts";
import type { VendorProduct } from "./product.ts";
import { endSeats, type Released } from "./release.ts";
import { LICENSE_POOL } from "./seat.ts";

/** A device's wish to be bound to a license. Whoever asks for a user has proven the user's password. */
export interface Activation {
  readonly hardwareId: string;
  readonly info: JsonObject;
  readonly isVm: boolean;
  /** Set on the device, by name. */
  readonly variables: Readonly<Record<string, string>>;
}

export interface Activated {
  readonly license: License;
  readonly device: Device;
}

type ActivationRefusal = Refusal<RefusalCode | DeviceRefusalCode>;

/**
 * Binds a device to a license. One that is active already stays so, whatever else has changed since. [DEV-1]
 *
 * @param product the product as it is now; undefined where the vendor has none of that code
 */
export function decideActivation(
  view: View,
  product: VendorProduct | undefined,
  wish: Activation,
): Decision<Activated | ActivationRefusal> {
  const { license, device, now } = view;
  if (!view.productKnown || product === undefined) return unchanged(refuse("unknown_product"));
  const issued = license?.issued;
  if (license === undefined || issued === undefined) return unchanged(refuse("license_not_found"));
  if (!license.enabled) return unchanged(refuse("license_not_enabled"));
  if (isLicenseExpired(license, now)) return unchanged(refuse("license_expired"));
  if (device?.blacklisted) return unchanged(refuse("blacklisted"));
  if (device?.active) return keepDevice(view, license, device, wish);

  const isBack = device !== undefined && device.activatedAt !== NEVER;
  const isTransfer = issued.vacancies > 0 && !isBack;
  const refused = refuseDevice(view, license, issued, isTransfer) ?? refuseProduct(license, product, wish, now);
  if (refused !== undefined) return unchanged(refused);

  const activated = activatedDevice(view, license, device, wish);
  if (isRefusal(activated)) return unchanged(activated);
  const after: License = {
    ...license,
    active: true,
    validUntil: license.validUntil ?? validFrom(issued, now),
    details: {
      ...license.details,
      timesActivated: license.details.timesActivated + 1,
      transferCount: license.details.transferCount + (isTransfer ? 1 : 0),
    },
    issued: { ...issued, vacancies: Math.max(0, issued.vacancies - 1) },
  };
  return {
    outcome: { license: after, device: activated },
    changes: [
      { change: "put_license", license: after },
      { change: "put_device", device: activated },
    ],
    events: [deviceEvent("device_activated", activated, { timesActivated: after.details.timesActivated })],
  };
}

/**
 * A device takes itself off its license, with all its seats. [DEV-4]
 *
 * @param consumptions added first, where it used some; past the license's validity as well, for it was used before
 */
export function decideDeactivation(view: View, consumptions: number): Decision<Released | Refusal> {
  const license = admitCaller(view, "cloud");
  if (isRefusal(license)) return unchanged(license);
  const { device } = view;
  if (device === undefined) return unchanged(refuse("device_not_found"));
  const counted =
    consumptions === 0 ? unchanged({}) : addToLicense(view, license, { amount: consumptions, user: device.hardwareId });
  if (isRefusal(counted.outcome)) return { ...counted, outcome: counted.outcome as Refusal };
  const { outcome, changes, events } = takeOff(view, license, device);
  return {
    outcome: outcome.released,
    changes: [...counted.changes, ...changes],
    events: [...counted.events, ...events],
  };
}

/** A device that is off its license, with all its seats ended. The scope shows them. */
export function takeOff(
  view: View,
  license: License,
  device: Device,
): Decision<{ readonly device: Device; readonly released: Released }> {
  const ended = endSeats(view, view.mine, view.mine);
  const inactive: Device = { ...device, active: false };
  return {
    outcome: { device: inactive, released: ended.outcome },
    changes: [
      { change: "put_license", license: vacate(license) },
      { change: "put_device", device: inactive },
      ...ended.changes,
    ],
    events: [deviceEvent("device_deactivated", inactive), ...ended.events],
  };
}

/** A device sets variables of its own. [DEV-6] */
export function decideVariables(
  view: View,
  values: Readonly<Record<string, string>>,
): Decision<Device | Refusal<RefusalCode | "validation_error">> {
  const license = admitCaller(view, "cloud");
  if (isRefusal(license)) return unchanged(license);
  const { device } = view;
  return device === undefined ? unchanged(refuse("device_not_found")) : setVariables(view, device, values);
}

export function setVariables(
  { now, nextIds }: View,
  device: Device,
  values: Readonly<Record<string, string>>,
): Decision<Device | Refusal<"validation_error">> {
  const after = withVariables(device, values, nextIds.variable, now);
  if (isRefusal(after)) return unchanged(after);
  return {
    outcome: after,
    changes: [{ change: "put_device", device: after }],
    events: [deviceEvent("device_variables_set", after, { names: Object.keys(values) })],
  };
}

function refuseDevice(
  view: View,
  { details }: License,
  { users }: Issued,
  isTransfer: boolean,
): ActivationRefusal | undefined {
  const isFull = !details.allowUnlimitedActivations && details.timesActivated >= details.maxActivations;
  if (isFull) return refuse("license_activated_max_times");
  if (isTransfer && details.maxTransfers > 0 && details.transferCount >= details.maxTransfers) {
    return refuse("license_transferred_max_times");
  }
  const user = users.find(({ userId }) => userId === view.userId);
  return user !== undefined && isUserFull(view, user) ? refuse("licenseUserActivatedMaxTimes") : undefined;
}

function isUserFull({ devices }: View, { userId, maxActivations, allowUnlimitedActivations }: AssignedUser): boolean {
  const active = devices.filter((device) => device.active && device.userId === userId);
  return !allowUnlimitedActivations && active.length >= maxActivations;
}

function refuseProduct(
  license: License,
  { state, preventVm }: VendorProduct,
  { isVm }: Activation,
  now: Instant,
): ActivationRefusal | undefined {
  if (state === "archived") return refuse("archived_product");
  if (state === "disabled") return refuse("disabled_product");
  if (isVm && (preventVm || license.details.preventVm)) return refuse("vm_not_allowed");
  return license.startsAt !== null && license.startsAt > now ? refuse("license_not_started") : undefined;
}

function keepDevice(
  view: View,
  license: License,
  device: Device,
  wish: Activation,
): Decision<Activated | ActivationRefusal> {
  const seen: Device = { ...device, seenAt: view.now, info: { ...device.info, ...wish.info } };
  const kept = withVariables(seen, wish.variables, view.nextIds.variable, view.now);
  if (isRefusal(kept)) return unchanged(kept);
  return { outcome: { license, device: kept }, changes: [{ change: "put_device", device: kept }], events: [] };
}

function activatedDevice(
  view: View,
  license: License,
  device: Device | undefined,
  wish: Activation,
): Device | Refusal<"validation_error"> {
  const { now, userId, nextIds } = view;
  const earlier = device ?? newDevice(view, license, wish.hardwareId);
  const active: Device = {
    ...earlier,
    active: true,
    userId: userId ?? null,
    activatedAt: now,
    seenAt: now,
    info: { ...earlier.info, ...wish.info },
  };
  return withVariables(active, wish.variables, nextIds.variable, now);
}

/** A device that has never come to its license. */
export function newDevice({ now, nextIds }: View, license: License, hardwareId: string): Device {
  return {
    id: nextIds.device,
    licenseId: license.id,
    hardwareId,
    active: false,
    blacklisted: false,
    userId: null,
    activatedAt: NEVER,
    seenAt: now,
    info: {},
    variables: [],
  };
}

/** The first activation of a license starts its validity. [DEV-2] */
function validFrom({ validDurationMs }: Issued, now: Instant): Instant | null {
  return validDurationMs === null ? null : now + validDurationMs;
}

/** The license once a device is off it. */
function vacate(license: License): License {
  const { details, issued } = license;
  return {
    ...license,
    details: { ...details, timesActivated: Math.max(0, details.timesActivated - 1) },
    ...(issued !== undefined && { issued: { ...issued, vacancies: issued.vacancies + 1 } }),
  };
}

export function deviceEvent(kind: EventKind, { licenseId, id, hardwareId }: Device, data: JsonObject = {}): SeatEvent {
  return { kind, licenseId, featureId: LICENSE_POOL, holder: hardwareId, data: { deviceId: id, ...data } };
}
