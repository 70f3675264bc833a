import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { after, test } from "node:test";
import { parse } from "csv-parse/sync";
import { listEvents, verifyEvents } from "../../src/management/operations/audit.ts";
import { startFloatingServer } from "../support/floating-server.ts";
import { makeFeature, makeLicense, makeProduct } from "../support/make-license.ts";
import { clientOf } from "../support/management-client.ts";
import { record } from "../support/store-acts.ts";
import { expectProblem, expectReply } from "./expect-operation.ts";
import { giveBack, takeSeat, wantSeat } from "./seat-takers.ts";

const server = await startFloatingServer({ after }, { licenses: [makeLicense()] });
const viewer = await clientOf(server);
const admin = await clientOf(server, "admin");
for (const user of ["ann", "bob"]) await takeSeat(server, user);
server.clock.advance(60_000);
await wantSeat(server, "cyd");
await giveBack(server, "ann");
const created = await admin.post("/admins", { name: "dora", password: "correct horse battery", role: "viewer" });
const last = created.headers.get("x-request-id") ?? "";

interface Shown {
  readonly id: number;
  readonly kind: string;
  readonly holder: string | null;
}

async function events(query: string): Promise<Shown[]> {
  return expectReply(listEvents, await viewer.get(`/events${query}`)).data;
}

const kinds = async (query: string) => (await events(query)).map(({ kind }) => kind);

test("[ADMIN-6] an event tells who did it, in which request, and what was before and after, without secrets", async () => {
  const [event] = (await viewer.get(`/events?request_id=${last}`)).body.data;
  const { id: _, at: _at, hash: _hash, after: made, ...rest } = event;
  assert.deepEqual(rest, {
    kind: "record_created",
    license: null,
    feature_id: null,
    feature: null,
    holder: null,
    actor: { api: "management", token: "admin of the test", token_id: 2 },
    request_id: last,
    before: null,
    data: { record: "admin", id: 1 },
  });
  assert.deepEqual([made.name, made.password_hash], ["dora", "(secret)"]);
});

test("[MANAGE-3] events come oldest first, or newest first, in pages without a gap", async () => {
  const all = await events("?limit=500");
  assert.deepEqual(
    all.map(({ id }) => id),
    all.map((_, index) => index + 1),
  );
  for (const [order, whole] of [
    ["id", all],
    ["-id", all.toReversed()],
    ["-at", all.toReversed()],
  ] as const) {
    const paged: unknown[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const reply = await viewer.get(`/events?order=${order}&limit=3&count=true${cursor && `&cursor=${cursor}`}`);
      const page = expectReply(listEvents, reply);
      assert.equal(page.count, all.length);
      paged.push(...page.data);
      cursor = page.next_cursor;
    }
    assert.deepEqual(paged, whole, order);
  }
});

test("[MANAGE-3] events are filtered by kind, license, feature, holder, actor and time", async () => {
  assert.deepEqual(await kinds("?feature=render"), ["seat_granted", "seat_granted", "seat_denied", "seat_released"]);
  assert.deepEqual(await kinds("?kind=seat_denied&license=1"), ["seat_denied"]);
  assert.deepEqual(await kinds("?kind.in=seat_denied,seat_released&order=-id"), ["seat_released", "seat_denied"]);
  assert.deepEqual(await kinds("?kind.contains=GRANT&holder=bob"), ["seat_granted"]);
  assert.deepEqual(await kinds("?actor=admin+of+the+test"), ["record_created"]);
  assert.deepEqual(await kinds("?actor.contains=of+the&kind=seat_granted"), []);
  const then = new Date(server.clock.wall()).toISOString();
  assert.deepEqual(await kinds(`?at.gte=${then}&license=1`), ["seat_denied", "seat_released"]);
  assert.deepEqual(await kinds(`?at.lte=${then}&at.gte=${then}&holder=cyd`), ["seat_denied"]);
  assert.deepEqual(await kinds("?license=2"), []);
  assert.deepEqual((await events("?holder=null&license=1")).length, 1);
});

test("[MANAGE-2] every parameter that cannot be so is told of at once", async () => {
  const reply = await viewer.get("/events?order=kind&limit=0&at.gte=soon&license=one&format=xml&cursor=x");
  expectProblem(reply, 422, "validation_error", /at\.gte.*license.*order.*limit.*cursor.*format/);
  expectProblem(await viewer.get("/events?colour=red"), 422, "validation_error", /colour/);
});

test("[MANAGE-4] everything that fits is a file of CSV or JSON, and no text is a formula", async () => {
  await takeSeat(server, "=1+1");
  const json = await viewer.get("/events?format=json&feature=render");
  assert.equal(json.headers.get("content-disposition"), 'attachment; filename="events.json"');
  assert.deepEqual(json.body, await events("?feature=render"));
  const csv = await viewer.get("/events?feature=render&order=-id", { accept: "text/csv" });
  const rows = parse(csv.body, { columns: true }) as Record<string, string>[];
  assert.deepEqual(
    rows.map(({ kind, holder }) => [kind, holder]),
    json.body.toReversed().map(({ kind, holder }: Shown) => [kind, holder === "=1+1" ? "'=1+1" : holder]),
  );
});

test("[MANAGE-4] an export of many events holds a page of them at a time", async (t) => {
  const many = await startFloatingServer(t, { licenses: [makeLicense()] });
  const holder = "x".repeat(200);
  const about = { kind: "seat_denied", licenseId: 1, featureId: 11, holder } as const;
  for (let round = 0; round < 12; round += 1) await record(many.store, ...Array.from({ length: 2_500 }, () => about));
  const read = many.store.events.bind(many.store);
  const sizes: number[] = [];
  many.store.events = async (...given) => {
    const page = await read(...given);
    sizes.push(page.length);
    return page;
  };
  const client = await clientOf(many);
  assert.equal((await client.get("/events?format=json&kind=seat_denied")).body.length, 30_000);
  assert.ok(Math.max(...sizes) <= 1_000, `pages of ${Math.max(...sizes)}`);
  sizes.length = 0;
  assert.equal((await client.get("/events?order=-id&limit=5")).body.data.length, 5);
  assert.ok(sizes.length <= 1, "one page of the store for one page of the list");
});

test("[STORE-4] the chain is verified, and the first event that does not fit is named", async (t) => {
  const product = makeProduct();
  const own = await startFloatingServer(t, { licenses: [makeLicense({ product, features: [makeFeature()] })] });
  const client = await clientOf(own);
  for (const user of ["ann", "bob"]) await takeSeat(own, user);
  const whole = expectReply(verifyEvents, await client.get("/events/verify"));
  assert.deepEqual([whole.is_whole, whole.broken_at], [true, null]);
  const db = new DatabaseSync(own.databaseFile);
  db.exec("UPDATE event SET holder = 'eve' WHERE holder = 'ann'");
  db.close();
  const [{ id }] = (await client.get("/events?holder=eve")).body.data;
  const broken = expectReply(verifyEvents, await client.get("/events/verify"));
  assert.deepEqual(broken, { events: id - 1, is_whole: false, broken_at: id });
});

test("[MANAGE-1] who has no token sees nothing", async () => {
  for (const path of ["/events", "/events/verify", "/denials", "/usage", "/live", "/status"]) {
    const reply = await fetch(`${server.side.managementUrl}/manage/v1${path}`);
    assert.equal(reply.status, 401, path);
    await reply.text();
  }
});
