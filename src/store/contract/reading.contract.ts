import assert from "node:assert/strict";
import { test } from "node:test";
import { makeFeature, makeLicense } from "../../../test/support/make-license.ts";
import { addLicense, change, end, take } from "../../../test/support/store-acts.ts";
import { LICENSE_POOL } from "../../domain/seat.ts";
import type { StartStore } from "./start-store.ts";

export function describeReading(start: StartStore): void {
  test("[SEAT-3] details that a renewal gives are updated, those it leaves out stay", async (t) => {
    const { store, clock } = await start(t);
    await addLicense(store, makeLicense());
    const all = {
      hostname: "host",
      localIp: "10.0.0.7",
      info: "Ann",
      registeredAt: clock.wall(),
      sdkVersion: "1",
      appVersion: "2",
    };
    const details = async () => (await store.seats())[0]?.details;
    await take(store, { details: all });
    assert.deepEqual(await details(), all);
    await take(store);
    assert.deepEqual(await details(), all);
    await take(store, { details: { hostname: "other", info: "", registeredAt: 0 } });
    assert.deepEqual(await details(), { ...all, hostname: "other", info: "", registeredAt: 0 });
  });

  test("[SEAT-3] a seat without details gets those that a renewal gives", async (t) => {
    const { store } = await start(t);
    await addLicense(store, makeLicense());
    await take(store);
    assert.deepEqual((await store.seats())[0]?.details, {});
    await take(store, { details: { appVersion: "3" } });
    assert.deepEqual((await store.seats())[0]?.details, { appVersion: "3" });
  });

  test("[SEAT-1] details are one holder's own", async (t) => {
    const { store } = await start(t);
    await addLicense(store, makeLicense());
    await take(store, { holder: "ann", details: { info: "Ann" } });
    await take(store, { holder: "bob", details: { info: "Bob" } });
    await take(store, { holder: "ann", featureId: LICENSE_POOL, details: { info: "Ann's license" } });
    assert.deepEqual(
      (await store.seats()).map(({ details }) => details.info),
      ["Ann", "Bob", "Ann's license"],
    );
  });

  test("[STORE-1] seats are listed in the order they were taken, of one license or of all", async (t) => {
    const { store } = await start(t);
    await addLicense(store, makeLicense());
    await addLicense(store, makeLicense({ id: 2 }));
    const taken = [
      await take(store, { holder: "zoe" }),
      await take(store, { licenseId: 2, holder: "ann" }),
      await take(store, { holder: "ann" }),
    ];
    const renewed = await take(store, { holder: "zoe", ms: 9_999 });
    const seats = async (licenseId?: number) => (await store.seats(licenseId)).map(({ seat }) => seat);
    assert.deepEqual(await seats(), [renewed, taken[1], taken[2]]);
    assert.deepEqual(await seats(1), [renewed, taken[2]]);
    assert.deepEqual(await seats(2), [taken[1]]);
    assert.deepEqual(await seats(3), []);
    await end(store, renewed);
    assert.deepEqual(await seats(1), [taken[2]]);
  });

  test("[STORE-1] [TIME-1] the live seats of one holder on one license are found", async (t) => {
    const { store, clock } = await start(t);
    for (const id of [1, 2]) await addLicense(store, makeLicense({ id }));
    const own = await take(store, { holder: "ann", featureId: LICENSE_POOL, ms: 2_000 });
    const ofFeature = await take(store, { holder: "ann", ms: 1_000 });
    await take(store, { holder: "bob" });
    const other = await take(store, { licenseId: 2, holder: "ann" });
    const seatsOf = async (licenseId: number, holder: string) =>
      [...(await store.seatsOf(licenseId, holder))].sort((a, b) => a.id - b.id);
    assert.deepEqual(await seatsOf(1, "ann"), [own, ofFeature]);
    assert.deepEqual(await seatsOf(2, "ann"), [other]);
    assert.deepEqual(await seatsOf(2, "bob"), []);
    assert.deepEqual(await seatsOf(3, "ann"), []);
    clock.advance(1_000);
    assert.deepEqual(await seatsOf(1, "ann"), [own], "one that has run out is not among them");
  });

  test("[STORE-1] usage counts the live seats of each pool and shows the counters as stored", async (t) => {
    const { store, clock } = await start(t);
    assert.equal(await store.usage(1), undefined);
    await addLicense(store, makeLicense({ features: [makeFeature(), makeFeature({ id: 12, code: "export" })] }));
    await addLicense(store, makeLicense({ id: 2, features: [] }));
    const counter = { licenseId: 1, featureId: 12, total: 3, periodStartedAt: 0, overageLimit: null };
    await change(store, { change: "put_counter", counter });
    for (const holder of ["ann", "bob"]) await take(store, { holder });
    await take(store, { holder: "ann", featureId: LICENSE_POOL });
    clock.advance(1);
    assert.deepEqual(await store.usage(1), {
      now: clock.wall(),
      inUse: new Map([
        [LICENSE_POOL, 1],
        [11, 2],
        [12, 0],
      ]),
      counters: new Map([[12, counter]]),
    });
    assert.deepEqual(await store.usage(2), {
      now: clock.wall(),
      inUse: new Map([[LICENSE_POOL, 0]]),
      counters: new Map(),
    });
  });

  test("[STORE-1] a fact is made once and stays the same", async (t) => {
    const { store } = await start(t);
    let made = 0;
    const make = () => {
      made += 1;
      return `made ${made}`;
    };
    const [first, second] = await Promise.all([store.fact("a", make), store.fact("a", make)]);
    // Which of two that come at once is kept is not promised.
    assert.match(first, /^made [12]$/);
    assert.deepEqual([second, await store.fact("a", make)], [first, first]);
    assert.equal(await store.fact("b", () => "other"), "other");
    assert.equal(await store.fact("a", () => "later"), first);
  });

  test("[STORE-1] a fact that cannot be made is not kept", async (t) => {
    const { store } = await start(t);
    const failing = async () =>
      store.fact("a", () => {
        throw new Error("oops");
      });
    await assert.rejects(failing);
    assert.equal(await store.fact("a", () => "made"), "made");
  });
}
