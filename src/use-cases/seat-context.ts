import type { LicenseRef } from "../domain/decision.ts";
import type { Channel } from "../domain/license.ts";
import type { Store } from "../store/store.ts";

/** What the use cases of seats share. */
export interface SeatContext {
  readonly store: Store;
  /** Which of a license's seats this side hands out. */
  readonly channel: Channel;
  /** Added to every timeout, in milliseconds. */
  readonly graceMs: number;
}

/** Who asks about which license. */
export interface Caller {
  readonly license: LicenseRef;
  /** The hardware id of the device, at the vendor. */
  readonly device?: string | undefined;
}

/** Who asks for, or holds, a seat: a user on a floating server, a device at the vendor. */
export interface HoldingCaller extends Caller {
  readonly holder: string;
}
