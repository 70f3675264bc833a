import assert from "node:assert/strict";
import { test } from "node:test";
import { makeDevice, makeLicense, makeProduct } from "../../../test/support/make-license.ts";
import { makeRecord, putRecord } from "../../../test/support/make-record.ts";
import { addLicense, change, look, take } from "../../../test/support/store-acts.ts";
import type { Change } from "../../domain/decision.ts";
import { LICENSE_POOL } from "../../domain/seat.ts";
import type { Store } from "../store.ts";
import type { StartStore } from "./start-store.ts";

const REMOVE: Change = { change: "remove_license", licenseId: 1 };

/** A license with everything that can belong to one. */
async function addFull(store: Store, id: number, until: number): Promise<void> {
  await addLicense(store, makeLicense({ id, product: makeProduct(`product ${id}`) }));
  for (const holder of ["hw", "other"]) {
    await take(store, { licenseId: id, holder, featureId: 11 });
    await take(store, { licenseId: id, holder, featureId: LICENSE_POOL, ms: 5 });
  }
  const counter = { licenseId: id, featureId: 11, total: 7, periodStartedAt: 0, overageLimit: null };
  await change(
    store,
    { change: "put_device", device: makeDevice({ id, licenseId: id, hardwareId: "hw" }) },
    { change: "put_counter", counter },
    { change: "put_counter", counter: { ...counter, featureId: LICENSE_POOL } },
    { change: "keep_reply", licenseId: id, key: "k", reply: `of ${id}`, until },
  );
}

async function everythingOf(store: Store, licenseId: number) {
  const scope = { license: { licenseId }, feature: "render", holder: "hw", device: "hw", replyKey: "k" };
  const {
    now: _,
    nextIds: __,
    nextSeatId: ___,
    ...view
  } = await look(store, {
    ...scope,
    everySeat: true,
    everyDevice: true,
  });
  const [usage, seats] = [await store.usage(licenseId), await store.seats(licenseId)];
  const [devices, found] = [await store.devices({ licenseId }), await store.findLicenses({ licenseId })];
  return structuredClone({
    view: { ...view, records: undefined },
    inUse: usage?.inUse,
    counted: usage?.counters,
    seats,
    devices,
    found,
  });
}

export function describeRemoval(start: StartStore): void {
  test("[LIC-9] a removed license leaves nothing behind, and others keep what they have", async (t) => {
    const { store, clock } = await start(t);
    for (const id of [1, 2]) await addFull(store, id, clock.wall() + 1_000);
    const none = await everythingOf(store, 3);
    const ofOther = await everythingOf(store, 2);
    assert.deepEqual([ofOther.view.seats.length, ofOther.devices.length, ofOther.view.keptReply], [4, 1, "of 2"]);
    await change(store, REMOVE);
    assert.deepEqual(await everythingOf(store, 1), none);
    assert.deepEqual(await everythingOf(store, 2), ofOther);
    assert.deepEqual(
      (await store.licenses()).map(({ id }) => id),
      [2],
    );
    assert.deepEqual(
      (await store.devices({ hardwareId: "hw" })).map(({ licenseId }) => licenseId),
      [2],
    );
  });

  test("[LIC-9] what was removed does not come back with a license of the same id", async (t) => {
    const { store, clock } = await start(t);
    await addFull(store, 1, clock.wall() + 1_000);
    await change(store, REMOVE);
    await addLicense(store, makeLicense());
    const { view, devices, seats } = await everythingOf(store, 1);
    assert.deepEqual([view.counters, view.keptReply, view.device], [new Map(), undefined, undefined]);
    assert.deepEqual([devices, seats, view.featurePool.inUse], [[], [], 0]);
    // In one decision it is so too.
    await addFull(store, 1, clock.wall() + 1_000);
    await change(store, REMOVE, { change: "put_license", license: makeLicense() });
    const again = await everythingOf(store, 1);
    assert.deepEqual(
      [again.view.counters, again.view.keptReply, again.devices, again.seats],
      [new Map(), undefined, [], []],
    );
  });

  test("[LIC-9] a license that comes again is the one added last", async (t) => {
    const { store } = await start(t);
    for (const id of [1, 2]) await addLicense(store, makeLicense({ id }));
    await change(store, REMOVE);
    await addLicense(store, makeLicense());
    assert.equal((await look(store, { license: { product: "cad" } })).license?.id, 1);
    assert.deepEqual(
      (await store.licenses()).map(({ id }) => id),
      [2, 1],
    );
  });

  test("[LIC-9] in the turn of a removal, a name means the license that is left", async (t) => {
    const { store } = await start(t);
    for (const id of [1, 2]) await addLicense(store, makeLicense({ id }));
    await take(store, { licenseId: 1, holder: "ann" });
    const scope = { license: { product: "cad" }, feature: "render", holder: "ann" };
    const remove = store.transact({ license: { licenseId: 2 } }, () => ({
      outcome: undefined,
      changes: [{ change: "remove_license", licenseId: 2 }],
      events: [],
    }));
    const [, view] = await Promise.all([remove, look(store, scope)]);
    assert.deepEqual([view.license?.id, view.featurePool.inUse, view.mine.length], [1, 1, 1]);
  });

  test("[LIC-1] the last license of a product makes it unknown when it goes, unless the product is recorded", async (t) => {
    const { store } = await start(t);
    const license = { product: "cad" };
    await addLicense(store, makeLicense());
    await addLicense(store, makeLicense({ id: 2 }));
    const isKnown = async () => (await look(store, { license })).productKnown;
    await change(store, REMOVE);
    assert.equal(await isKnown(), true);
    await change(store, { change: "remove_license", licenseId: 2 });
    assert.equal(await isKnown(), false);
    await change(store, putRecord("product", makeRecord("product", 1, "cad")));
    const view = await look(store, { license });
    assert.deepEqual([view.productKnown, view.license], [true, undefined]);
  });

  test("[LIC-9] removing what is not there changes nothing", async (t) => {
    const { store, clock } = await start(t);
    await addFull(store, 2, clock.wall() + 1_000);
    const before = await everythingOf(store, 2);
    await change(store, REMOVE, { change: "remove_counter", licenseId: 1, featureId: 11 });
    await change(store, { change: "remove_record", kind: "product", id: 5 });
    assert.deepEqual(await everythingOf(store, 2), before);
  });

  test("[LIC-8] a removed counter is gone alone, and may start again", async (t) => {
    const { store, clock } = await start(t);
    for (const id of [1, 2]) await addFull(store, id, clock.wall() + 1_000);
    await change(store, { change: "remove_counter", licenseId: 1, featureId: 11 });
    const counted = async (licenseId: number) => [...((await store.usage(licenseId))?.counters.keys() ?? [])].sort();
    assert.deepEqual([await counted(1), await counted(2)], [[LICENSE_POOL], [LICENSE_POOL, 11]]);
    assert.deepEqual([...(await look(store, { license: { licenseId: 1 } })).counters.keys()], [LICENSE_POOL]);
    const counter = { licenseId: 1, featureId: 11, total: 1, periodStartedAt: 0, overageLimit: null };
    await change(store, { change: "put_counter", counter });
    assert.deepEqual((await store.usage(1))?.counters.get(11), counter);
  });

  test("[STORE-8] seats of a removed license give their ids to no others", async (t) => {
    const { store, clock } = await start(t);
    await addFull(store, 1, clock.wall() + 1_000);
    await change(store, REMOVE);
    await addLicense(store, makeLicense());
    assert.equal((await take(store)).id, 5);
  });

  test("[STORE-2] a decision that throws leaves licenses, devices and records of its turn alone", async (t) => {
    const { store } = await start(t);
    const failing = () =>
      store.transact({ license: { licenseId: 1 }, everySeat: true, everyDevice: true }, () => {
        throw new Error("oops");
      });
    const results = await Promise.allSettled([
      addLicense(store, makeLicense()),
      failing(),
      change(store, { change: "put_device", device: makeDevice() }),
      failing(),
      change(store, putRecord("product", makeRecord("product", 1, "cad"))),
      failing(),
    ]);
    assert.deepEqual(
      results.map((result) => (result.status === "rejected" ? result.reason.message : result.status)),
      ["fulfilled", "oops", "fulfilled", "oops", "fulfilled", "oops"],
    );
    assert.deepEqual(await store.licenses(), [makeLicense()]);
    assert.deepEqual(await store.devices({ licenseId: 1 }), [makeDevice()]);
    assert.deepEqual(await store.records("product"), [makeRecord("product", 1, "cad")]);
  });
}
