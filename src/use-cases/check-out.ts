import type { BorrowWish } from "../domain/borrow.ts";
import { type CheckedOut, decideFeatureCheckOut, decideLicenseCheckOut } from "../domain/check-out.ts";
import type { Refusal } from "../domain/outcome.ts";
import type { SeatDetails } from "../domain/seat.ts";
import type { LicenseChoice, SeatContext } from "./seat-context.ts";

export interface CheckOutCommand {
  readonly license: LicenseChoice;
  readonly holder: string;
  readonly borrow: BorrowWish;
  /** Whether the borrow date replaces an earlier one. */
  readonly movesBorrow?: boolean;
  readonly details: SeatDetails;
}

/** Takes or renews a holder's seat of a feature. */
export function checkOutFeature(
  { store, channel, graceMs }: SeatContext,
  feature: string,
  command: CheckOutCommand,
): Promise<CheckedOut | Refusal> {
  const wish = { channel, graceMs, ...command };
  return store.transact({ license: command.license, feature, holder: command.holder }, (view) =>
    decideFeatureCheckOut(view, feature, wish),
  );
}

/** Takes or renews a holder's seat of the license itself. */
export function checkOutLicense(
  { store, channel, graceMs }: SeatContext,
  command: CheckOutCommand,
): Promise<CheckedOut | Refusal> {
  const wish = { channel, graceMs, ...command };
  return store.transact({ license: command.license, holder: command.holder }, (view) =>
    decideLicenseCheckOut(view, wish),
  );
}
