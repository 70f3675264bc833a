import type { BorrowWish } from "../domain/borrow.ts";
import {
  type Checked,
  type CheckedOut,
  decideFeatureCheck,
  decideFeatureCheckOut,
  decideLicenseCheck,
  decideLicenseCheckOut,
} from "../domain/check-out.ts";
import type { Scope } from "../domain/decision.ts";
import type { JsonObject } from "../domain/json.ts";
import type { Refusal } from "../domain/outcome.ts";
import type { SeatDetails } from "../domain/seat.ts";
import type { HoldingCaller, SeatContext } from "./seat-context.ts";

export interface CheckOutCommand extends HoldingCaller {
  readonly borrow: BorrowWish;
  /** Whether the borrow date replaces an earlier one. */
  readonly movesBorrow?: boolean;
  readonly details: SeatDetails;
  readonly deviceInfo?: JsonObject;
}

/** Takes or renews a holder's seat of a feature. */
export function checkOutFeature(
  { store, channel, graceMs }: SeatContext,
  feature: string,
  command: CheckOutCommand,
): Promise<CheckedOut | Refusal> {
  const wish = { channel, graceMs, ...command };
  return store.transact({ ...scopeOf(command), feature }, (view) => decideFeatureCheckOut(view, feature, wish));
}

/** Takes or renews a holder's seat of the license itself. */
export function checkOutLicense(
  { store, channel, graceMs }: SeatContext,
  command: CheckOutCommand,
): Promise<CheckedOut | Refusal> {
  const wish = { channel, graceMs, ...command };
  return store.transact(scopeOf(command), (view) => decideLicenseCheckOut(view, wish));
}

/** Looks whether a device may use a feature, and takes or renews its seat where the feature floats. */
export function checkFeature(
  { store, channel, graceMs }: SeatContext,
  feature: string,
  command: CheckOutCommand,
): Promise<Checked | Refusal> {
  const wish = { channel, graceMs, ...command };
  return store.transact({ ...scopeOf(command), feature }, (view) => decideFeatureCheck(view, feature, wish));
}

/** Looks at a device's license, and takes or renews its seat where the license floats. */
export function checkLicense(
  { store, channel, graceMs }: SeatContext,
  command: CheckOutCommand,
): Promise<Checked | Refusal> {
  const wish = { channel, graceMs, ...command };
  return store.transact(scopeOf(command), (view) => decideLicenseCheck(view, wish));
}

function scopeOf({ license, device, holder }: CheckOutCommand): Scope {
  return { license, device, holder };
}
