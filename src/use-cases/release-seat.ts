import type { Hold } from "../domain/hold.ts";
import type { Channel } from "../domain/license.ts";
import { decideSeatRelease } from "../domain/release-seat.ts";
import type { Store } from "../store/store.ts";

/** Where admins release seats. */
export interface ReleaseContext {
  readonly store: Store;
  readonly channel: Channel;
}

export interface ReleaseWish {
  readonly reason?: string | null | undefined;
  /** For how long their holders may not have the seats again, in milliseconds. */
  readonly holdMs?: number | undefined;
}

/** Which seats; every name that is given must fit. */
export interface SeatFilter {
  readonly product?: string | undefined;
  readonly licenseId?: number | undefined;
  /** A code; null is the seats of licenses themselves. */
  readonly feature?: string | null | undefined;
  readonly holder?: string | undefined;
}

export interface ReleasedSeats {
  /** Ids of all seats that ended. */
  readonly released: readonly number[];
  /** Ids that no live seat has. */
  readonly missing: readonly number[];
  readonly holds: readonly Hold[];
}

/** Gives seats back for their holders, each license's in one decision. [HOLD-1] */
export async function releaseSeats(
  { store, channel }: ReleaseContext,
  ids: readonly number[],
  { reason = null, holdMs = 0 }: ReleaseWish = {},
): Promise<ReleasedSeats> {
  const wanted = new Set(ids);
  const seats = (await store.seats()).map(({ seat }) => seat).filter(({ id }) => wanted.has(id));
  const scope = { everySeat: true, everyRecord: holdMs > 0 ? (["hold"] as const) : [] };
  // Asked for in one turn, they share one commit where the store groups.
  const outcomes = await Promise.all(
    [...Map.groupBy(seats, ({ licenseId }) => licenseId)].map(([licenseId, ofLicense]) => {
      const chosen = ofLicense.map(({ id }) => id);
      return store.transact({ ...scope, license: { licenseId } }, (view) =>
        decideSeatRelease(view, chosen, { channel, reason, holdMs }),
      );
    }),
  );
  for (const { id } of seats) wanted.delete(id);
  return {
    released: outcomes.flatMap(({ released }) => released),
    missing: [...wanted, ...outcomes.flatMap(({ missing }) => missing)],
    holds: outcomes.flatMap(({ holds }) => holds),
  };
}

/** Ids of the live seats that a filter fits. */
export async function chooseSeats(store: Store, filter: SeatFilter): Promise<readonly number[]> {
  const { product, licenseId, feature, holder } = filter;
  const licenses = new Map((await store.licenses()).map((license) => [license.id, license]));
  const isChosen = (seat: { readonly licenseId: number; readonly featureId: number; readonly holder: string }) => {
    const license = licenses.get(seat.licenseId);
    const code = license?.features.find(({ id }) => id === seat.featureId)?.code ?? null;
    return (
      (product === undefined || license?.product.code === product) &&
      (feature === undefined || code === feature) &&
      (holder === undefined || seat.holder === holder)
    );
  };
  const seats = await store.seats(licenseId);
  return seats.filter(({ seat }) => isChosen(seat)).map(({ seat }) => seat.id);
}
