import type { JsonObject } from "./json.ts";

export type EventKind =
  | "seat_granted"
  | "seat_renewed"
  | "seat_released"
  | "seat_expired"
  | "seat_denied"
  | "seats_extended"
  | "consumption_added"
  | "consumption_denied"
  | "license_imported"
  | "license_updated";

/** What happened, for audit and usage: written in the commit of the change itself. [STORE-3] */
export interface SeatEvent {
  readonly kind: EventKind;
  readonly licenseId: number;
  /** A feature's id, or `LICENSE_POOL` for the license itself. */
  readonly featureId: number;
  readonly holder?: string;
  readonly data?: JsonObject;
}
