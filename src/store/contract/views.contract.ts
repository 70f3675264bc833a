import assert from "node:assert/strict";
import { test } from "node:test";
import {
  makeConsumption,
  makeFeature,
  makeFile,
  makeLicense,
  makeProduct,
} from "../../../test/support/make-license.ts";
import { addLicense, change, end, look, take } from "../../../test/support/store-acts.ts";
import { LICENSE_POOL } from "../../domain/seat.ts";
import type { StartStore } from "./start-store.ts";

const ONE = { licenseId: 1 };
const EMPTY = { inUse: 0, firstEndsAt: undefined };

export function describeViews(start: StartStore): void {
  test("[LIC-1] a view tells an unknown product from a license that was not found, and has nothing else then", async (t) => {
    const { store } = await start(t);
    await addLicense(store, makeLicense());
    await take(store);
    const nothing = { license: undefined, licensePool: EMPTY, featurePool: EMPTY, mine: [], seats: [] };
    const rest = { feature: "render", holder: "ann", everySeat: true };
    for (const [license, productKnown] of [
      [{ product: "unknown" }, false],
      [{ product: "unknown", licenseId: 1 }, false],
      [{ product: "cad", licenseId: 2 }, true],
      [{ licenseId: 2 }, true],
    ] as const) {
      const view = await look(store, { license, ...rest });
      const { productKnown: known, license: found, licensePool, featurePool, mine, seats } = view;
      assert.equal(known, productKnown, JSON.stringify(license));
      assert.deepEqual({ license: found, licensePool, featurePool, mine, seats }, nothing);
    }
  });

  test("[LIC-4] without an id the license added last is meant, and an update does not make it that", async (t) => {
    const { store } = await start(t);
    const license = (id: number, product: string, capacity = 1) =>
      makeLicense({ id, product: makeProduct(product), capacity });
    for (const [id, product] of [
      [2, "cad"],
      [1, "cad"],
      [3, "cam"],
    ] as const) {
      await addLicense(store, license(id, product));
    }
    await addLicense(store, license(2, "cad", 99));
    const found = async (choice: { product: string; licenseId?: number }) => {
      const view = await look(store, { license: choice });
      return view.license && [view.license.id, view.license.capacity];
    };
    assert.deepEqual(await found({ product: "cad" }), [1, 1]);
    assert.deepEqual(await found({ product: "cad", licenseId: 2 }), [2, 99]);
    assert.deepEqual(await found({ product: "cam" }), [3, 1]);
    assert.equal(await found({ product: "cam", licenseId: 2 }), undefined);
    assert.deepEqual(
      (await store.licenses()).map(({ id }) => id),
      [2, 1, 3],
    );
  });

  test("[FILE-4] a license and the file it came from are as they were put, and as they were updated", async (t) => {
    const { store } = await start(t);
    for (const round of [1, 2]) {
      const license = makeLicense({
        capacity: round,
        consumption: makeConsumption({ resets: "weekly" }),
        features: [makeFeature({ metadata: { list: [1, "zwei", null, { drei: round }] } })],
      });
      const file = makeFile({ digest: `${round}`, issuedAt: round });
      await addLicense(store, license, file);
      const view = await look(store, { license: ONE });
      assert.deepEqual([view.license, view.importedFile], [license, file]);
    }
  });

  test("[SEAT-4] pools count their own live seats and know when the first ends", async (t) => {
    const { store, clock } = await start(t);
    await addLicense(store, makeLicense({ features: [makeFeature(), makeFeature({ id: 12, code: "export" })] }));
    await addLicense(store, makeLicense({ id: 2 }));
    const taken = [
      { featureId: 11, holder: "ann", ms: 300 },
      { featureId: 11, holder: "bob", ms: 100 },
      { featureId: 12, holder: "ann", ms: 50 },
      { featureId: LICENSE_POOL, holder: "ann", ms: 400 },
      { licenseId: 2, featureId: 11, holder: "ann", ms: 10 },
    ];
    for (const each of taken) await take(store, each);
    const view = await look(store, { license: ONE, feature: "render" });
    assert.deepEqual(view.licensePool, { inUse: 1, firstEndsAt: clock.wall() + 400 });
    assert.deepEqual(view.featurePool, { inUse: 2, firstEndsAt: clock.wall() + 100 });
    for (const scope of [{ license: ONE }, { license: ONE, feature: "unknown" }]) {
      assert.deepEqual((await look(store, scope)).featurePool, EMPTY);
    }
  });

  test("[SEAT-3] a renewal moves when the first seat ends, and a release frees it", async (t) => {
    const { store, clock } = await start(t);
    await addLicense(store, makeLicense());
    const first = await take(store, { holder: "ann", ms: 100 });
    await take(store, { holder: "bob", ms: 200 });
    const pool = async () => (await look(store, { license: ONE, feature: "render" })).featurePool;
    await take(store, { holder: "ann", ms: 300 });
    assert.deepEqual(await pool(), { inUse: 2, firstEndsAt: clock.wall() + 200 });
    await take(store, { holder: "ann", ms: 150 });
    assert.deepEqual(await pool(), { inUse: 2, firstEndsAt: clock.wall() + 150 });
    await end(store, first);
    assert.deepEqual(await pool(), { inUse: 1, firstEndsAt: clock.wall() + 200 });
  });

  test("[SEAT-1] mine are the holder's seats of this license, holders compared exactly", async (t) => {
    const { store } = await start(t);
    await addLicense(store, makeLicense());
    await addLicense(store, makeLicense({ id: 2 }));
    const holders = ["ann", "Ann", "ann ", "änn", "a\u0308nn", "__proto__", "𝒜nn", "'; --"];
    for (const holder of holders) for (const featureId of [LICENSE_POOL, 11]) await take(store, { holder, featureId });
    await take(store, { licenseId: 2, holder: "ann" });
    for (const holder of holders) {
      const { mine } = await look(store, { license: ONE, holder });
      const found = mine.map((seat) => [seat.licenseId, seat.featureId, seat.holder]).sort();
      assert.deepEqual(found, [
        [1, LICENSE_POOL, holder],
        [1, 11, holder],
      ]);
    }
    assert.deepEqual((await look(store, { license: ONE })).mine, []);
    assert.deepEqual((await look(store, { license: ONE, holder: "nobody" })).mine, []);
  });

  test("[REL-3] every seat of the license is shown where it is asked for, and only there", async (t) => {
    const { store } = await start(t);
    await addLicense(store, makeLicense());
    await addLicense(store, makeLicense({ id: 2 }));
    const taken = [await take(store, { holder: "ann" }), await take(store, { holder: "bob", featureId: LICENSE_POOL })];
    await take(store, { licenseId: 2, holder: "cy" });
    const { seats } = await look(store, { license: ONE, everySeat: true });
    assert.deepEqual(
      [...seats].sort((a, b) => a.id - b.id),
      taken,
    );
    assert.deepEqual((await look(store, { license: ONE })).seats, []);
  });

  test("[CONS-1] the counters of the license and of its features are shown as stored", async (t) => {
    const { store } = await start(t);
    await addLicense(store, makeLicense());
    await addLicense(store, makeLicense({ id: 2 }));
    const counter = { licenseId: 1, featureId: LICENSE_POOL, total: 1, periodStartedAt: 0, overageLimit: null };
    const ofFeature = { ...counter, featureId: 11, total: Number.MAX_SAFE_INTEGER, overageLimit: 0 };
    await change(store, { change: "put_counter", counter }, { change: "put_counter", counter: ofFeature });
    const { counters } = await look(store, { license: ONE });
    assert.deepEqual([counters.get(LICENSE_POOL), counters.get(11), counters.size], [counter, ofFeature, 2]);
    assert.equal((await look(store, { license: { licenseId: 2 } })).counters.size, 0);
    assert.equal((await look(store, { license: { licenseId: 3 } })).counters.size, 0);
    await change(store, { change: "put_counter", counter: { ...counter, total: 2 } });
    assert.equal((await look(store, { license: ONE })).counters.get(LICENSE_POOL)?.total, 2);
  });

  test("[FILE-5] an update of the license leaves its counters alone", async (t) => {
    const { store } = await start(t);
    await addLicense(store, makeLicense());
    const counter = { licenseId: 1, featureId: 11, total: 5, periodStartedAt: 0, overageLimit: null };
    await change(store, { change: "put_counter", counter });
    await addLicense(store, makeLicense({ features: [] }));
    await addLicense(store, makeLicense());
    assert.deepEqual((await look(store, { license: ONE })).counters.get(11), counter);
  });
}
