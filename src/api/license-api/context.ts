import type { Clock } from "../../store/decision-time.ts";
import type { SeatContext } from "../../use-cases/seat-context.ts";
import type { OfflineContext } from "../../use-cases/vendor/offline/offline-context.ts";

/** An identity provider's addresses, with `<account>` for the customer's account code. */
export interface SingleSignOn {
  /** Where people log in. */
  readonly loginUrl: string;
  /** OpenID issuer, without a final slash. */
  readonly issuer: string;
}

/** What the routes of the License API work with. */
export interface LicenseApiContext extends SeatContext, OfflineContext {
  /** Against which the Date header is held. */
  readonly clock: Clock;
  readonly version: string;
  /** Address that clients reach this API under, ending in `/api/v4`; undefined: what they call it in the request. */
  readonly publicUrl: string | undefined;
  /** The vendor's identity provider; undefined where there is none. */
  readonly sso: SingleSignOn | undefined;
}
