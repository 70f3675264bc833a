import assert from "node:assert/strict";
import { after, test } from "node:test";
import { startFloatingServer } from "../support/floating-server.ts";
import { expectError, expectReply } from "./expect-reply.ts";
import { GRACE_MS, licenseOf, render, TIMEOUT_MS } from "./sample-licenses.ts";

const server = await startFloatingServer({ after });
const { clock } = server;

const aliasesOf = (name: string) => [
  `/api/v4/${name}`,
  `/api/v4/floating/${name}`,
  `/api/v4/floating${name}`,
  `/api/v4/api/v4/${name}`,
];

async function licensed(product: string, overrides: Parameters<typeof licenseOf>[1] = {}) {
  const license = licenseOf(product, { capacity: 2, ...overrides });
  await server.import(license);
  const post =
    (path: string) =>
    (user: string, fields: object = {}) =>
      server.post(path, { product, user, ...fields });
  const seats = async () =>
    (await server.store.seats(license.id)).map(({ seat }) => `${seat.holder} ${seat.featureId || "license"}`).sort();
  return {
    license,
    seats,
    register: post("/api/v4/register"),
    unregister: post("/api/v4/unregister"),
    use: (user: string, fields: object = {}) => post("/api/v4/featureRegister")(user, { feature: "render", ...fields }),
  };
}

for (const [index, path] of aliasesOf("register").entries()) {
  test(`[SEAT-7] POST ${path} gives a license seat`, async () => {
    const { seats } = await licensed(`register ${index}`);
    const reply = expectReply("register", await server.post(path, { product: `register ${index}`, user: "ada" }));
    assert.equal(reply.floating_slots_in_use, 1);
    assert.deepEqual(await seats(), ["ada license"]);
  });
}

for (const [index, path] of aliasesOf("unregister").entries()) {
  test(`[REL-2] POST ${path} ends it, and answers a JSON string`, async () => {
    const { register, seats } = await licensed(`unregister ${index}`);
    expectReply("register", await register("ada"));
    const reply = await server.post(path, { product: `unregister ${index}`, user: "ada" });
    assert.equal(expectReply("unregister", reply), "user_unregistered");
    assert.equal(reply.text, '"user_unregistered"');
    assert.deepEqual(await seats(), []);
  });
}

test("[SEAT-7] registering again is the heartbeat: the same seat, its timer started again", async () => {
  const { register, seats } = await licensed("heartbeat");
  expectReply("register", await register("ada"));
  clock.advance(TIMEOUT_MS);
  assert.equal(expectReply("register", await register("ada")).floating_slots_in_use, 1);
  clock.advance(TIMEOUT_MS + GRACE_MS - 1);
  assert.deepEqual(await seats(), ["ada license"]);
  clock.advance(1);
  assert.deepEqual(await seats(), []);
});

test("[SEAT-5] a full license is floating_not_available with Retry-After", async () => {
  const { register, seats } = await licensed("full");
  for (const user of ["ada", "grace"]) expectReply("register", await register(user));
  const refused = await register("linus");
  expectError(refused, "floating_not_available");
  assert.equal(refused.headers["retry-after"], String((TIMEOUT_MS + GRACE_MS) / 1_000));
  assert.deepEqual(await seats(), ["ada license", "grace license"]);
  expectReply("register", await register("ada"));
});

test("[SEAT-7] asking for a license seat makes an on-demand one a seat that was asked for", async () => {
  const { register, use, seats } = await licensed("asked for");
  expectReply("featureRegister", await use("ada"));
  assert.equal(expectReply("register", await register("ada")).floating_slots_in_use, 1);
  expectReply(
    "featureRelease",
    await server.post("/api/v4/featureRelease", { product: "asked for", feature: "render", user: "ada" }),
  );
  assert.deepEqual(await seats(), ["ada license"]);
});

test("[SEAT-6] renewing a feature seat renews a license seat that was asked for", async () => {
  const { register, use, seats } = await licensed("renews both");
  expectReply("register", await register("ada"));
  clock.advance(TIMEOUT_MS);
  expectReply("featureRegister", await use("ada"));
  expectReply(
    "featureRelease",
    await server.post("/api/v4/featureRelease", { product: "renews both", feature: "render", user: "ada" }),
  );
  clock.advance(TIMEOUT_MS);
  assert.deepEqual(await seats(), ["ada license"]);
});

test("[SEAT-6] an on-demand license seat lasts as long as the longest of its user's feature seats, borrows included", async () => {
  const short = { ...render, id: 502, code: "short", timeoutMs: 60_000 };
  const { use, seats } = await licensed("lasts", { features: [render, short] });
  expectReply("featureRegister", await use("ada", { borrowed_until: "2026-01-17T00:00:00Z" }));
  expectReply("featureRegister", await use("ada", { feature: "short" }));
  clock.advance(Date.UTC(2026, 0, 17) - clock.wall() - 1);
  assert.deepEqual(await seats(), ["ada 501", "ada license"]);
  clock.advance(1);
  assert.deepEqual(await seats(), []);
});

test("[REL-2] unregistering ends the borrow and every feature seat of the user on that license", async () => {
  const viewer = { ...render, id: 502, code: "view" };
  const { register, unregister, use, seats } = await licensed("everything", { features: [render, viewer] });
  const other = await licensed("other");
  expectReply("featureRegister", await other.use("ada"));
  const until = new Date(clock.wall() + 3_600_000).toISOString();
  expectReply("register", await register("ada", { borrowed_until: until }));
  expectReply("featureRegister", await use("ada", { borrowed_until: until }));
  expectReply("featureRegister", await use("ada", { feature: "view" }));
  expectReply("featureRegister", await use("grace"));
  expectReply("unregister", await unregister("ada"));
  assert.deepEqual(await seats(), ["grace 501", "grace license"]);
  assert.deepEqual(await other.seats(), ["ada 501", "ada license"]);
});

test("[REL-2] a user without a license seat is device_not_found", async () => {
  const { register, unregister } = await licensed("nobody");
  expectError(await unregister("ada"), "device_not_found");
  expectReply("register", await register("ada"));
  clock.advance(TIMEOUT_MS + GRACE_MS);
  expectError(await unregister("ada"), "device_not_found");
});

test("[SEAT-7] a license that does not float has no seats to take or give back", async () => {
  await licensed("fixed", { floats: { onPremise: false, cloud: true } });
  for (const name of ["register", "unregister", "borrow"]) {
    expectError(await server.post(`/api/v4/${name}`, { product: "fixed", user: "ada" }), "license_not_floating");
  }
});

test("[LIC-4] of several licenses the last added is meant, unless one is named; an update does not make it the last", async () => {
  const first = licenseOf("several");
  const second = licenseOf("several");
  const other = licenseOf("elsewhere");
  for (const license of [first, second, other]) await server.import(license);
  const register = (fields: object) => server.post("/api/v4/register", { product: "several", user: "ada", ...fields });
  assert.equal(expectReply("register", await register({})).id, second.id);
  assert.equal(expectReply("register", await register({ license_id: first.id })).id, first.id);
  await server.refresh({ ...first, capacity: 5 }, Date.UTC(2026, 0, 2));
  assert.equal(expectReply("register", await register({})).id, second.id);
  assert.equal(expectReply("register", await register({ license_id: String(first.id) })).floating_users, 5);
  expectError(await register({ license_id: other.id }), "license_not_found");
  expectError(await register({ license_id: 1 }), "license_not_found");
});
