import type { KeyObject } from "node:crypto";
import type { SeatContext } from "../../use-cases/seat-context.ts";

/** What the routes of the Floating Server work with. */
export interface FloatingServerContext extends SeatContext {
  readonly trustedKeys: readonly KeyObject[];
  readonly hardwareId: string;
  readonly version: string;
  /** Whether callers must log in. */
  readonly isAuthRequired: boolean;
}
