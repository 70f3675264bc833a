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

/** Which license a request is about: a product's, of that id or else the one added last. */
export interface LicenseChoice {
  readonly product: string;
  readonly licenseId?: number | undefined;
}
