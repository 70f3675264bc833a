import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { License } from "../../src/domain/license.ts";
import * as operations from "../../src/management/operations/seats.ts";
import { startCloudSite } from "../license-api/cloud-site.ts";
import { startFloatingServer, type TestServer } from "../support/floating-server.ts";
import { makeFeature, makeLicense } from "../support/make-license.ts";
import { clientOf } from "../support/management-client.ts";
import { expectProblem, expectReply } from "./expect-operation.ts";

const floats = { onPremise: true, cloud: false };

function floatingLicense(): License {
  return makeLicense({
    floats,
    capacity: 3,
    timeoutMs: 600_000,
    canBorrow: true,
    features: [
      makeFeature({ id: 11, code: "render", floats, capacity: 2, timeoutMs: 900_000 }),
      makeFeature({ id: 12, code: "export", floats, capacity: 2, timeoutMs: 900_000 }),
      makeFeature({ id: 13, code: "print", floats: { onPremise: false, cloud: true } }),
    ],
  });
}

async function startSite(t: TestContext) {
  const server = await startFloatingServer(t, { licenses: [floatingLicense()] });
  const use = (user: string, feature = "render") =>
    server.post("/api/v4/featureRegister", { product: "cad", user, feature, os_hostname: `${user}-pc` });
  return { server, use, operator: await clientOf(server, "operator", "operator") };
}

const released = async ({ store }: TestServer) =>
  (await store.events(0, 1_000))
    .filter(({ kind }) => kind === "seat_released")
    .map(({ holder, data }) => ({ holder, ...JSON.parse(data ?? "{}") }));

test("[MANAGE-1] [HOLD-1] the seats of a floating server are listed, shown and released with a hold", async (t) => {
  const { server, use, operator } = await startSite(t);
  for (const user of ["ann", "bob"]) assert.equal((await use(user)).status, 200);
  const pools = expectReply(operations.listPools, await operator.get("/pools?count=true")).data;
  assert.deepEqual(
    pools.map(({ id, feature, channel, seats, in_use, timeout_seconds }: Record<string, unknown>) => {
      return [id, feature, channel, seats, in_use, timeout_seconds];
    }),
    [
      ["1-0", null, "offline", 3, 2, 600],
      ["1-11", "render", "offline", 2, 2, 900],
      ["1-12", "export", "offline", 2, 0, 900],
    ],
  );
  const { data } = expectReply(operations.listSeats, await operator.get("/seats?feature=render&order=holder"));
  assert.deepEqual(
    data.map(({ holder, hostname, product, license }: Record<string, unknown>) => [holder, hostname, product, license]),
    [
      ["ann", "ann-pc", "cad", 1],
      ["bob", "bob-pc", "cad", 1],
    ],
  );
  const [seat] = data;
  assert.deepEqual(expectReply(operations.showSeat, await operator.get(`/seats/${seat.id}`)), seat);

  const wish = { reason: "maintenance", hold_seconds: 60 };
  const done = expectReply(operations.releaseSeat, await operator.post(`/seats/${seat.id}/release`, wish));
  assert.equal(done.released.length, 2, "the on-demand license seat ends too");
  assert.deepEqual([done.failed, done.holds[0].holder, done.holds[0].feature], [[], "ann", "render"]);
  const [event] = await released(server);
  assert.deepEqual([event.holder, event.by, event.reason], ["ann", "admin", "maintenance"]);
  assert.equal(event.actor.token, "operator");

  const refused = await use("ann");
  assert.deepEqual([refused.json.code, refused.headers["retry-after"]], ["floating_not_available", "60"]);
  assert.equal((await use("bob")).status, 200, "a renewal");
  assert.equal((await use("cy")).status, 200, "the seat is free for others");
  assert.equal((await use("ann", "export")).status, 200, "another feature");
  expectProblem(await operator.get(`/seats/${seat.id}`), 404, "seat_not_found");
  expectProblem(await operator.post(`/seats/${seat.id}/release`, {}), 404, "seat_not_found");
});

test("[HOLD-1] holds are listed, survive a restart, end by themselves, and can be ended before", async (t) => {
  const { server, use, operator } = await startSite(t);
  for (const user of ["ann", "bob"]) await use(user);
  await operator.post("/seats/release", { filter: { feature: "render" }, hold_seconds: 60 });
  await server.restart();
  const after = await clientOf(server, "operator");
  const { data: holds } = expectReply(operations.listHolds, await after.get("/holds?order=holder"));
  assert.deepEqual(
    holds.map(({ holder, feature, product, reason }: Record<string, unknown>) => [holder, feature, product, reason]),
    [
      ["ann", "render", "cad", null],
      ["bob", "render", "cad", null],
    ],
  );
  for (const user of ["ann", "bob"]) assert.equal((await use(user)).json.code, "floating_not_available");
  expectReply(operations.deleteHold, await after.delete(`/holds/${holds[0].id}`));
  expectProblem(await after.delete(`/holds/${holds[0].id}`), 404, "does_not_exist");
  assert.equal((await use("ann")).status, 200);
  assert.equal((await use("bob")).json.code, "floating_not_available");
  server.clock.advance(60_000);
  assert.equal((await use("bob")).status, 200);
  assert.deepEqual(expectReply(operations.listHolds, await after.get("/holds")).data, []);
});

test("[MANAGE-7] many seats are released by their ids or by a filter, and what is missing is told", async (t) => {
  const { server, use, operator } = await startSite(t);
  for (const user of ["ann", "bob"]) {
    await use(user, "render");
    await use(user, "export");
  }
  const { data } = (await operator.get("/seats?feature=export&order=holder")).body;
  const byId = await operator.post("/seats/release", { ids: [data[0].id, 999] });
  const { released: ended, failed } = expectReply(operations.bulkReleaseSeats, byId);
  assert.deepEqual([ended, failed], [[data[0].id], [{ id: 999, code: "seat_not_found" }]]);
  const filter = { product: "cad", license: 1, feature: null, holder: "bob" };
  const byFilter = expectReply(operations.bulkReleaseSeats, await operator.post("/seats/release", { filter }));
  assert.equal(byFilter.released.length, 3, "with the license seat go the features that need it");
  const left = (await server.store.seats()).map(({ seat }) => `${seat.holder} ${seat.featureId}`);
  assert.deepEqual(left, ["ann 11", "ann 0"]);
  const none = await operator.post("/seats/release", { filter: { holder: "nobody" } });
  assert.deepEqual(none.body, { released: [], failed: [], holds: [] });
});

test("[MANAGE-2] a release says which seats, and holds them for a day at most", async (t) => {
  const { operator } = await startSite(t);
  const wrong = [
    {},
    { ids: [1], filter: { holder: "ann" } },
    { filter: {} },
    { ids: [1], hold_seconds: 86_401 },
    { ids: ["1"] },
    { ids: [1], why: "so" },
  ];
  for (const body of wrong) expectProblem(await operator.post("/seats/release", body), 422, "validation_error");
});

test("[MANAGE-1] who only looks releases nothing and ends no hold", async (t) => {
  const { server, use } = await startSite(t);
  await use("ann");
  const viewer = await clientOf(server, "viewer");
  for (const path of ["/pools", "/seats", "/seats/1", "/holds"]) assert.equal((await viewer.get(path)).status, 200);
  expectProblem(await viewer.post("/seats/1/release", {}), 403, "forbidden");
  expectProblem(await viewer.post("/seats/release", { ids: [1] }), 403, "forbidden");
  expectProblem(await viewer.delete("/holds/1"), 403, "forbidden");
  assert.equal((await server.store.seats()).length, 2);
});

test("[MANAGE-3] [MANAGE-4] pools and seats are filtered, paged and exported", async (t) => {
  const { use, operator } = await startSite(t);
  for (const user of ["ann", "bob"]) await use(user);
  const full = (await operator.get("/pools?in_use.gte=2&feature=render")).body.data;
  assert.deepEqual(
    full.map(({ id }: { id: string }) => id),
    ["1-11"],
  );
  const first = (await operator.get("/seats?limit=1&count=true")).body;
  assert.deepEqual([first.data.length, first.count], [1, 4]);
  const rest = (await operator.get(`/seats?cursor=${first.next_cursor}`)).body;
  assert.deepEqual([rest.data.length, rest.next_cursor], [3, null]);
  const csv = (await operator.get("/seats?format=csv&holder=ann")).body;
  assert.match(csv, /^id,license,product,feature,holder,hostname,/);
  assert.equal(csv.trim().split("\n").length, 3);
});

test("[MANAGE-1] [HOLD-1] the same at the vendor, for devices and the seats in its cloud", async (t) => {
  const { vendor, licenseId, ann, bob, check, checkLicense, holders } = await startCloudSite(t);
  const operator = await clientOf(vendor, "operator");
  assert.equal((await check(ann)).status, 200);
  assert.equal((await checkLicense(ann)).status, 200);
  const pools = expectReply(operations.listPools, await operator.get("/pools")).data;
  assert.deepEqual(
    pools.map(({ license, feature, channel, in_use }: Record<string, unknown>) => [license, feature, channel, in_use]),
    [
      [licenseId, null, "cloud", 1],
      [licenseId, "export", "cloud", 1],
    ],
  );
  const filter = { feature: null, license: licenseId };
  const wish = { filter, hold_seconds: 60 };
  const done = expectReply(operations.bulkReleaseSeats, await operator.post("/seats/release", wish));
  assert.equal(done.released.length, 1, "its feature seat needs no license seat");
  assert.deepEqual(await holders(), ["ann"]);
  assert.equal((await checkLicense(ann)).json.code, "floating_not_available");
  assert.equal((await check(ann)).status, 200, "the feature is not held");
  assert.equal((await checkLicense(bob)).status, 200);
  const { data } = expectReply(operations.listSeats, await operator.get("/seats?holder=ann"));
  expectReply(operations.releaseSeat, await operator.post(`/seats/${data[0].id}/release`, { hold_seconds: 30 }));
  const refused = await check(ann);
  assert.deepEqual([refused.json.code, refused.headers["retry-after"]], ["floating_not_available", "30"]);
  assert.equal((await check(bob)).status, 200);
});
