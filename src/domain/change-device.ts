import { deviceEvent, newDevice, setVariables, takeOff } from "./activation.ts";
import type { Decision, View } from "./decision.ts";
import { unchanged } from "./decision.ts";
import type { Device } from "./device.ts";
import type { License } from "./license.ts";
import { isRefusal, type Refusal, refuse } from "./outcome.ts";
import { endSeats } from "./release.ts";

/*
 * What a vendor does to a device. Neither a bar on it nor the state of its license is in the way: those are for the
 * device itself. [DEV-10]
 */

type NotThere = Refusal<"license_not_found" | "device_not_found">;

/**
 * Bars a device from a license and ends its seats; its row stays active, so that it is told why. A device that the
 * license has never seen can be barred as well. [DEV-5]
 */
export function decideBlacklisting(view: View, hardwareId: string): Decision<Device | Refusal<"license_not_found">> {
  const { license, device } = view;
  if (license === undefined) return unchanged(refuse("license_not_found"));
  if (device?.blacklisted) return unchanged(device);
  const known = device ?? newDevice(view, license, hardwareId);
  const barred: Device = { ...known, blacklisted: true };
  const ended = endSeats(view, view.mine, view.mine);
  return {
    outcome: barred,
    changes: [{ change: "put_device", device: barred }, ...ended.changes],
    events: [deviceEvent("device_blacklisted", barred), ...ended.events],
  };
}

/** Takes a device off the blacklist. [DEV-5] */
export function decideAdmission({ license, device }: View): Decision<Device | NotThere> {
  if (license === undefined) return unchanged(refuse("license_not_found"));
  if (device === undefined) return unchanged(refuse("device_not_found"));
  if (!device.blacklisted) return unchanged(device);
  const admitted: Device = { ...device, blacklisted: false };
  return {
    outcome: admitted,
    changes: [{ change: "put_device", device: admitted }],
    events: [deviceEvent("device_admitted", admitted)],
  };
}

/** Takes an active device off its license, with all its seats; a bar on it stays. [DEV-4] [DEV-10] */
export function decideVendorDeactivation(view: View): Decision<Device | NotThere> {
  const found = findActive(view);
  if (isRefusal(found)) return unchanged(found);
  const { outcome, ...decision } = takeOff(view, found.license, found.device);
  return { ...decision, outcome: outcome.device };
}

/** Sets variables of an active device. [DEV-6] [DEV-10] */
export function decideVendorVariables(
  view: View,
  values: Readonly<Record<string, string>>,
): Decision<Device | NotThere | Refusal<"validation_error">> {
  const found = findActive(view);
  return isRefusal(found) ? unchanged(found) : setVariables(view, found.device, values);
}

function findActive({ license, device }: View): { readonly license: License; readonly device: Device } | NotThere {
  if (license === undefined) return refuse("license_not_found");
  return device?.active ? { license, device } : refuse("device_not_found");
}
