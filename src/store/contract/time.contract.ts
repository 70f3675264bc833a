import assert from "node:assert/strict";
import { test } from "node:test";
import { makeLicense } from "../../../test/support/make-license.ts";
import { addLicense, look, take } from "../../../test/support/store-acts.ts";
import { START } from "../../../test/support/test-clock.ts";
import type { StartStore } from "./start-store.ts";

const ONE = { license: { licenseId: 1 }, feature: "render" } as const;

export function describeTime(start: StartStore): void {
  test("[TIME-2] a clock set back neither extends a seat nor frees it early", async (t) => {
    const { store, clock } = await start(t);
    await addLicense(store, makeLicense());
    const seat = await take(store, { ms: 100 });
    clock.setWall(START - 3_600_000);
    clock.advance(99);
    assert.equal((await look(store, ONE)).now, START + 99);
    assert.deepEqual(
      (await store.seats()).map((record) => record.seat),
      [seat],
    );
    clock.advance(1);
    assert.equal((await look(store, ONE)).featurePool.inUse, 0);
  });

  test("[TIME-2] a clock set forward expires what it passes, and setting it back brings nothing to life", async (t) => {
    const { store, clock } = await start(t);
    await addLicense(store, makeLicense());
    await take(store, { holder: "ann", ms: 100 });
    await take(store, { holder: "bob", ms: 500 });
    clock.setWall(START + 200);
    assert.equal((await store.usage(1))?.inUse.get(11), 1);
    clock.setWall(START);
    assert.equal((await store.usage(1))?.inUse.get(11), 1);
    clock.advance(300);
    assert.equal((await look(store, ONE)).now, START + 500);
    assert.deepEqual(await store.seats(), []);
  });

  test("[TIME-4] a decision's seat and event carry the time that its view showed", async (t) => {
    const { store, clock } = await start(t);
    await addLicense(store, makeLicense());
    clock.setWall(START - 60_000);
    clock.advance(1_000);
    const seat = await take(store);
    assert.equal(seat.heardAt, START + 1_000);
    assert.equal((await store.events(0, 10))[0]?.at, START + 1_000);
  });
}
