import assert from "node:assert/strict";
import { join } from "node:path";
import { after, type TestContext, test } from "node:test";
import fc from "fast-check";
import { copyStore, type Disk, withStore } from "../../../test/support/copy-stores.ts";
import { copyDatabase, readRows } from "../../../test/support/database-files.ts";
import { makeConsumption, makeDevice, makeFeature, makeLicense } from "../../../test/support/make-license.ts";
import { makeRecord, putRecord, recordKinds } from "../../../test/support/make-record.ts";
import { queryDatabase, usePostgresServer } from "../../../test/support/postgres-server.ts";
import { addLicense, change, look, record, take } from "../../../test/support/store-acts.ts";
import { useTempFolder } from "../../../test/support/temp-folder.ts";
import { START, TestClock } from "../../../test/support/test-clock.ts";
import { CHAIN_START, hashEvent } from "../event-chain.ts";
import type { Store } from "../store.ts";
import { COPY_TABLES } from "./copy-tables.ts";

const server = await usePostgresServer({ after });

/** Something of everything that is kept, and numbers that were given to what is gone again. */
async function fill(store: Store, clock: TestClock): Promise<void> {
  await store.fact("hardware-id", () => "hw-1");
  await addLicense(store, makeLicense({ id: 9, consumption: makeConsumption() }));
  await addLicense(store, makeLicense({ id: 4, features: [makeFeature(), makeFeature({ id: 12, code: "export" })] }));
  await addLicense(store, makeLicense({ id: 1 }));
  for (const kind of recordKinds) {
    await change(store, putRecord(kind, makeRecord(kind, 5)), putRecord(kind, makeRecord(kind, 7, "höher \u{1f511}")));
    await change(store, { change: "remove_record", kind, id: 7 });
  }
  await change(store, { change: "put_device", device: makeDevice({ id: 3, licenseId: 4, hardwareId: "hw-9" }) });
  await change(store, {
    change: "put_counter",
    counter: { licenseId: 9, featureId: 0, total: 7, periodStartedAt: START, overageLimit: null },
  });
  for (const [key, reply] of [
    ["one", { n: 1, text: "ü\n" }],
    ["none", null],
  ] as const) {
    await change(store, { change: "keep_reply", licenseId: 9, key, reply, until: START + 9_000_000 });
  }
  clock.advance(5);
  await take(store, { licenseId: 4, holder: "ann", ms: 60_000, details: { hostname: "ws-7", registeredAt: 5 } });
  await take(store, { licenseId: 4, featureId: 12, holder: "Ánn 🎈", ms: 60_000 });
  const gone = await take(store, { holder: "bob", ms: 60_000 });
  await change(store, { change: "end_seat", seat: gone });
  await record(store, {
    kind: "seat_denied",
    licenseId: 4,
    featureId: 11,
    holder: "cid",
    data: { why: "\0 and \ud800" },
  });
  await record(store, { kind: "record_created", licenseId: 0, featureId: 0 });
  const span = { licenseId: 4, featureId: 11, length: "hour", start: 0, opening: 1, closing: 2, max: 3 } as const;
  await change(
    store,
    { change: "put_usage_spans", spans: [{ ...span, seatMs: 4_000_000_000_000, denials: 5, levels: [[1, 6]] }] },
    { change: "put_usage_position", position: { until: START, builtAt: START - 1 } },
  );
}

/** All that a store tells. */
async function tell(store: Store) {
  const records = await Promise.all(recordKinds.map(async (kind) => [kind, await store.records(kind)] as const));
  const events = await store.events(0, 10_000);
  return {
    fact: await store.fact("hardware-id", () => "another"),
    licenses: await store.licenses(),
    usage: [await store.usage(9), await store.usage(4)],
    seats: (await store.seats()).toSorted((a, b) => a.seat.id - b.seat.id),
    devices: await store.devices({ licenseId: 4 }),
    records: Object.fromEntries(records),
    replies: await Promise.all(
      ["one", "none"].map(async (replyKey) => (await look(store, { license: { licenseId: 9 }, replyKey })).keptReply),
    ),
    spans: await store.usageSpans({ length: "hour", from: 0, to: START }),
    position: await store.usagePosition(),
    events: events.map(({ hash: _, ...event }) => event),
    chain: await store.verifyEvents(),
  };
}

async function makeDisk(t: TestContext, kind: "SQLite" | "PostgreSQL"): Promise<Disk> {
  return kind === "SQLite" ? { file: join(useTempFolder(t), "a.db") } : { url: await server.makeDatabase() };
}

const ways = [
  ["SQLite", "PostgreSQL"],
  ["PostgreSQL", "SQLite"],
  ["SQLite", "SQLite"],
  ["PostgreSQL", "PostgreSQL"],
] as const;

for (const [from, to] of ways) {
  test(`[COPY-1] [STORE-8] a copy tells all that the source told, and goes on from there: ${from} to ${to}`, async (t) => {
    const [source, target] = [await makeDisk(t, from), await makeDisk(t, to)];
    const clock = new TestClock();
    const before = await withStore(source, clock, async (store) => {
      await fill(store, clock);
      return tell(store);
    });
    const { tables } = await copyStore(source, target);
    const empty = COPY_TABLES.filter(({ name }) => tables.get(name) === 0);
    assert.deepEqual(empty, [], "the test has something of everything");
    await withStore(target, clock, async (store) => {
      const found = await tell(store);
      assert.deepEqual(found, before);
      const ids = before.seats.map(({ seat }) => seat.id);
      const renewed = await take(store, { licenseId: 4, holder: "ann", ms: 60_000 });
      assert.equal(renewed.id, ids[0], "a seat that was held is renewed");
      const next = await take(store, { licenseId: 4, holder: "dan", ms: 60_000 });
      assert.ok(next.id > Math.max(...ids) + 1, "not even the id of a seat that is gone is given again");
      const last = (await store.events(0, 1, { isNewestFirst: true }))[0];
      assert.ok((last?.id ?? 0) > before.events.length);
      assert.equal((await store.verifyEvents()).brokenAt, null);
    });
  });
}

test("[COPY-1] what a crash has left in the log of a SQLite source is copied too", async (t) => {
  const [running, crashed] = [await makeDisk(t, "SQLite"), await makeDisk(t, "SQLite")];
  assert.ok("file" in running && "file" in crashed);
  await withStore(running, new TestClock(), async (store) => {
    await addLicense(store, makeLicense({ id: 1 }));
    await take(store, { holder: "ann", ms: 60_000 });
    copyDatabase(running.file, crashed.file);
  });
  const { tables } = await copyStore(crashed, await makeDisk(t, "PostgreSQL"));
  assert.deepEqual([tables.get("license"), tables.get("seat"), tables.get("event")], [1, 1, 1]);
});

test("[COPY-5] events keep ids with gaps and times that go back, and a copy in SQLite finds them by time", async (t) => {
  const clock = new TestClock();
  const [source, target] = [await makeDisk(t, "PostgreSQL"), await makeDisk(t, "SQLite")];
  assert.ok("url" in source && "file" in target);
  await withStore(source, clock, async (store) => {
    for (let id = 1; id <= 40; id += 1) await addLicense(store, makeLicense({ id }));
    for (let round = 0; round < 5; round += 1) {
      // A transaction that is rolled back takes its ids along.
      for (let id = 1; id <= 40; id += 1) {
        await queryDatabase(source.url, "SELECT nextval('event_id') FROM generate_series(1, $1)", [id % 3]);
        await take(store, { licenseId: id, holder: `ann ${round}`, ms: 60_000 });
        clock.advance(3);
      }
    }
  });
  await shuffleTimes(source.url);
  await copyStore(source, target);
  const at = (sql: string) => readRows(target.file, sql).map((row) => row["at"] as number);
  const times = at("SELECT at FROM event ORDER BY id");
  const ids = readRows(target.file, "SELECT id FROM event ORDER BY id").map((row) => row["id"] as number);
  assert.ok(
    times.some((time, index) => time < (times[index - 1] ?? 0)),
    "times go back",
  );
  assert.ok((ids.at(-1) ?? 0) > ids.length, "ids have gaps");
  await withStore(target, clock, async (store) => {
    assert.deepEqual(await store.verifyEvents(), { events: ids.length, brokenAt: null });
    for (const since of new Set(times)) {
      const until = since + 7;
      const found = await store.events(0, 10_000, { since, until });
      const expected = times.filter((time) => time >= since && time <= until).length;
      assert.equal(found.length, expected, `from ${since} to ${until}`);
    }
  });
});

/** As if transactions of several licenses had ended in another order than they were decided in. */
async function shuffleTimes(url: string): Promise<void> {
  const rows = await queryDatabase(url, "SELECT * FROM event ORDER BY id");
  const chains = new Map<string, { hash: string; events: number }>();
  for (const row of rows) {
    const licenseId = String(row["license_id"]);
    const before = chains.get(licenseId) ?? { hash: CHAIN_START, events: 0 };
    const at = Number(row["at"]) - 5 * (Number(licenseId) % 7);
    const event = {
      id: Number(row["id"]),
      at,
      kind: row["kind"] as never,
      licenseId: Number(licenseId),
      featureId: Number(row["feature_id"]),
      holder: row["holder"] as string | null,
      data: row["data"] as string | null,
    };
    const hash = hashEvent(before.hash, event);
    chains.set(licenseId, { hash, events: before.events + 1 });
    await queryDatabase(url, "UPDATE event SET at = $2, hash = $3 WHERE id = $1", [event.id, at, hash]);
  }
  for (const [id, { hash }] of chains) {
    await queryDatabase(url, "UPDATE chain SET hash = $2 WHERE license_id = $1", [id, hash]);
  }
}

test("[COPY-1] [COPY-4] any text that a server takes goes there and back unchanged", async (t) => {
  const folder = useTempFolder(t);
  let count = 0;
  const text = fc
    .string({ unit: "grapheme-composite", minLength: 1, maxLength: 60 })
    .filter((each) => !each.includes("\0"));
  const odd = fc.oneof(
    text,
    fc.constantFrom("\\u0000", '"', "\\", "\u2028", "{}", "null", "🔑", "\u0001", "'; --", "\\x00"),
  );
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(odd, { minLength: 1, maxLength: 5 }), async (texts) => {
      count += 1;
      const clock = new TestClock();
      const disks = [
        { file: join(folder, `${count}.db`) },
        { url: await server.makeDatabase() },
        { file: join(folder, `${count}-back.db`) },
      ] as const;
      await withStore(disks[0], clock, async (store) => {
        await addLicense(store, makeLicense({ id: 1 }));
        for (const [index, holder] of texts.entries()) {
          await take(store, { holder, ms: 60_000, details: { info: holder } });
          await change(store, putRecord("customer", { ...makeRecord("customer", index + 1), companyName: holder }));
          await change(store, {
            change: "keep_reply",
            licenseId: 1,
            key: holder,
            reply: { [holder]: holder },
            until: 1e13,
          });
        }
      });
      const [first] = [await copyStore(disks[0], disks[1])];
      await copyStore(disks[1], disks[2]);
      for (const { name, columns } of COPY_TABLES.filter(({ name }) => first.tables.get(name) !== 0)) {
        const sql = `SELECT ${columns.map(([column]) => `"${column}"`)} FROM "${name}" ORDER BY 1, 2`;
        if (name !== "fact") assert.deepEqual(readRows(disks[2].file, sql), readRows(disks[0].file, sql));
      }
    }),
    { numRuns: 8 },
  );
});
