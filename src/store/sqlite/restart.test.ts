import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { makeConsumption, makeFile, makeLicense, makeProduct } from "../../../test/support/make-license.ts";
import { addLicense, change, end, look, take } from "../../../test/support/store-acts.ts";
import { useTempFolder } from "../../../test/support/temp-folder.ts";
import { START, TestClock } from "../../../test/support/test-clock.ts";
import { decideImport } from "../../domain/import-license.ts";
import { LICENSE_POOL } from "../../domain/seat.ts";
import { licenseToWire, noUsage } from "../../wire/license-object.ts";
import { readLicense } from "../../wire/read-license.ts";
import type { Store } from "../store.ts";
import { openSqliteStore } from "./open-sqlite-store.ts";

const ONE = { license: { licenseId: 1 }, feature: "render" } as const;

/** Opens the test's database, each time as another start of the program. */
function starter(t: TestContext): { clock: TestClock; start: () => Store } {
  const file = join(useTempFolder(t), "floating.db");
  const clock = new TestClock();
  const start = () => {
    const store = openSqliteStore(file, { clock });
    t.after(() => store.close());
    return store;
  };
  return { clock, start };
}

test("[STORE-1] a restart keeps licenses with their order and files", async (t) => {
  const { start } = starter(t);
  const before = start();
  for (const id of [3, 1, 2])
    await addLicense(before, makeLicense({ id }), makeFile({ digest: `${id}`, issuedAt: id }));
  await addLicense(before, makeLicense({ id: 4, product: makeProduct("cam") }));
  const updated = makeLicense({ id: 3, capacity: 77 });
  await addLicense(before, updated, makeFile({ digest: "later", issuedAt: 9 }));
  const licenses = await before.licenses();
  await before.close();
  const after = start();
  assert.deepEqual(await after.licenses(), licenses);
  assert.equal((await look(after, { license: { product: "cad" } })).license?.id, 2);
  const view = await look(after, { license: { product: "cad", licenseId: 3 } });
  assert.deepEqual([view.license, view.importedFile], [updated, { digest: "later", issuedAt: 9 }]);
  assert.equal((await look(after, { license: { product: "unknown" } })).productKnown, false);
});

test("[STORE-1] a restart keeps seats, details, counters, replies and facts", async (t) => {
  const { clock, start } = starter(t);
  const before = start();
  await addLicense(before, makeLicense());
  await take(before, { holder: "ann", details: { hostname: "host", registeredAt: 5 } });
  const ofFeature = await take(before, { holder: "bob", ms: 6_000 });
  const ofLicense = await take(before, { holder: "bob", featureId: LICENSE_POOL });
  const seat = { ...ofLicense, borrowedUntil: START + 5_000, neededUntil: START + 6_000, endsAt: START + 6_000 };
  const counter = { licenseId: 1, featureId: 11, total: 7, periodStartedAt: START - 5, overageLimit: 0 };
  await change(
    before,
    { change: "put_seat", seat },
    { change: "put_counter", counter },
    { change: "keep_reply", licenseId: 1, key: "k", reply: { n: [1, null] }, until: START + 9 },
  );
  await before.fact("hardware-id", () => "hw-1");
  const kept = async (store: Store) => {
    const { mine, ...view } = await look(store, { ...ONE, holder: "bob", replyKey: "k" });
    return {
      seats: await store.seats(),
      usage: await store.usage(1),
      mine: [...mine].sort((a, b) => a.id - b.id),
      view,
    };
  };
  const expected = await kept(before);
  await before.close();
  clock.setWall(START);
  const after = start();
  assert.deepEqual(await kept(after), expected);
  assert.deepEqual(expected.mine, [ofFeature, seat]);
  assert.deepEqual([expected.view.counters.get(11), expected.view.keptReply], [counter, { n: [1, null] }]);
  assert.equal(await after.fact("hardware-id", () => "hw-2"), "hw-1");
});

test("[STORE-4] the chain of events goes on over a restart", async (t) => {
  const { start } = starter(t);
  const before = start();
  await addLicense(before, makeLicense());
  for (const holder of ["ann", "bob"]) await take(before, { holder });
  const events = await before.events(0, 100);
  await before.close();
  const after = start();
  await take(after, { holder: "cy" });
  const all = await after.events(0, 100);
  assert.deepEqual(all.slice(0, events.length), events);
  assert.deepEqual(await after.verifyEvents(), { events: 3, brokenAt: null });
});

test("[STORE-8] a seat's id is not given again after a restart, even when no seat is left", async (t) => {
  const { start } = starter(t);
  const before = start();
  await addLicense(before, makeLicense());
  for (const holder of ["ann", "bob"]) await end(before, await take(before, { holder }));
  await before.close();
  const after = start();
  assert.deepEqual(await after.seats(), []);
  assert.equal((await take(after)).id, 3);
});

test("[TIME-2] time does not go back over a restart, though the clock was set back meanwhile", async (t) => {
  const { clock, start } = starter(t);
  const before = start();
  await addLicense(before, makeLicense());
  clock.advance(1_000);
  await take(before, { ms: 100 });
  await before.close();
  clock.setWall(START - 3_600_000);
  const after = start();
  assert.equal((await look(after, ONE)).now, START + 1_000);
  clock.advance(99);
  assert.equal((await look(after, ONE)).featurePool.inUse, 1);
  clock.advance(1);
  assert.equal((await look(after, ONE)).featurePool.inUse, 0);
});

test("[TIME-1] a seat that ran out before a restart and was not looked at since is gone after it", async (t) => {
  const { clock, start } = starter(t);
  const before = start();
  await addLicense(before, makeLicense());
  await take(before, { ms: 100 });
  clock.advance(100);
  await before.close();
  const after = start();
  assert.deepEqual(await after.seats(), []);
  assert.equal((await look(after, ONE)).featurePool.inUse, 0);
  assert.equal((await after.events(0, 100)).at(-1)?.kind, "seat_expired");
});

test("[FILE-2] a count that is no safe integer is not imported, for the database could not be read again", async (t) => {
  const { start } = starter(t);
  const metered = makeLicense({ type: "consumption", consumption: makeConsumption() });
  const object = { ...licenseToWire(metered, noUsage(START), { isAdmin: true }), total_consumptions: 2 ** 53 };
  const license = readLicense(object);
  const before = start();
  if (!("problem" in license)) {
    await before.transact({ license: { licenseId: license.id } }, (view) => decideImport(view, license, makeFile()));
  }
  await before.close();
  const after = start();
  assert.deepEqual(await after.licenses(), []);
});
