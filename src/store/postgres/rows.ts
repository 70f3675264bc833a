import type { Counter } from "../../domain/counter.ts";
import type { EventKind } from "../../domain/event.ts";
import { type Seat, type SeatDetails, seatOf } from "../../domain/seat.ts";
import type { SpanLength, UsageSpan } from "../../domain/usage-span.ts";
import type { EventRecord } from "../store.ts";
import type { Chain } from "./seen.ts";

/** A row as `pg` gives it, or as it stands in JSON. */
export type Row = Readonly<Record<string, unknown>>;

export const SEAT_COLUMNS = `license_id, holder, feature_id, id, taken_at, heard_at, beat_ends_at, borrowed_until, needed_until,
  ends_at, hostname, local_ip, info, registered_at, sdk_version, app_version`;

export function seatFromRow(row: Row): Seat {
  return seatOf({
    licenseId: row["license_id"] as number,
    featureId: row["feature_id"] as number,
    id: row["id"] as number,
    holder: row["holder"] as string,
    takenAt: row["taken_at"] as number,
    heardAt: row["heard_at"] as number,
    beatEndsAt: row["beat_ends_at"] as number,
    borrowedUntil: row["borrowed_until"] as number | null,
    neededUntil: row["needed_until"] as number,
  });
}

export function detailsFromRow(row: Row): SeatDetails {
  const given = {
    hostname: row["hostname"],
    localIp: row["local_ip"],
    info: row["info"],
    registeredAt: row["registered_at"],
    sdkVersion: row["sdk_version"],
    appVersion: row["app_version"],
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null)) as SeatDetails;
}

export function seatToRow(seat: Seat, details: SeatDetails | undefined): Row {
  return {
    license_id: seat.licenseId,
    holder: seat.holder,
    feature_id: seat.featureId,
    id: seat.id,
    taken_at: seat.takenAt,
    heard_at: seat.heardAt,
    beat_ends_at: seat.beatEndsAt,
    borrowed_until: seat.borrowedUntil,
    needed_until: seat.neededUntil,
    ends_at: seat.endsAt,
    hostname: details?.hostname,
    local_ip: details?.localIp,
    info: details?.info,
    registered_at: details?.registeredAt,
    sdk_version: details?.sdkVersion,
    app_version: details?.appVersion,
  };
}

export function counterFromRow(row: Row): Counter {
  return {
    licenseId: row["license_id"] as number,
    featureId: row["feature_id"] as number,
    total: row["total"] as number,
    periodStartedAt: row["period_started_at"] as number,
    overageLimit: row["overage_limit"] as number | null,
  };
}

export function counterToRow({ licenseId, featureId, total, periodStartedAt, overageLimit }: Counter): Row {
  return {
    license_id: licenseId,
    feature_id: featureId,
    total,
    period_started_at: periodStartedAt,
    overage_limit: overageLimit,
  };
}

export function chainFromRow(row: Row): Chain {
  return {
    hash: row["hash"] as string,
    events: row["events"] as number,
    lastEventId: row["last_event_id"] as number,
    lastAt: row["last_at"] as number,
    pools: row["pools"] as string,
    writtenBy: row["written_by"] as string | null,
  };
}

export function eventFromRow(row: Row): EventRecord {
  return {
    id: row["id"] as number,
    at: row["at"] as number,
    kind: row["kind"] as EventKind,
    licenseId: row["license_id"] as number,
    featureId: row["feature_id"] as number,
    holder: row["holder"] as string | null,
    data: row["data"] as string | null,
    hash: row["hash"] as string,
  };
}

export function eventToRow({ id, at, kind, licenseId, featureId, holder, data, hash }: EventRecord): Row {
  return { id, at, kind, license_id: licenseId, feature_id: featureId, holder, data, hash };
}

export function usageSpanFromRow(row: Row): UsageSpan {
  return {
    licenseId: row["license_id"] as number,
    featureId: row["feature_id"] as number,
    length: row["length"] as SpanLength,
    start: row["start"] as number,
    opening: row["opening"] as number,
    closing: row["closing"] as number,
    max: row["max"] as number,
    seatMs: row["seat_ms"] as number,
    denials: row["denials"] as number,
    levels: row["levels"] as UsageSpan["levels"],
  };
}

export function usageSpanToRow({ licenseId, featureId, seatMs, ...span }: UsageSpan): Row {
  return { ...span, license_id: licenseId, feature_id: featureId, seat_ms: seatMs };
}
