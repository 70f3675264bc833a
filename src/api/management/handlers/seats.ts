import { refuse } from "../../../domain/outcome.ts";
import * as operations from "../../../management/operations/seats.ts";
import type { Store } from "../../../store/store.ts";
import { chooseSeats, type ReleasedSeats, type ReleaseWish, releaseSeats } from "../../../use-cases/release-seat.ts";
import { removeHold } from "../../../use-cases/remove-hold.ts";
import { type Bound, bind, bindList } from "../bind.ts";
import { channelOf, type ManagementContext } from "../context.ts";
import { FeatureCodes } from "../feature-codes.ts";
import { findPools, holdList, holdToWire, poolList, seatList, seatToWire } from "../seat-objects.ts";

interface ReleaseBody {
  readonly reason?: string;
  readonly hold_seconds?: number;
}

/** Pools, seats, and holds on them. */
export function seatHandlers(context: ManagementContext): readonly Bound[] {
  const { store, clock } = context;
  const channel = channelOf(context);
  const release = (asked: Store, ids: readonly number[], body: ReleaseBody): Promise<ReleasedSeats> =>
    releaseSeats({ store: asked, channel }, ids, wishOf(body));
  return [
    bindList(operations.listPools, async () => poolList(await findPools(store, channel), channel)),
    bindList(operations.listSeats, async () => seatList(await store.seats(), await FeatureCodes.of(store))),
    bind(operations.showSeat, async ({ params }) => {
      const found = (await store.seats()).find(({ seat }) => seat.id === params.seat);
      return found === undefined ? refuse("seat_not_found") : seatToWire(found, await FeatureCodes.of(store));
    }),
    bind(operations.releaseSeat, async ({ params, body, store: asked }) => {
      const done = await release(asked, [params.seat], body);
      return done.missing.length > 0 ? refuse("seat_not_found") : releaseToWire(done, await FeatureCodes.of(store));
    }),
    bind(operations.bulkReleaseSeats, async ({ body, store: asked }) => {
      const { ids, filter } = body;
      if ((ids === undefined) === (filter === undefined)) {
        return refuse("validation_error", "either ids or filter must be given");
      }
      const { license: licenseId, ...names } = filter ?? {};
      const chosen = ids ?? (await chooseSeats(store, { ...names, licenseId }));
      return releaseToWire(await release(asked, chosen, body), await FeatureCodes.of(store));
    }),
    bindList(operations.listHolds, async () => {
      const now = clock.wall();
      const holds = (await store.records("hold")).filter(({ until }) => until > now);
      return holdList(holds, await FeatureCodes.of(store));
    }),
    bind(operations.deleteHold, ({ params, store: asked }) => removeHold(asked, params.hold)),
  ];
}

function wishOf({ reason, hold_seconds: seconds = 0 }: ReleaseBody): ReleaseWish {
  return { reason: reason === "" ? null : reason, holdMs: Math.round(seconds * 1_000) };
}

function releaseToWire({ released, missing, holds }: ReleasedSeats, codes: FeatureCodes) {
  return {
    released,
    failed: missing.map((id) => ({ id, code: "seat_not_found" })),
    holds: holds.map((hold) => holdToWire(hold, codes)),
  };
}
