import type { Change, Decision, View } from "./decision.ts";
import { unchanged } from "./decision.ts";
import { findUsersProblem } from "./issue-license.ts";
import type { AssignedUser, Issued, License } from "./license.ts";
import { licenseDifference, licenseEvent } from "./license-event.ts";
import { type Refusal, refuse, type VendorRefusalCode } from "./outcome.ts";
import { endSeats } from "./release.ts";
import type { Seat } from "./seat.ts";

/*
 * Who may activate a license of a user-based product.
 *
 * Whoever is taken off a license cannot name it any more, and so could give nothing back: the devices that this user
 * activated are taken off with it, their activations are free again, and their seats end, in one commit. The vendor's
 * own act uses up none of the license's transfers.
 */

/** The views of these decisions show every seat and every device of the license. */
type Outcome = License | Refusal<VendorRefusalCode>;

/** Assigns a user, or gives one that is assigned other numbers. */
export function decideAssignment(view: View, user: AssignedUser): Decision<Outcome> {
  const { license } = view;
  const issued = license?.issued;
  if (license === undefined || issued === undefined) return unchanged(refuse("does_not_exist", "license"));
  const isThere = issued.users.some(({ userId }) => userId === user.userId);
  const users = isThere
    ? issued.users.map((known) => (known.userId === user.userId ? user : known))
    : [...issued.users, user];
  return withUsers(view, license, issued, users);
}

/** Takes a user off a license, with the devices that this user has activated on it. */
export function decideUnassignment(view: View, userId: number): Decision<Outcome> {
  const { license } = view;
  const issued = license?.issued;
  if (license === undefined || issued === undefined) return unchanged(refuse("does_not_exist", "license"));
  const users = issued.users.filter((user) => user.userId !== userId);
  if (users.length === issued.users.length) return unchanged(refuse("does_not_exist", "user is not assigned"));
  return withUsers(view, license, issued, users);
}

/** What goes with users who are no longer assigned. */
export interface TakenOff {
  readonly license: License;
  /** Their devices, off the license. */
  readonly changes: readonly Change[];
  /** Those of their devices. */
  readonly seats: readonly Seat[];
}

/** The license once others are assigned to it. @returns why they cannot be, or what goes with those who leave */
export function assignUsers(
  { devices, seats }: View,
  license: License,
  issued: Issued,
  users: readonly AssignedUser[],
): TakenOff | Refusal<VendorRefusalCode> {
  if (license.product.authorizationMethod !== "user" && users.length > 0) {
    return refuse("invalid_field", "users must be left out: the product is key-based");
  }
  const problem = findUsersProblem(users, issued.maxUsers);
  if (problem !== undefined) return refuse("invalid_field", problem);
  const leaving = new Set(issued.users.map(({ userId }) => userId));
  for (const { userId } of users) leaving.delete(userId);
  const off = devices.filter(({ active, userId }) => active && userId !== null && leaving.has(userId));
  const holders = new Set(off.map(({ hardwareId }) => hardwareId));
  const { details } = license;
  return {
    license: {
      ...license,
      details: { ...details, timesActivated: Math.max(0, details.timesActivated - off.length) },
      issued: { ...issued, users },
    },
    changes: off.map((device): Change => ({ change: "put_device", device: { ...device, active: false } })),
    seats: seats.filter(({ holder }) => holders.has(holder)),
  };
}

function withUsers(view: View, before: License, issued: Issued, users: readonly AssignedUser[]): Decision<Outcome> {
  const taken = assignUsers(view, before, issued, users);
  if ("refused" in taken) return unchanged(taken);
  const { license } = taken;
  if (JSON.stringify(users) === JSON.stringify(issued.users)) return unchanged(before);
  const ended = endSeats(view, taken.seats, view.seats);
  return {
    outcome: license,
    changes: [{ change: "put_license", license }, ...taken.changes, ...ended.changes],
    events: [licenseEvent("license_changed", license, licenseDifference(before, license)), ...ended.events],
  };
}
