import assert from "node:assert/strict";
import { after, test } from "node:test";
import { listDenials, rebuildUsage, showUsage } from "../../src/management/operations/usage.ts";
import { startFloatingServer } from "../support/floating-server.ts";
import { makeFeature, makeLicense, makeProduct } from "../support/make-license.ts";
import { clientOf } from "../support/management-client.ts";
import { START } from "../support/test-clock.ts";
import { expectProblem, expectReply } from "./expect-operation.ts";
import { giveBack, takeSeat, wantSeat } from "./seat-takers.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const iso = (minutes: number) => new Date(START + minutes * MINUTE).toISOString();

const features = [makeFeature({ timeoutMs: HOUR }), makeFeature({ id: 12, code: "sim", capacity: 1, timeoutMs: HOUR })];
const other = makeLicense({ id: 2, product: makeProduct("cam"), features: [makeFeature({ id: 21, code: "mill" })] });
const server = await startFloatingServer({ after }, { licenses: [makeLicense({ features }), other] });
const viewer = await clientOf(server);
const { clock } = server;

// 10:00 ann; 10:30 bob, then cyd in vain at 10:30, 10:34, 10:38; 10:45 ann gives back; 10:50 cyd; 11:50:30 cyd runs out.
await takeSeat(server, "ann");
clock.advance(30 * MINUTE);
await takeSeat(server, "bob");
for (const wait of [4, 4, 7]) {
  await wantSeat(server, "cyd");
  clock.advance(wait * MINUTE);
}
await giveBack(server, "ann");
clock.advance(5 * MINUTE);
await takeSeat(server, "cyd");
await takeSeat(server, "cyd", "sim");
clock.advance(5 * MINUTE);
await giveBack(server, "bob");
await wantSeat(server, "dan", "sim");
clock.advance(3 * HOUR);

test("[USAGE-1] a pool's usage by the hour: most, mean by time, capacity and denials", async () => {
  const reply = await viewer.get(`/usage?license=1&feature=render&from=${iso(0)}&to=${iso(180)}`);
  const { pools, ...range } = expectReply(showUsage, reply);
  assert.deepEqual(range, { from: iso(0), to: iso(180), bucket: "hour" });
  assert.equal(pools.length, 1);
  const [{ series, histogram, ...pool }] = pools;
  // One from 10:00, two from 10:30, one from 10:45, two from 10:50, one from 10:55 to 11:50:30.
  const [first, second] = [30 + 2 * 15 + 5 + 2 * 5 + 5, 50.5];
  assert.deepEqual(pool, {
    license: 1,
    product: "cad",
    feature: "render",
    capacity: 2,
    max: 2,
    mean: (first + second) / 180,
    denials: 3,
  });
  assert.deepEqual(series, [
    { from: iso(0), to: iso(60), max: 2, mean: first / 60, capacity: 2, denials: 3 },
    { from: iso(60), to: iso(120), max: 1, mean: second / 60, capacity: 2, denials: 0 },
    { from: iso(120), to: iso(180), max: 0, mean: 0, capacity: 2, denials: 0 },
  ]);
  assert.deepEqual(
    histogram.map(({ seats }: { readonly seats: number }) => seats),
    [0, 1, 2],
  );
  const shares = histogram.map(({ share }: { readonly share: number }) => share * 180);
  assert.deepEqual(shares.map(Math.round), [70, 91, 20]);
});

test("[USAGE-1] a license's own pool counts who has a seat of its features, each once", async () => {
  const { pools } = expectReply(showUsage, await viewer.get("/usage?license=1&bucket=day"));
  const shown = pools.map(({ feature, max, capacity, denials }: Record<string, unknown>) => [
    feature,
    max,
    capacity,
    denials,
  ]);
  assert.deepEqual(shown, [
    [null, 2, 10, 0],
    ["render", 2, 2, 3],
    ["sim", 1, 1, 1],
  ]);
});

test("[USAGE-1] without a license: every pool that was used, in one sum each", async () => {
  const { pools } = expectReply(showUsage, await viewer.get("/usage"));
  assert.deepEqual(
    pools.map((pool: Record<string, unknown>) => [pool["license"], pool["feature"], pool["series"]]),
    [
      [1, null, []],
      [1, "render", []],
      [1, "sim", []],
    ],
  );
});

test("[USAGE-3] a range is widened to whole minutes, and the reply says so", async () => {
  const reply = await viewer.get(`/usage?license=1&from=${iso(0.4)}&to=${iso(59.6)}`);
  const { from, to, pools } = expectReply(showUsage, reply);
  assert.deepEqual([from, to], [iso(0), iso(60)]);
  assert.equal(pools[1].series.length, 1);
});

test("[USAGE-4] usage is rolled up anew, and says the same", async () => {
  const admin = await clientOf(server, "admin");
  const asked = ["/usage", "/usage?license=1&bucket=hour", "/usage?license=1&bucket=day"];
  const answers = () => Promise.all(asked.map(async (path) => expectReply(showUsage, await viewer.get(path))));
  const before = await answers();
  const { events, spans, until } = expectReply(rebuildUsage, await admin.post("/usage/rebuild"));
  // 4 grants, 2 releases, 4 denials; what ran out may have been told of or not.
  assert.ok(events >= 10 && events <= 12, `${events} events`);
  assert.ok(spans > 0);
  assert.equal(until, new Date(clock.wall()).toISOString());
  assert.deepEqual(await answers(), before);
  assert.equal((await server.store.usagePosition())?.until, clock.wall());
});

test("[USAGE-1] a time range that cannot be so, and a license that is not there, are refused", async () => {
  expectProblem(await viewer.get("/usage?license=9"), 404, "does_not_exist", /license 9/);
  expectProblem(await viewer.get("/usage?feature=nope"), 404, "does_not_exist", /feature nope/);
  expectProblem(await viewer.get(`/usage?from=${iso(5)}&to=${iso(5)}`), 422, "validation_error", /from/);
  expectProblem(await viewer.get(`/usage?from=${iso(-900_000)}`), 422, "validation_error", /1000 buckets/);
  expectProblem(
    await viewer.get("/usage?bucket=year&license=one"),
    422,
    "validation_error",
    /license.*bucket|bucket.*license/,
  );
});

test("[USAGE-2] tries of one holder are one denial, with when the seat was got at last", async () => {
  const { data } = expectReply(listDenials, await viewer.get("/denials"));
  const common = { license: 1, product: "cad", code: "feature_full" };
  assert.deepEqual(
    data.map(({ id: _, ...denial }: { readonly id: number }) => denial),
    [
      {
        ...common,
        feature: "render",
        holder: "cyd",
        first_at: iso(30),
        last_at: iso(38),
        tries: 3,
        was_served_later: true,
        served_at: iso(50),
      },
      {
        ...common,
        feature: "sim",
        holder: "dan",
        first_at: iso(55),
        last_at: iso(55),
        tries: 1,
        was_served_later: false,
        served_at: null,
      },
    ],
  );
});

test("[USAGE-2] denials are filtered by product, feature, holder and time, and counted whole or not at all", async () => {
  const holders = async (query: string) =>
    expectReply(listDenials, await viewer.get(`/denials?${query}`)).data.map(
      ({ holder }: { readonly holder: string }) => holder,
    );
  assert.deepEqual(await holders("product=cad"), ["cyd", "dan"]);
  assert.deepEqual(await holders("product=cam"), []);
  assert.deepEqual(await holders("feature=sim"), ["dan"]);
  assert.deepEqual(await holders("holder=cyd&was_served_later=true"), ["cyd"]);
  assert.deepEqual(await holders(`first_at.gte=${iso(31)}`), ["dan"]);
  assert.deepEqual(await holders(`first_at.lte=${iso(31)}&tries.gte=2`), ["cyd"]);
  assert.deepEqual(await holders("order=-first_at&limit=1"), ["dan"]);
});
