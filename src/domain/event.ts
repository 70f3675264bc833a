import type { JsonObject } from "./json.ts";
import { isOnDemand, type Seat } from "./seat.ts";

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
  | "license_updated"
  | "license_removed"
  | "license_issued"
  | "license_changed"
  | "license_enabled"
  | "license_disabled"
  | "license_reset"
  | "license_deleted"
  | "device_activated"
  | "device_deactivated"
  | "device_blacklisted"
  | "device_admitted"
  | "device_variables_set"
  | "record_created"
  | "record_changed"
  | "record_deleted";

/** What happened, for audit and usage: written in the commit of the change itself. [STORE-3] */
export interface SeatEvent {
  readonly kind: EventKind;
  /** 0 where it is about no license. */
  readonly licenseId: number;
  /** A feature's id, or `LICENSE_POOL` for the license itself. */
  readonly featureId: number;
  readonly holder?: string;
  readonly data?: JsonObject;
}

/** An event about one seat. An on-demand license seat has none: it begins and ends with feature seats. [STORE-3] */
export function seatEvents(kind: EventKind, seat: Seat, data?: JsonObject): readonly SeatEvent[] {
  if (isOnDemand(seat)) return [];
  const { licenseId, featureId, holder } = seat;
  return [data === undefined ? { kind, licenseId, featureId, holder } : { kind, licenseId, featureId, holder, data }];
}

export function expiryEvents(seat: Seat): readonly SeatEvent[] {
  return seatEvents("seat_expired", seat, { endedAt: seat.endsAt });
}
