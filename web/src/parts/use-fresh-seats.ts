import type { SeatObject } from "../../../schemas/management.d.ts";
import { useAll } from "../api/queries.ts";

/** Of more the ids are too long for an address. */
const MOST = 200;
const EVERY_MS = 2_000;

/** Seats as they are now, without those that have ended: what a list showed may be from before the last renewal. */
export function useFreshSeats(seats: readonly SeatObject[]): readonly SeatObject[] {
  const isFew = seats.length <= MOST;
  const query = { "id.in": seats.map(({ id }) => id).join(",") };
  const fresh = useAll("seat list", { query }, { enabled: isFew, everyMs: EVERY_MS });
  return isFew && !fresh.isPlaceholderData ? (fresh.data ?? seats) : seats;
}
