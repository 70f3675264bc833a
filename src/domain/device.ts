import type { Instant } from "./instant.ts";
import type { JsonObject } from "./json.ts";
import { type Refusal, refuse } from "./outcome.ts";

/**
 * A machine on one license, known by its hardware id; a floating server is one too. There is one row for each
 * license and hardware id, which stays when the device is deactivated.
 */
export interface Device {
  readonly id: number;
  readonly licenseId: number;
  /** Opaque, compared exactly. */
  readonly hardwareId: string;
  /** Activated, and not deactivated since. */
  readonly active: boolean;
  /** Barred by the vendor: refused at every call, and without seats. */
  readonly blacklisted: boolean;
  /** The license user who activated it, on licenses of user-based products. */
  readonly userId: number | null;
  /** The last time; `NEVER` on a device that was barred before it ever came. */
  readonly activatedAt: Instant;
  readonly seenAt: Instant;
  /** What the device says of itself, by the names it has on the wire; for display only. */
  readonly info: JsonObject;
  readonly variables: readonly DeviceVariable[];
}

/** Stands for the time of what has not happened yet. */
export const NEVER: Instant = 0;

/** A named value that an application keeps with its device. */
export interface DeviceVariable {
  readonly id: number;
  readonly name: string;
  readonly value: string;
  readonly createdAt: Instant;
}

/** Every call about a device reads all its variables, so that they must not become too many. [DEV-6] */
export const MOST_VARIABLES = 1_000;

/** How old `seenAt` may be before it is written anew: not every renewal is worth a row. */
export const SEEN_EVERY_MS = 3_600_000;

/** The device after a call that says `info` of it, or the same object where nothing changes. */
export function seenDevice(device: Device, info: JsonObject, now: Instant): Device {
  const isNews = Object.entries(info).some(([name, value]) => device.info[name] !== value);
  if (!isNews && now - device.seenAt < SEEN_EVERY_MS) return device;
  return { ...device, seenAt: now, info: isNews ? { ...device.info, ...info } : device.info };
}

/**
 * The device after variables were set. A value that is given replaces the one of that name; others stay.
 *
 * @param firstId new variables take this id and those that follow it
 * @returns it; `validation_error` where it would have too many of them
 */
export function withVariables(
  device: Device,
  values: Readonly<Record<string, string>>,
  firstId: number,
  now: Instant,
): Device | Refusal<"validation_error"> {
  let nextId = firstId;
  const variables = [...device.variables];
  for (const [name, value] of Object.entries(values)) {
    const at = variables.findIndex((variable) => variable.name === name);
    const known = variables[at];
    if (known === undefined) variables.push({ id: nextId++, name, value, createdAt: now });
    else if (known.value !== value) variables[at] = { ...known, value, createdAt: now };
  }
  if (variables.length > MOST_VARIABLES) {
    return refuse("validation_error", `variables of a device must not be more than ${MOST_VARIABLES} in all`);
  }
  return { ...device, variables };
}
