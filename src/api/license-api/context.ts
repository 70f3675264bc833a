import type { Clock } from "../../store/decision-time.ts";
import type { SeatContext } from "../../use-cases/seat-context.ts";
import type { VendorKeys } from "../../use-cases/vendor/keys/vendor-keys.ts";
import type { VendorContext } from "../../use-cases/vendor/vendor-context.ts";

/** What the routes of the License API work with. */
export interface LicenseApiContext extends SeatContext, VendorContext {
  readonly keys: VendorKeys;
  /** Against which the Date header is held. */
  readonly clock: Clock;
  readonly version: string;
  /** Address that clients reach this API under, ending in `/api/v4`; undefined: what they call it in the request. */
  readonly publicUrl: string | undefined;
}
