import assert from "node:assert/strict";
import { test } from "node:test";
import { makeLicense } from "../../../test/support/make-license.ts";
import { addLicense, change, end, take } from "../../../test/support/store-acts.ts";
import type { UsageSpan } from "../../domain/usage-span.ts";
import type { Store, UsageSpanQuery } from "../store.ts";
import type { StartStore } from "./start-store.ts";

const EVER = { length: "hour", from: 0, to: Number.MAX_SAFE_INTEGER } as const;

function makeSpan(overrides: Partial<UsageSpan> = {}): UsageSpan {
  return {
    licenseId: 1,
    featureId: 11,
    length: "hour",
    start: 3_600_000,
    opening: 1,
    closing: 2,
    max: 3,
    seatMs: 4_000_000_000_000,
    denials: 5,
    levels: [
      [1, 6],
      [3, 7],
    ],
    ...overrides,
  };
}

async function starts(store: Store, query: Partial<UsageSpanQuery>): Promise<string[]> {
  const spans = await store.usageSpans({ ...EVER, ...query });
  return spans.map(({ licenseId, featureId, start }) => `${start} ${licenseId} ${featureId}`);
}

export function describeUsage(start: StartStore): void {
  test("[USAGE-4] spans are kept as they were given, each in the place of the one that was there", async (t) => {
    const { store } = await start(t);
    const [first, second] = [makeSpan(), makeSpan({ featureId: 12, levels: [] })];
    await change(store, { change: "put_usage_spans", spans: [first, second] });
    assert.deepEqual(await store.usageSpans(EVER), [first, second]);
    const later = makeSpan({ opening: 0, closing: 0, max: 9, seatMs: 8, denials: 7, levels: [[9, 1]] });
    await change(store, { change: "put_usage_spans", spans: [later] });
    assert.deepEqual(await store.usageSpans(EVER), [later, second]);
    assert.deepEqual(await store.usageSpans({ ...EVER, length: "day" }), []);
  });

  test("[USAGE-4] spans are found by length, time and license, oldest first, by license and feature", async (t) => {
    const { store } = await start(t);
    const spans = [30, 20, 10].flatMap((at) =>
      [2, 1].flatMap((licenseId) => [12, 11].map((featureId) => makeSpan({ start: at, licenseId, featureId }))),
    );
    await change(store, { change: "put_usage_spans", spans });
    const all = [10, 20, 30].flatMap((at) => [`${at} 1 11`, `${at} 1 12`, `${at} 2 11`, `${at} 2 12`]);
    assert.deepEqual(await starts(store, {}), all);
    assert.deepEqual(await starts(store, { from: 20, to: 30 }), all.slice(4, 8));
    assert.deepEqual(await starts(store, { from: 11, to: 20 }), []);
    assert.deepEqual(await starts(store, { licenseId: 2, to: 20 }), all.slice(2, 4));
    assert.deepEqual(await starts(store, { licenseId: 3 }), []);
    assert.deepEqual(await starts(store, { limit: 5 }), all.slice(0, 5));
    assert.deepEqual(await starts(store, { limit: 0 }), []);
  });

  test("[USAGE-4] thousands of spans are found, each once", async (t) => {
    const { store } = await start(t);
    const spans = Array.from({ length: 1_500 }, (_, at) => makeSpan({ start: Math.floor(at / 3), featureId: at % 3 }));
    await change(store, { change: "put_usage_spans", spans });
    assert.deepEqual(await store.usageSpans(EVER), spans);
    assert.deepEqual(await store.usageSpans({ ...EVER, licenseId: 1, limit: 1_001 }), spans.slice(0, 1_001));
  });

  test("[USAGE-3] spans of a length that begin before a moment are dropped, some at a time", async (t) => {
    const { store } = await start(t);
    const spans = [10, 20, 30, 40].map((at) => makeSpan({ start: at }));
    await change(store, { change: "put_usage_spans", spans });
    await change(store, { change: "drop_usage_spans", length: "day", before: 99, most: 9 });
    assert.equal((await starts(store, {})).length, 4);
    await change(store, { change: "drop_usage_spans", length: "hour", before: 40, most: 2 });
    assert.equal((await starts(store, { to: 40 })).length, 1);
    await change(store, { change: "drop_usage_spans", length: "hour", before: 40, most: 2 });
    assert.deepEqual(await starts(store, {}), ["40 1 11"]);
  });

  test("[USAGE-4] the position comes and goes", async (t) => {
    const { store } = await start(t);
    assert.equal(await store.usagePosition(), undefined);
    for (const position of [
      { until: 60_000, builtAt: 7 },
      { until: 120_000, builtAt: 7 },
    ]) {
      await change(store, { change: "put_usage_position", position });
      assert.deepEqual(await store.usagePosition(), position);
    }
    await change(store, { change: "put_usage_position", position: null });
    assert.equal(await store.usagePosition(), undefined);
  });

  test("[USAGE-4] spans and position are one commit with what else a decision changes", async (t) => {
    const { store } = await start(t);
    const failing = store.transact({}, () => {
      throw new Error("oops");
    });
    const position = { until: 1, builtAt: 1 };
    const changes = [
      { change: "put_usage_spans", spans: [makeSpan()] },
      { change: "put_usage_position", position },
    ] as const;
    await Promise.allSettled([failing, change(store, ...changes)]);
    assert.deepEqual([await store.usageSpans(EVER), await store.usagePosition()], [[makeSpan()], position]);
  });

  test("[USAGE-4] seats are shown as events have told of them, a run-out one until its end is told", async (t) => {
    const { store, clock } = await start(t);
    for (const id of [1, 2]) await addLicense(store, makeLicense({ id }));
    const told = async (licenseId?: number) => {
      const { seats, ...rest } = await store.seatsAsTold(licenseId);
      return { ...rest, seats: [...seats].sort((a, b) => a.id - b.id) };
    };
    assert.deepEqual(await told(), { now: clock.wall(), lastEventId: 0, seats: [] });
    const ann = await take(store, { holder: "ann", ms: 50 });
    const bob = await take(store, { licenseId: 2, holder: "bob" });
    assert.deepEqual(await told(), { now: clock.wall(), lastEventId: 2, seats: [ann, bob] });
    assert.deepEqual((await told(2)).seats, [bob]);
    clock.advance(60);
    assert.deepEqual(await told(1), { now: clock.wall(), lastEventId: 2, seats: [ann] });
    await store.sweep();
    assert.deepEqual(await told(), { now: clock.wall(), lastEventId: 3, seats: [bob] });
    await end(store, bob);
    assert.deepEqual((await told()).seats, []);
  });
}
