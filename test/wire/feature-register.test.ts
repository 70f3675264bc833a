import assert from "node:assert/strict";
import { after, test } from "node:test";
import { startFloatingServer } from "../support/floating-server.ts";
import { makeConsumption } from "../support/make-license.ts";
import { expectError, expectReply } from "./expect-reply.ts";
import { GRACE_MS, licenseOf, render, TIMEOUT_MS } from "./sample-licenses.ts";

const server = await startFloatingServer({ after });
const { clock } = server;

const PATHS = ["/api/v4/featureRegister", "/api/v4/check_license_feature"];
const KEYS = [
  "id",
  "license_id",
  "code",
  "name",
  "feature_type",
  "expiry_date",
  "metadata",
  "is_floating",
  "is_floating_cloud",
  "floating_users",
  "floating_in_use_devices",
  "floating_timeout",
  "floating_end_date",
  "can_borrow",
  "max_borrow_time",
  "is_borrowed",
  "borrowed_until",
];

const later = (ms: number) => new Date(clock.wall() + ms).toISOString();

/** Imports a license of its own for a test. @returns how its users register to a feature */
async function licensed(product: string, overrides: Parameters<typeof licenseOf>[1] = {}) {
  const license = licenseOf(product, overrides);
  await server.import(license);
  const register = (user: string, fields: object = {}, path = PATHS[0] as string) =>
    server.post(path, { product, feature: "render", user, ...fields });
  const granted = async (...args: Parameters<typeof register>) =>
    expectReply("featureRegister", await register(...args));
  return { license, register, granted };
}

for (const path of PATHS) {
  test(`[SEAT-4] POST ${path} answers the feature, flat, with the seat it gave`, async () => {
    const feature = { ...render, metadata: { gpu: "4", größe: [1, null] }, expiresAt: Date.UTC(2026, 5, 1) };
    const { license, granted } = await licensed(`flat ${path}`, { features: [feature] });
    const reply = await granted("ada", {}, path);
    assert.deepEqual(Object.keys(reply), KEYS);
    assert.deepEqual(reply, {
      id: 501,
      license_id: license.id,
      code: "render",
      name: "Render node",
      feature_type: "activation",
      expiry_date: "2026-06-01T00:00:00.000Z",
      metadata: { gpu: "4", größe: [1, null] },
      is_floating: true,
      is_floating_cloud: false,
      floating_users: 2,
      floating_in_use_devices: 1,
      floating_timeout: 15,
      floating_end_date: later(TIMEOUT_MS),
      can_borrow: true,
      max_borrow_time: 72,
      is_borrowed: false,
      borrowed_until: null,
    });
  });
}

test("[SEAT-1] both names are one operation: the same user has one seat under both", async () => {
  const { granted } = await licensed("two names");
  for (const path of [...PATHS, ...PATHS]) assert.equal((await granted("ada", {}, path)).floating_in_use_devices, 1);
  const elsewhere = { os_hostname: "other", ip_local: "10.0.0.2" };
  assert.equal((await granted("ada", elsewhere)).floating_in_use_devices, 1, "on another machine, too");
});

test("[SEAT-3] a renewal starts the timer again, and is never refused for lack of seats", async () => {
  const { granted, register } = await licensed("renewal");
  await granted("ada");
  await granted("grace");
  expectError(await register("linus"), "floating_not_available");
  clock.advance(TIMEOUT_MS);
  const renewed = await granted("ada");
  assert.equal(renewed.floating_in_use_devices, 2);
  assert.equal(renewed.floating_end_date, later(TIMEOUT_MS));
  clock.advance(GRACE_MS);
  assert.equal((await granted("linus")).floating_in_use_devices, 2, "in the place of grace, who did not renew");
});

test("[SEAT-5] with none free nothing changes but the record of the denial, and Retry-After says when to come again", async () => {
  const { license, granted, register } = await licensed("full");
  await granted("ada");
  clock.advance(10_000);
  await granted("grace");
  const seats = await server.store.seats(license.id);
  const events = await server.store.events(0, -1);
  clock.advance(500);
  const refused = await register("linus");
  expectError(refused, "floating_not_available");
  assert.equal(
    refused.headers["retry-after"],
    String((TIMEOUT_MS + GRACE_MS) / 1_000 - 10),
    "the half second is rounded up",
  );
  assert.deepEqual(await server.store.seats(license.id), seats);
  const [denial, ...others] = (await server.store.events(0, -1)).slice(events.length);
  assert.deepEqual(others, []);
  assert.equal(denial?.kind, "seat_denied");
  assert.equal(denial?.holder, "linus");
  assert.equal(denial?.featureId, render.id);
});

test("[TIME-1] a seat that has run out is free for the very next request, and not a millisecond earlier", async () => {
  const { granted, register } = await licensed("expiry", { features: [{ ...render, capacity: 1 }] });
  await granted("ada");
  clock.advance(TIMEOUT_MS + GRACE_MS - 1);
  const refused = await register("grace");
  expectError(refused, "floating_not_available");
  assert.equal(refused.headers["retry-after"], "1");
  clock.advance(1);
  assert.equal((await granted("grace")).floating_in_use_devices, 1);
});

test("[TIME-3] fractions of a minute count, to the millisecond", async () => {
  const { granted, register } = await licensed("short", { features: [{ ...render, capacity: 1, timeoutMs: 90 }] });
  const reply = await granted("ada");
  assert.equal(reply.floating_timeout, 0.0015);
  assert.equal(reply.floating_end_date, later(90));
  clock.advance(GRACE_MS + 89);
  expectError(await register("grace"), "floating_not_available");
  clock.advance(1);
  await granted("grace");
});

for (const seconds of [0, 0.5, 16.1, 0.0015]) {
  test(`[TIME-3] a grace of ${seconds} s is added to the timeout, to the millisecond`, async (t) => {
    const short = licenseOf("short", { features: [{ ...render, capacity: 1, timeoutMs: 1_000 }] });
    const own = await startFloatingServer(t, { licenses: [short], config: { "seats.grace-seconds": seconds } });
    const register = (user: string) => own.post(PATHS[0] as string, { product: "short", feature: "render", user });
    expectReply("featureRegister", await register("ada"));
    own.clock.advance(1_000 + Math.floor(seconds * 1_000) - 1);
    expectError(await register("grace"), "floating_not_available");
    own.clock.advance(2);
    expectReply("featureRegister", await register("grace"));
  });
}

test("[SEAT-5] a feature of no seats is never available, and no time is named for it", async () => {
  const { register } = await licensed("none", { features: [{ ...render, capacity: 0 }] });
  const refused = await register("ada");
  expectError(refused, "floating_not_available");
  assert.equal(refused.headers["retry-after"], undefined);
});

test("[SEAT-6] on a floating license the feature seat takes a license seat, and without a free one there is none", async () => {
  const { license, granted, register } = await licensed("on demand", { capacity: 1 });
  await granted("ada");
  assert.equal((await server.get(`/api/v4/license?license_id=${license.id}`)).json.floating_in_use_devices, 1);
  const refused = await register("grace");
  expectError(refused, "floating_not_available");
  assert.equal(refused.headers["retry-after"], String((TIMEOUT_MS + GRACE_MS) / 1_000));
  expectReply(
    "featureRelease",
    await server.post("/api/v4/featureRelease", { product: "on demand", feature: "render", user: "ada" }),
  );
  await granted("grace");
});

test("[SEAT-6] on a license that does not float, feature seats need nothing else", async () => {
  const { granted } = await licensed("fixed", { floats: { onPremise: false, cloud: false }, capacity: 0 });
  assert.equal((await granted("ada")).floating_in_use_devices, 1);
});

test("[SEAT-4] a metered feature that floats shows its counter, too", async () => {
  const consumption = makeConsumption({
    max: 10,
    initialTotal: 3,
    allowOverages: true,
    maxOverages: 5,
    resets: "monthly",
  });
  const { granted } = await licensed("metered", { features: [{ ...render, type: "consumption", consumption }] });
  const reply = await granted("ada");
  const counter = {
    max_consumption: 10,
    total_consumptions: 3,
    max_overages: 5,
    allow_overages: true,
    allow_unlimited_consumptions: false,
    allow_negative_consumptions: false,
    reset_consumption: true,
    consumption_period: "monthly",
  };
  assert.deepEqual(Object.keys(reply), [...KEYS, ...Object.keys(counter)]);
  assert.deepEqual({ ...reply, ...counter }, reply);
});

test("[SEAT-2] a hundred requests at once get no more seats than there are", async () => {
  const { granted, register } = await licensed("rush", { capacity: 100, features: [{ ...render, capacity: 7 }] });
  const replies = await Promise.all(Array.from({ length: 100 }, (_, index) => register(`user ${index}`)));
  const counts = replies.filter(({ status }) => status === 200).map(({ json }) => json.floating_in_use_devices);
  assert.deepEqual(counts.sort(), [1, 2, 3, 4, 5, 6, 7]);
  for (const reply of replies.filter(({ status }) => status !== 200)) expectError(reply, "floating_not_available");
  const winner = replies.findIndex(({ status }) => status === 200);
  assert.equal((await granted(`user ${winner}`)).floating_in_use_devices, 7);
});
