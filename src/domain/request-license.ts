import type { OfflineRequest } from "./credential.ts";
import type { Change, Decision, View } from "./decision.ts";
import type { SeatEvent } from "./event.ts";
import type { Instant } from "./instant.ts";
import { LICENSE_POOL } from "./seat.ts";

/** How many activation requests may wait for their file; beyond that the oldest is forgotten. [FILE-8] */
export const MAX_OPEN_REQUESTS = 1_000;

/** A request that a floating server writes; its id and time are the decision's. */
export type NewRequest = Pick<OfflineRequest, "requestId" | "product" | "hardwareId">;

/** Keeps a floating server's activation request, so that its file is taken. The view shows every request. */
export function decideRequest(view: View, request: NewRequest): Decision<{ readonly at: Instant }> {
  const open = view.records.every("offline_request").filter(isOpen);
  const surplus = open.slice(0, Math.max(0, open.length + 1 - MAX_OPEN_REQUESTS));
  const record: OfflineRequest = {
    ...request,
    id: view.nextIds.offline_request,
    kind: "activation",
    licenseId: null,
    at: view.now,
    isClosed: false,
  };
  const forgotten = surplus.map(({ id }): Change => ({ change: "remove_record", kind: "offline_request", id }));
  return {
    outcome: { at: view.now },
    changes: [...forgotten, { change: "put_record", kind: "offline_request", record }],
    events: [requestEvent(record)],
  };
}

/** An activation request that no file was imported for. */
export function isOpen({ kind, isClosed }: OfflineRequest): boolean {
  return kind === "activation" && !isClosed;
}

/** Tells of a request, without the file itself, which holds a license key. */
export function requestEvent({ file: _, ...request }: OfflineRequest): SeatEvent {
  return {
    kind: "record_created",
    licenseId: request.licenseId ?? 0,
    featureId: LICENSE_POOL,
    data: { record: "offline_request", id: request.id, after: { ...request } },
  };
}
