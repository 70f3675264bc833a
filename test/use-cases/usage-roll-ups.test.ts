import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import fc from "fast-check";
import { unchanged } from "../../src/domain/decision.ts";
import { KEPT_MS, SPAN_LENGTHS, SPAN_MS, type UsageSpan } from "../../src/domain/usage-span.ts";
import { MemoryStore } from "../../src/store/memory/memory-store.ts";
import { migrate, openDatabase } from "../../src/store/sqlite/database.ts";
import { openSqliteStore } from "../../src/store/sqlite/open-sqlite-store.ts";
import { SqliteStore } from "../../src/store/sqlite/sqlite-store.ts";
import type { Store } from "../../src/store/store.ts";
import { rebuildUsage, rollUpUsage } from "../../src/use-cases/usage/roll-up-usage.ts";
import { usageNow, usageOverTime } from "../../src/use-cases/usage/usage-over-time.ts";
import { copyDatabase } from "../support/database-files.ts";
import { useTempFolder } from "../support/temp-folder.ts";
import { START, TestClock } from "../support/test-clock.ts";
import { type Act, actOnSeats, acts, addLicenses, Counted, licenses } from "./usage-history.ts";

const floating = { needsLicenseSeats: true } as const;
const MINUTE = SPAN_MS.minute;

async function spansOf(store: Store): Promise<readonly UsageSpan[]> {
  const ever = { from: 0, to: Number.MAX_SAFE_INTEGER };
  const found = await Promise.all(SPAN_LENGTHS.map((length) => store.usageSpans({ length, ...ever })));
  return found.flat();
}

/** Has the position forgotten, so that all is counted from events. */
async function forget(store: Store): Promise<void> {
  const change = { change: "put_usage_position", position: null } as const;
  await store.transact({}, () => ({ ...unchanged(undefined), changes: [change] }));
}

async function answers(store: Store, from: number) {
  const ask = async (bucket: "hour" | "day", range: { from: number; to: number }, hasSeries: boolean) =>
    usageOverTime(store, await usageNow(store, undefined), { licenses, range, bucket, hasSeries, ...floating });
  const { now } = await store.seatsAsTold();
  return [
    await ask("hour", { from: Math.max(from, now - 900 * SPAN_MS.hour), to: now }, true),
    await ask("day", { from, to: now - 3 * MINUTE }, true),
    await ask("day", { from: from + 12 * MINUTE, to: now }, false),
  ];
}

/** Rolls a history up in bits, and compares that with a rebuilt one, and with what is counted from events. */
async function check(history: readonly Act[], clock: TestClock, store: Store, restart: () => Promise<Store>) {
  await addLicenses(store);
  for (const act of history) {
    if (act.does === "wait" && "ms" in act) clock.advance(act.ms);
    else if (act.does === "roll up") await rollUpUsage(store, floating);
    else if (act.does === "sweep") await store.sweep();
    else if (act.does === "restart") store = await restart();
    else await actOnSeats(store, act);
  }
  clock.advance(4 * MINUTE);
  // The ends of some seats have not been told yet.
  const fromBoth = await answers(store, START);
  await rollUpUsage(store, floating);
  const bit = await spansOf(store);
  const fromSpans = await answers(store, START);
  assert.deepEqual(fromBoth, fromSpans, "counted from spans and the events since");
  await rebuildUsage(store, floating);
  assert.deepEqual(await spansOf(store), bit, "made at once, and bit by bit");
  await forget(store);
  assert.deepEqual(await answers(store, START), fromSpans, "counted from events, and from spans");
  await store.sweep();
  const counted = new Counted(await store.events(0, 100_000));
  for (const { licenseId, featureId, length, start, max, seatMs, denials, levels } of bit) {
    const expected = counted.usage(licenseId, featureId, start, start + SPAN_MS[length]);
    assert.deepEqual({ max, seatMs, denials, levels }, expected, `${length} of ${licenseId} ${featureId}`);
  }
  for (const { range, pools } of fromSpans) {
    for (const [licenseId, found] of pools) {
      for (const [featureId, { max, mean, denials, series, histogram }] of found) {
        const expected = counted.usage(licenseId, featureId, range.from, range.to);
        const ms = range.to - range.from;
        assert.deepEqual([max, denials], [expected.max, expected.denials]);
        assert.ok(Math.abs(mean * ms - expected.seatMs) < 1, `${mean * ms} is not ${expected.seatMs}`);
        assert.deepEqual(
          histogram,
          expected.levels.map(([seats, of]) => ({ seats, share: of / ms })),
        );
        for (const bucket of series) {
          const part = counted.usage(licenseId, featureId, bucket.from, bucket.to);
          assert.deepEqual([bucket.max, bucket.denials], [part.max, part.denials]);
        }
      }
    }
  }
}

test("[USAGE-4] rolled up bit by bit, at once, and counted from events it is the same (memory)", async () => {
  await fc.assert(
    fc.asyncProperty(acts, async (history) => {
      const clock = new TestClock(START + 12_345);
      const store = new MemoryStore(clock);
      await check(history, clock, store, async () => store);
    }),
    { numRuns: 150 },
  );
});

test("[USAGE-4] rolled up bit by bit, at once, and counted from events it is the same (SQLite)", async (t) => {
  const folder = useTempFolder(t);
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(acts, async (history) => {
      runs += 1;
      const clock = new TestClock(START + 12_345);
      const file = join(folder, `${runs}.db`);
      let store = openSqliteStore(file, { clock });
      const restart = async () => {
        await store.close();
        clock.advance(30_000);
        store = openSqliteStore(file, { clock });
        return store;
      };
      try {
        await check(history, clock, store, restart);
      } finally {
        await store.close();
      }
    }),
    { numRuns: 30 },
  );
});

/** A store that keeps a copy of its database after each commit, as a cut of the power would leave it. */
async function startCopying(t: TestContext, clock: TestClock) {
  const file = join(useTempFolder(t), "floating.db");
  const copies: string[] = [];
  const first = openDatabase(file);
  migrate(first);
  first.close();
  let isCopying = false;
  let commits = 0;
  const store = new SqliteStore({
    clock,
    openDatabase: () => openDatabase(file),
    onCommit: () => {
      if (!isCopying) return;
      commits += 1;
      const copy = `${file}.${commits}`;
      copyDatabase(file, copy);
      copies.push(copy);
    },
    onLost: (error) => assert.fail(`${error}`),
    onClosing: async () => {},
    onClosed: () => {},
  });
  t.after(() => store.close());
  return {
    store,
    async copiesOf(run: () => Promise<unknown>) {
      isCopying = true;
      await run();
      isCopying = false;
      return copies.splice(0);
    },
  };
}

test("[USAGE-4] a cut of the power after any commit of a pass, or of a rebuild, loses and doubles nothing", async (t) => {
  const clock = new TestClock();
  const { store, copiesOf } = await startCopying(t, clock);
  await addLicenses(store);
  await rollUpUsage(store, floating);
  for (let minute = 0; minute < 150; minute += 1) {
    for (const holder of ["ann", "bob"] as const) {
      const act = { licenseId: minute % 2 === 0 ? 1 : 2, holder, feature: "render" } as const;
      await actOnSeats(store, { does: "use", ...act });
      if (minute % 3 === 0) await actOnSeats(store, { does: "release", ...act });
    }
    clock.advance(MINUTE);
  }
  const pass = await copiesOf(() => rollUpUsage(store, floating));
  const expected = await spansOf(store);
  assert.ok(pass.length >= 4 && expected.length > 200, `${pass.length} commits, ${expected.length} spans`);
  const rebuild = await copiesOf(() => rebuildUsage(store, floating));
  assert.ok(rebuild.length >= 8, `${rebuild.length} commits`);
  for (const file of [...pass, ...rebuild]) {
    const after = openSqliteStore(file, { clock });
    t.after(() => after.close());
    await rollUpUsage(after, floating);
    assert.deepEqual(await spansOf(after), expected);
    assert.equal((await after.usagePosition())?.until, clock.wall());
  }
});

test("[USAGE-3] minutes are kept for 48 hours, hours for 90 days, and days for ever", async () => {
  const clock = new TestClock();
  const store = new MemoryStore(clock);
  await addLicenses(store);
  const use = () => actOnSeats(store, { does: "use", licenseId: 1, holder: "ann", feature: "render" });
  const oldest = async () => {
    const spans = await spansOf(store);
    const ages = SPAN_LENGTHS.map((length) => spans.filter((span) => span.length === length).map(({ start }) => start));
    return ages.map((starts) => clock.wall() - Math.min(...starts));
  };
  for (let hour = 0; hour < 150 * 24; hour += 6) {
    await use();
    clock.advance(6 * SPAN_MS.hour);
    await rollUpUsage(store, floating);
  }
  const [minute = 0, hour = 0, day = 0] = await oldest();
  assert.ok(minute >= KEPT_MS.minute && minute <= KEPT_MS.minute + 6 * SPAN_MS.hour, `${minute}`);
  assert.ok(hour >= KEPT_MS.hour && hour <= KEPT_MS.hour + 2 * SPAN_MS.day, `${hour}`);
  assert.ok(day >= 150 * SPAN_MS.day);
});

test("[USAGE-3] hours that are not kept any more are counted from events", async () => {
  const clock = new TestClock();
  const store = new MemoryStore(clock);
  await addLicenses(store);
  await actOnSeats(store, { does: "use", licenseId: 1, holder: "ann", feature: "render" });
  clock.advance(120 * SPAN_MS.day);
  await rollUpUsage(store, floating);
  const range = { from: START, to: START + 2 * SPAN_MS.hour };
  const question = { licenses, range, bucket: "hour", hasSeries: true, ...floating } as const;
  const { pools } = await usageOverTime(store, await usageNow(store, undefined), question);
  const series = pools
    .get(1)
    ?.get(11)
    ?.series.filter(({ max }) => max > 0);
  const hour = { from: START, to: START + SPAN_MS.hour };
  assert.deepEqual(series, [{ ...hour, max: 1, mean: 3 / 60, denials: 0 }]);
});
