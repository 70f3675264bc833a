import type { KeyObject } from "node:crypto";
import type { SeatContext } from "../../use-cases/seat-context.ts";
import type { RequestContext } from "../../use-cases/write-request.ts";

/** What the routes of the Floating Server work with. */
export interface FloatingServerContext extends SeatContext, RequestContext {
  readonly trustedKeys: readonly KeyObject[];
  readonly version: string;
  /** Whether callers must log in. */
  readonly isAuthRequired: boolean;
}
