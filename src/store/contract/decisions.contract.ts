import assert from "node:assert/strict";
import { test } from "node:test";
import { makeLicense } from "../../../test/support/make-license.ts";
import { addLicense, look, take } from "../../../test/support/store-acts.ts";
import { seatOf } from "../../domain/seat.ts";
import type { StartStore } from "./start-store.ts";

const ANN = { license: { licenseId: 1 }, feature: "render", holder: "ann", everySeat: true } as const;

export function describeDecisions(start: StartStore): void {
  test("[STORE-1] what one decision changed, all of it, is what the next one sees", async (t) => {
    const { store, clock } = await start(t);
    await addLicense(store, makeLicense());
    const seat = seatOf({
      licenseId: 1,
      featureId: 11,
      holder: "ann",
      id: 1,
      takenAt: clock.wall() - 5,
      heardAt: clock.wall(),
      beatEndsAt: clock.wall() + 100,
      borrowedUntil: clock.wall() + 200,
      neededUntil: clock.wall() + 50,
    });
    const counter = { licenseId: 1, featureId: 11, total: 7, periodStartedAt: 5, overageLimit: 3 };
    const outcome = await store.transact({ license: { licenseId: 1 } }, () => ({
      outcome: "done",
      changes: [
        { change: "put_seat", seat },
        { change: "put_counter", counter },
        { change: "keep_reply", licenseId: 1, key: "k", reply: { answer: [1, null, "é"] }, until: clock.wall() + 1 },
      ],
      events: [{ kind: "seat_granted", licenseId: 1, featureId: 11, holder: "ann" }],
    }));
    assert.equal(outcome, "done");
    const view = await look(store, { ...ANN, replyKey: "k" });
    assert.deepEqual(view.mine, [seat]);
    assert.deepEqual(view.counters.get(11), counter);
    assert.deepEqual(view.keptReply, { answer: [1, null, "é"] });
    assert.equal((await store.events(0, 10)).at(-1)?.kind, "seat_granted");
  });

  test("[STORE-1] a decision's changes apply in their order", async (t) => {
    const { store } = await start(t);
    await addLicense(store, makeLicense());
    const seat = await take(store);
    await store.transact({ license: { licenseId: 1 } }, () => ({
      outcome: undefined,
      changes: [
        { change: "put_seat", seat: { ...seat, heardAt: seat.heardAt + 1 } },
        { change: "end_seat", seat },
      ],
      events: [],
    }));
    assert.deepEqual((await look(store, ANN)).mine, []);
  });

  test("[STORE-2] requests of one turn are decided one after another, in the order they came", async (t) => {
    const { store } = await start(t);
    await addLicense(store, makeLicense());
    const takeOneOfTwo = (holder: string) =>
      store.transact({ ...ANN, holder }, ({ featurePool, now, nextSeatId }) => {
        if (featurePool.inUse >= 2) return { outcome: "full", changes: [], events: [] };
        const times = { takenAt: now, heardAt: now, beatEndsAt: now + 9, borrowedUntil: null, neededUntil: 0 };
        const seat = seatOf({ licenseId: 1, featureId: 11, holder, id: nextSeatId, ...times });
        return { outcome: `seat ${seat.id}`, changes: [{ change: "put_seat", seat }], events: [] };
      });
    const outcomes = await Promise.all(["ann", "bob", "cy", "dan"].map(takeOneOfTwo));
    assert.deepEqual(outcomes, ["seat 1", "seat 2", "full", "full"]);
    assert.equal((await look(store, ANN)).featurePool.inUse, 2);
  });

  test("[STORE-2] a decision that throws is answered with its error and leaves its neighbours alone", async (t) => {
    const { store } = await start(t);
    await addLicense(store, makeLicense());
    const oops = new Error("oops");
    const failing = () =>
      store.transact(ANN, () => {
        throw oops;
      });
    const results = await Promise.allSettled([
      take(store, { holder: "ann" }),
      failing(),
      take(store, { holder: "bob" }),
      failing(),
    ]);
    assert.deepEqual(
      results.map((result) => (result.status === "rejected" ? result.reason : result.status)),
      ["fulfilled", oops, "fulfilled", oops],
    );
    const held = await store.seats();
    assert.deepEqual(
      held.map(({ seat }) => [seat.id, seat.holder]),
      [
        [1, "ann"],
        [2, "bob"],
      ],
    );
    assert.equal((await store.events(0, 10)).length, 2);
  });

  test("[STORE-2] after a decision that threw the store goes on", async (t) => {
    const { store } = await start(t);
    await addLicense(store, makeLicense());
    const throwing = store.transact(ANN, () => {
      throw new Error("oops");
    });
    await assert.rejects(throwing, { message: "oops" });
    assert.equal((await take(store)).id, 1);
    assert.deepEqual(await store.verifyEvents(), { events: 1, brokenAt: null });
  });
}
