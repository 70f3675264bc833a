import assert from "node:assert/strict";
import { hash } from "node:crypto";
import { test } from "node:test";
import { makeLicense } from "../../../test/support/make-license.ts";
import { addLicense, record, take } from "../../../test/support/store-acts.ts";
import { LICENSE_POOL } from "../../domain/seat.ts";
import type { EventFilter, EventRecord } from "../store.ts";
import type { StartStore } from "./start-store.ts";

export function describeEvents(start: StartStore): void {
  test("[STORE-3] an event is kept as it was given, with the time of its decision", async (t) => {
    const { store, clock } = await start(t);
    await addLicense(store, makeLicense());
    clock.advance(5);
    await record(store, {
      kind: "seat_denied",
      licenseId: 1,
      featureId: 11,
      holder: "Ünn\n",
      data: { full: "feature" },
    });
    clock.advance(5);
    await record(store, { kind: "license_updated", licenseId: 1, featureId: LICENSE_POOL });
    const events = (await store.events(0, 10)).map(({ hash: _, ...event }) => event);
    const about = { licenseId: 1 };
    assert.deepEqual(events, [
      {
        ...about,
        id: 1,
        at: clock.wall() - 5,
        kind: "seat_denied",
        featureId: 11,
        holder: "Ünn\n",
        data: '{"full":"feature"}',
      },
      { ...about, id: 2, at: clock.wall(), kind: "license_updated", featureId: LICENSE_POOL, holder: null, data: null },
    ]);
  });

  test("[STORE-3] events are read oldest first, page by page, without a gap", async (t) => {
    const { store } = await start(t);
    await addLicense(store, makeLicense());
    for (const holder of ["a", "b", "c", "d", "e"]) await take(store, { holder });
    const page = async (afterId: number, limit: number) =>
      (await store.events(afterId, limit)).map(({ id, holder }) => `${id}${holder}`);
    assert.deepEqual(await page(0, 2), ["1a", "2b"]);
    assert.deepEqual(await page(2, 2), ["3c", "4d"]);
    assert.deepEqual(await page(4, 2), ["5e"]);
    assert.deepEqual(await page(5, 2), []);
    assert.deepEqual(await page(0, 0), []);
    assert.deepEqual(await page(0, 100), ["1a", "2b", "3c", "4d", "5e"]);
  });

  test("[STORE-3] events are found by every field of a filter, forwards and backwards, in pages", async (t) => {
    const { store, clock } = await start(t);
    await addLicense(store, makeLicense());
    const begin = clock.wall();
    for (let at = 0; at < 40; at += 1) {
      await record(store, {
        kind: at % 2 === 0 ? "seat_granted" : "seat_denied",
        licenseId: (at % 3) + 1,
        featureId: (at % 5) + 10,
        ...(at % 7 > 0 && { holder: `user ${at % 7}` }),
        ...(at % 4 > 0 && { data: { request: `r${at}` } }),
      });
      clock.advance(1_000);
    }
    const all = await store.events(0, 100);
    const filters: readonly (readonly [EventFilter, (event: EventRecord) => boolean])[] = [
      [{}, () => true],
      [{ kinds: ["seat_denied"] }, ({ kind }) => kind === "seat_denied"],
      [{ kinds: [] }, () => false],
      [{ licenseIds: [2, 3] }, ({ licenseId }) => licenseId !== 1],
      [{ featureIds: [11] }, ({ featureId }) => featureId === 11],
      [{ holders: ["user 3"] }, ({ holder }) => holder === "user 3"],
      [{ dataHas: '"r3' }, ({ data }) => data?.includes('"r3') === true],
      [{ since: begin + 4_000 }, ({ at }) => at >= begin + 4_000],
      [{ since: begin + 4_001, until: begin + 9_000 }, ({ at }) => at > begin + 4_000 && at <= begin + 9_000],
      [{ until: begin - 1 }, () => false],
      [{ since: begin + 90_000 }, () => false],
      [{ kinds: ["seat_granted"], licenseIds: [1] }, (event) => event.kind === "seat_granted" && event.licenseId === 1],
    ];
    for (const [filter, fits] of filters) {
      const expected = all.filter(fits);
      assert.deepEqual(await store.events(0, 100, filter), expected, JSON.stringify(filter));
      const back = { ...filter, isNewestFirst: true };
      assert.deepEqual(await store.events(0, 100, back), expected.toReversed(), JSON.stringify(back));
      for (const [each, whole] of [[filter, expected] as const, [back, expected.toReversed()] as const]) {
        const paged: EventRecord[] = [];
        for (let page = await store.events(0, 3, each); page.length > 0; ) {
          paged.push(...page);
          page = await store.events(page.at(-1)?.id ?? 0, 3, each);
        }
        assert.deepEqual(paged, whole, `${JSON.stringify(each)} in pages`);
      }
    }
  });

  test("[STORE-4] each event's hash is SHA-256 over the one before and itself", async (t) => {
    const { store } = await start(t);
    await addLicense(store, makeLicense());
    for (const holder of ["ann", "bob"]) await take(store, { holder });
    await record(store, { kind: "seat_denied", licenseId: 1, featureId: 11, data: { inUse: 2 } });
    let previous = "0".repeat(64);
    for (const { id, at, kind, licenseId, featureId, holder, data, hash: given } of await store.events(0, 10)) {
      const text = JSON.stringify([id, at, kind, licenseId, featureId, holder, data]);
      assert.equal(given, hash("sha256", `${previous}\n${text}`, "hex"));
      previous = given;
    }
    assert.deepEqual(await store.verifyEvents(), { events: 3, brokenAt: null });
  });

  test("[STORE-4] a chain of no events is whole", async (t) => {
    const { store } = await start(t);
    assert.deepEqual(await store.verifyEvents(), { events: 0, brokenAt: null });
  });
}
