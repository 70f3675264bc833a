import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { FloatingServerCode } from "../../src/api/floating-server/errors.ts";
import type { License } from "../../src/domain/license.ts";
import { startFloatingServer } from "../support/floating-server.ts";
import { makeConsumption, makeFeature } from "../support/make-license.ts";
import { START } from "../support/test-clock.ts";
import { expectError, expectReply } from "./expect-reply.ts";
import { licenseOf, render } from "./sample-licenses.ts";

const server = await startFloatingServer({ after });
const { clock } = server;

const HOUR_MS = 3_600_000;
const consumption = makeConsumption();
const tokens = makeFeature({ id: 503, code: "tokens", type: "consumption", consumption });

/** Every route that asks about a license, with a request that is fine but for the license's state. */
const requests: readonly (readonly [routeName: string, path: string, fields: object])[] = [
  ["register", "/api/v4/register", {}],
  ["borrow", "/api/v4/borrow", {}],
  ["featureRegister", "/api/v4/featureRegister", { feature: "render" }],
  ["featureRelease", "/api/v4/featureRelease", { feature: "render" }],
  ["unregister", "/api/v4/unregister", {}],
  ["addConsumption", "/api/v4/add_consumption", {}],
  ["addFeatureConsumption", "/api/v4/add_feature_consumption", { feature: "tokens" }],
];

async function licensed(product: string, overrides: Partial<License>): Promise<License> {
  const license = licenseOf(product, { type: "consumption", consumption, features: [render, tokens], ...overrides });
  await server.import(license);
  return license;
}

async function expectEach(product: string, code: FloatingServerCode | "fine"): Promise<void> {
  for (const [routeName, path, fields] of requests) {
    const reply = await server.post(path, { product, user: "ada", ...fields });
    if (code === "fine") expectReply(routeName, reply);
    else expectError(reply, code);
  }
}

const past = START - 1;
const later = START + HOUR_MS;

// Each state together with all those that are looked at after it: the first answers.
const states: readonly (readonly [what: string, FloatingServerCode | "fine", Partial<License>])[] = [
  ["is fine", "fine", {}],
  ["is not active", "license_not_active", { active: false, enabled: false, validUntil: past, features: [] }],
  ["starts later", "license_not_active", { startsAt: later, enabled: false, validUntil: past, features: [] }],
  ["is not enabled", "license_not_enabled", { enabled: false, validUntil: past, features: [] }],
  ["has expired", "license_expired", { validUntil: past, features: [], floats: { onPremise: false, cloud: false } }],
  ["ends this very moment", "license_expired", { validUntil: START }],
  ["starts this very moment", "fine", { startsAt: START }],
  ["ends a millisecond later", "fine", { validUntil: START + 1 }],
];

for (const [what, code, overrides] of states) {
  test(`[LIC-1] on a license that ${what} every request is ${code}`, async () => {
    await licensed(what, overrides);
    await expectEach(what, code);
  });
}

test("[LIC-1] before all of that, the product and its license are looked for", async () => {
  await expectEach("unknown", "unknown_product");
  const other = await licensed("somebody else's", {});
  await licensed("not active", { active: false });
  for (const [, path, fields] of requests) {
    const body = { product: "not active", user: "ada", license_id: other.id, ...fields };
    expectError(await server.post(path, body), "license_not_found");
    expectError(await server.post(path, { ...body, product: "unknown" }), "unknown_product");
  }
});

test("[LIC-1] a license is shown whatever its state", async () => {
  await licensed("hidden", { active: false, enabled: false, validUntil: past });
  const object = expectReply("license", await server.get("/api/v4/license?product=hidden"));
  assert.deepEqual([object.license_active, object.license_enabled, object.is_expired], [false, false, true]);
});

test("[LIC-2] then its feature: one it does not have, one that expired, one that does not float here", async () => {
  const cloud = makeFeature({ id: 504, code: "cloud", floats: { onPremise: false, cloud: true } });
  const old = makeFeature({ id: 505, code: "old", expiresAt: START, floats: { onPremise: false, cloud: false } });
  const soon = makeFeature({ id: 506, code: "soon", expiresAt: START + 1 });
  await licensed("features", { features: [render, cloud, old, soon] });
  for (const path of [
    "/api/v4/featureRegister",
    "/api/v4/check_license_feature",
    "/api/v4/featureRelease",
    "/api/v4/feature_release",
  ]) {
    const ask = (feature: string) =>
      server.post(path, { product: "features", feature, user: "ada", borrowed_until: "1999-01-01" });
    expectError(await ask("nothing"), "invalid_license_feature_code", "nothing");
    expectError(await ask("old"), "invalid_license_feature_code", "old");
    expectError(await ask("cloud"), "feature_not_floating");
    assert.match((await ask("soon")).json.code, /^(borrow_until_not_valid|floating_feature_device_not_in_use)$/);
  }
});

test("[LIC-2] the code in the message is the one that was sent, whatever it holds", async () => {
  for (const feature of ["$&", "$1 <about>", "`'\"\\", "a\nb", "<b>", "😀".repeat(255)]) {
    const reply = await server.post("/api/v4/featureRegister", { product: "features", feature, user: "ada" });
    assert.equal(reply.json.message, `License feature code: ${feature} is invalid or not assigned to the license.`);
  }
});

test("[LIC-3] a grace period extends a subscription that allows it, and nothing else", async () => {
  const grace = { validUntil: past, gracePeriodMs: HOUR_MS, allowGracePeriod: true };
  const register = (product: string) => server.post("/api/v4/register", { product, user: "ada" });
  await licensed("subscription", { ...grace, type: "subscription", consumption: null });
  expectReply("register", await register("subscription"));
  assert.equal((await server.get("/api/v4/license?product=subscription")).json.is_expired, false);
  await licensed("without leave", { ...grace, type: "subscription", consumption: null, allowGracePeriod: false });
  expectError(await register("without leave"), "license_expired");
  for (const type of ["perpetual", "time-limited"] as const) {
    await licensed(type, { ...grace, type, consumption: null });
    expectError(await register(type), "license_expired");
  }
});

// The last tests, because they move the clock.
test("[LIC-3] validity and grace end at their very instants", async () => {
  await licensed("ends", { validUntil: clock.wall() + HOUR_MS });
  const grace = { type: "subscription", consumption: null, allowGracePeriod: true, gracePeriodMs: 1_000 } as const;
  await licensed("grace", { ...grace, validUntil: clock.wall() + HOUR_MS });
  const register = (product: string) => server.post("/api/v4/register", { product, user: "ada" });
  clock.advance(HOUR_MS - 1);
  await expectEach("ends", "fine");
  clock.advance(1);
  await expectEach("ends", "license_expired");
  clock.advance(999);
  expectReply("register", await register("grace"));
  assert.equal((await server.get("/api/v4/license?product=grace")).json.is_expired, false);
  clock.advance(1);
  expectError(await register("grace"), "license_expired");
  assert.equal((await server.get("/api/v4/license?product=grace")).json.is_expired, true);
});

test("[LIC-1] a license that starts later begins at its very instant", async () => {
  await licensed("begins", { startsAt: clock.wall() + HOUR_MS });
  clock.advance(HOUR_MS - 1);
  await expectEach("begins", "license_not_active");
  clock.advance(1);
  await expectEach("begins", "fine");
});

test("[LIC-2] a feature that expires while it is used can be neither renewed nor released", async () => {
  const soon = makeFeature({ id: 507, code: "soon", expiresAt: clock.wall() + 1_000 });
  await licensed("expires", { features: [soon] });
  const send = (path: string) => server.post(path, { product: "expires", feature: "soon", user: "ada" });
  expectReply("featureRegister", await send("/api/v4/featureRegister"));
  clock.advance(1_000);
  for (const path of ["/api/v4/featureRegister", "/api/v4/featureRelease"]) {
    expectError(await send(path), "invalid_license_feature_code", "soon");
  }
});
