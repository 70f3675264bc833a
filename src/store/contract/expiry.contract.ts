import assert from "node:assert/strict";
import { test } from "node:test";
import { makeFeature, makeLicense } from "../../../test/support/make-license.ts";
import { addLicense, change, end, look, take } from "../../../test/support/store-acts.ts";
import { LICENSE_POOL, seatOf } from "../../domain/seat.ts";
import type { EventRecord } from "../store.ts";
import type { StartStore } from "./start-store.ts";

const ANN = { license: { licenseId: 1 }, feature: "render", holder: "ann", everySeat: true } as const;
const expired = (events: readonly EventRecord[]) => events.filter(({ kind }) => kind === "seat_expired");

export function describeExpiry(start: StartStore): void {
  test("[TIME-1] a seat is there until the millisecond before its end, and nowhere from then on", async (t) => {
    const { store, clock } = await start(t);
    await addLicense(store, makeLicense());
    await take(store, { ms: 100 });
    await take(store, { ms: 100, featureId: LICENSE_POOL });
    const counts = async () => {
      const usage = await store.usage(1);
      const records = await store.seats();
      const { licensePool, featurePool, mine, seats } = await look(store, ANN);
      const inUse = [usage?.inUse.get(11), usage?.inUse.get(LICENSE_POOL)];
      return [...inUse, records.length, licensePool.inUse, featurePool.inUse, mine.length, seats.length];
    };
    clock.advance(99);
    assert.deepEqual(await counts(), [1, 1, 2, 1, 1, 2, 2]);
    clock.advance(1);
    assert.deepEqual(await counts(), [0, 0, 0, 0, 0, 0, 0]);
  });

  test("[TIME-1] run-out seats of pools that nobody looked at are not shown either", async (t) => {
    const { store, clock } = await start(t);
    await addLicense(store, makeLicense({ features: [makeFeature(), makeFeature({ id: 12, code: "export" })] }));
    await take(store, { featureId: 12, ms: 100 });
    await take(store, { featureId: 11, ms: 200 });
    clock.advance(100);
    const { mine, seats } = await look(store, ANN);
    assert.deepEqual([mine.map((seat) => seat.featureId), seats.map((seat) => seat.featureId)], [[11], [11]]);
    const usage = await store.usage(1);
    assert.deepEqual(
      usage?.inUse,
      new Map([
        [LICENSE_POOL, 0],
        [11, 1],
        [12, 0],
      ]),
    );
  });

  test("[STORE-3] a seat that ran out leaves one event, with its holder and when it ended", async (t) => {
    const { store, clock } = await start(t);
    await addLicense(store, makeLicense());
    const seat = await take(store, { ms: 100 });
    clock.advance(150);
    await look(store, ANN);
    await look(store, ANN);
    const events = expired(await store.events(0, 100));
    assert.deepEqual(
      events.map((event) => ({ ...event, id: 0, hash: "" })),
      [
        {
          id: 0,
          at: clock.wall(),
          kind: "seat_expired",
          licenseId: 1,
          featureId: 11,
          holder: "ann",
          data: JSON.stringify({ endedAt: seat.endsAt }),
          hash: "",
        },
      ],
    );
  });

  test("[TIME-1] a holder whose seat ran out takes a new one, with no details left of the old", async (t) => {
    const { store, clock } = await start(t);
    await addLicense(store, makeLicense());
    const first = await take(store, { ms: 100, details: { hostname: "old" } });
    clock.advance(100);
    await look(store, ANN);
    const second = await take(store, { ms: 100, details: { info: "new" } });
    assert.notEqual(second.id, first.id);
    assert.deepEqual(await store.seats(), [{ seat: second, details: { info: "new" } }]);
  });

  test("[STORE-3] an on-demand license seat runs out without an event, and one that was asked for with one", async (t) => {
    const { store, clock } = await start(t);
    await addLicense(store, makeLicense());
    const asked = await take(store, { holder: "ann", featureId: LICENSE_POOL, ms: 100 });
    const onDemand = seatOf({ ...asked, id: asked.id + 1, holder: "bob", beatEndsAt: 0, neededUntil: asked.endsAt });
    await change(store, { change: "put_seat", seat: onDemand });
    assert.equal((await look(store, ANN)).licensePool.inUse, 2);
    clock.advance(100);
    await store.sweep();
    assert.equal((await look(store, ANN)).licensePool.inUse, 0);
    const events = expired(await store.events(0, 100));
    assert.deepEqual(
      events.map(({ holder }) => holder),
      ["ann"],
    );
  });

  test("[STORE-3] sweeping ends what has run out in every pool, once, and nothing else", async (t) => {
    const { store, clock } = await start(t);
    await addLicense(store, makeLicense());
    await addLicense(store, makeLicense({ id: 2 }));
    await take(store, { featureId: 11, ms: 100 });
    await take(store, { featureId: LICENSE_POOL, ms: 100 });
    await take(store, { licenseId: 2, featureId: 11, ms: 100 });
    const kept = await take(store, { holder: "bob", ms: 101 });
    clock.advance(100);
    await store.sweep();
    await store.sweep();
    const swept = expired(await store.events(0, 100));
    assert.deepEqual(swept.map(({ licenseId, featureId }) => [licenseId, featureId]).sort(), [
      [1, LICENSE_POOL],
      [1, 11],
      [2, 11],
    ]);
    assert.deepEqual(await store.seats(), [{ seat: kept, details: {} }]);
  });

  test("[CONS-6] a kept reply is given until its end, and swept after it", async (t) => {
    const { store, clock } = await start(t);
    await addLicense(store, makeLicense());
    const until = clock.wall() + 100;
    await change(store, { change: "keep_reply", licenseId: 1, key: "k", reply: { n: 1 }, until });
    const kept = async () => (await look(store, { ...ANN, replyKey: "k" })).keptReply;
    clock.advance(99);
    await store.sweep();
    assert.deepEqual(await kept(), { n: 1 });
    clock.advance(1);
    assert.equal(await kept(), undefined);
    await store.sweep();
    await change(store, { change: "keep_reply", licenseId: 1, key: "k", reply: "again", until: until + 1 });
    assert.equal(await kept(), "again");
    await change(store, { change: "keep_reply", licenseId: 1, key: "k", reply: [], until: until + 1 });
    assert.deepEqual(await kept(), []);
  });

  test("[CONS-6] a kept reply belongs to its license and its key", async (t) => {
    const { store, clock } = await start(t);
    await addLicense(store, makeLicense());
    await addLicense(store, makeLicense({ id: 2 }));
    const until = clock.wall() + 100;
    for (const licenseId of [1, 2]) {
      await change(store, { change: "keep_reply", licenseId, key: "k", reply: `of ${licenseId}`, until });
    }
    const kept = async (licenseId: number, replyKey?: string) =>
      (await look(store, { license: { licenseId }, replyKey })).keptReply;
    assert.deepEqual([await kept(1, "k"), await kept(2, "k"), await kept(3, "k")], ["of 1", "of 2", undefined]);
    assert.deepEqual([await kept(1, "K"), await kept(1, "k "), await kept(1)], [undefined, undefined, undefined]);
  });

  test("[STORE-8] a seat's id is never given again, though the seat has ended", async (t) => {
    const { store, clock } = await start(t);
    await addLicense(store, makeLicense());
    assert.equal((await look(store, ANN)).nextSeatId, 1);
    const seat = await take(store, { ms: 100 });
    assert.equal(seat.id, 1);
    await end(store, seat);
    assert.equal((await look(store, ANN)).nextSeatId, 2);
    assert.equal((await take(store, { ms: 100 })).id, 2);
    assert.equal((await take(store, { ms: 100 })).id, 2, "renewed");
    clock.advance(100);
    await store.sweep();
    assert.equal((await take(store)).id, 3);
  });
}
