import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { License } from "../../src/domain/license.ts";
import { startFloatingServer } from "../support/floating-server.ts";
import { uploadLicense } from "../support/license-files.ts";
import { makeConsumption, makeFeature, makeProduct } from "../support/make-license.ts";
import { expectError, expectReply } from "./expect-reply.ts";
import { CUSTOMER, KEY, licenseOf, render, sampleLicense } from "./sample-licenses.ts";

const server = await startFloatingServer({ after });

const HOUR_MS = 3_600_000;
const license: License = sampleLicense({
  id: 1_734_000_000_000_101,
  type: "subscription",
  validUntil: Date.UTC(2026, 11, 31, 23, 59, 59, 999),
  startsAt: Date.UTC(2026, 0, 1),
  gracePeriodMs: 36 * HOUR_MS,
  allowGracePeriod: true,
  product: { ...makeProduct("cad"), id: 42, name: "CAD", metadata: { tier: "pro" }, preventVm: true },
  features: [render],
});
const details = {
  ...license.details,
  maintenanceUntil: Date.UTC(2026, 5, 30),
  isTrial: true,
  preventVm: true,
  maxActivations: 3,
  timesActivated: 2,
  transferCount: 1,
  maxTransfers: 4,
  orderStoreId: "order-7",
  metadata: { note: "for Ada", nested: { list: [1, null, true] } },
  customFields: [{ name: "site", value: "Berlin" }],
};
const imported = await server.import({ ...license, details });

/** The license as anyone may see it, before anyone uses it. */
const shown = {
  id: 1_734_000_000_000_101,
  license_type: "subscription",
  is_floating: true,
  is_floating_cloud: false,
  floating_timeout: 15,
  floating_users: 10,
  floating_in_use_devices: 0,
  is_borrowed: false,
  borrowed_until: null,
  can_borrow: true,
  max_borrow_time: 72,
  validity_period: "2026-12-31T23:59:59.999Z",
  maintenance_period: "2026-06-30T00:00:00.000Z",
  start_date: "2026-01-01T00:00:00.000Z",
  grace_period: 36,
  allow_grace_period: true,
  prevent_vm: true,
  is_trial: true,
  max_activations: 3,
  times_activated: 2,
  transfer_count: 1,
  max_transfers: 4,
  allow_unlimited_activations: false,
  metadata: { note: "for Ada", nested: { list: [1, null, true] } },
  custom_fields: [{ name: "site", value: "Berlin" }],
  customer: { email: "", company_name: "", first_name: "" },
  license_key: null,
  order_store_id: "order-7",
  license_active: true,
  license_enabled: true,
  is_expired: false,
  product_features: [
    {
      id: 501,
      license_id: 1_734_000_000_000_101,
      code: "render",
      name: "Render node",
      feature_type: "activation",
      expiry_date: null,
      metadata: {},
      is_floating: true,
      is_floating_cloud: false,
      floating_users: 2,
      floating_in_use_devices: 0,
      floating_timeout: 15,
      floating_end_date: null,
      can_borrow: true,
      max_borrow_time: 72,
      is_borrowed: false,
      borrowed_until: null,
    },
  ],
  product_details: {
    product_id: 42,
    product_name: "CAD",
    short_code: "cad",
    authorization_method: "license-key",
    metadata: { tier: "pro" },
    prevent_vm: true,
  },
};

test("[WIRE-8] GET license shows every field, and neither the key nor the customer", async () => {
  for (const query of ["product=cad", `license_id=${license.id}`, `product=cad&license_id=${license.id}`]) {
    assert.deepEqual(expectReply("license", await server.get(`/api/v4/license?${query}`)), shown);
  }
});

test("[WIRE-8] the upload, which only an admin makes, shows both", () => {
  assert.deepEqual(imported, { ...shown, license_key: KEY, customer: CUSTOMER });
});

test("[WIRE-8] GET licenses is an array of them, of one product or of all", async () => {
  const other = licenseOf("cam");
  await server.import(other);
  assert.deepEqual(expectReply("licenses", await server.get("/api/v4/licenses?product=cad")), [shown]);
  const ids = expectReply("licenses", await server.get("/api/v4/licenses")).map(({ id }: { id: number }) => id);
  assert.deepEqual(ids, [license.id, other.id]);
  expectError(await server.get("/api/v4/licenses?product=unknown"), "unknown_product");
});

test("[WIRE-8] register answers the license flat, with the seats in use and the object once more as a text", async () => {
  const reply = expectReply("register", await server.post("/api/v4/register", { product: "cad", user: "ada" }));
  const { floating_slots_in_use, license_json, ...object } = reply;
  assert.equal(floating_slots_in_use, 1);
  assert.equal(typeof license_json, "string");
  assert.deepEqual(JSON.parse(license_json), object);
  assert.deepEqual(object, { ...shown, floating_in_use_devices: 1 });
});

test("[WIRE-8] register shows the user's own borrow, others do not see it", async () => {
  const borrow = { product: "cad", user: "grace", borrowed_until: "2026-01-16" };
  const { license_json, ...reply } = expectReply("register", await server.post("/api/v4/register", borrow));
  for (const object of [reply, JSON.parse(license_json)]) {
    assert.equal(object.is_borrowed, true);
    assert.equal(object.borrowed_until, "2026-01-16T00:00:00.000Z");
  }
  const others = expectReply("register", await server.post("/api/v4/register", { product: "cad", user: "ada" }));
  assert.deepEqual([others.is_borrowed, others.borrowed_until], [false, null]);
  assert.equal((await server.get("/api/v4/license?product=cad")).json.is_borrowed, false);
});

test("[WIRE-8] a metered license adds its counter; one without any does not have the fields", async () => {
  const consumption = makeConsumption({ max: 5, initialTotal: 2, allowNegative: true, resets: "annually" });
  const tokens = makeFeature({
    id: 502,
    code: "tokens",
    type: "consumption",
    consumption: makeConsumption({ unlimited: true }),
  });
  const metered = licenseOf("metered", { type: "consumption", consumption, features: [render, tokens] });
  await server.import(metered);
  const object = expectReply("license", await server.get("/api/v4/license?product=metered"));
  const counter = {
    max_consumptions: 5,
    total_consumptions: 2,
    max_overages: 0,
    allow_overages: false,
    allow_unlimited_consumptions: false,
    allow_negative_consumptions: true,
    reset_consumption: true,
    consumption_period: "annually",
  };
  assert.deepEqual({ ...object, ...counter }, object);
  assert.deepEqual(Object.keys(object).toSorted(), [...Object.keys(shown), ...Object.keys(counter)].toSorted());
  const { max_consumptions: _, ...featureCounter } = { ...counter, max_consumption: 100, total_consumptions: 0 };
  const unlimited = {
    allow_unlimited_consumptions: true,
    allow_negative_consumptions: false,
    reset_consumption: false,
    consumption_period: null,
  };
  const feature = object.product_features[1];
  assert.deepEqual({ ...feature, ...featureCounter, ...unlimited }, feature);
  assert.ok(!("max_consumption" in object.product_features[0]));
});

test("[WIRE-8] a user-based license has a top-level user that is null, and no license_key", async () => {
  const byUser = licenseOf("by-user", { product: { ...makeProduct("by-user"), authorizationMethod: "user" } });
  const upload = await (await uploadLicense(server.url, await server.answer(byUser))).json();
  const registered = expectReply(
    "register",
    await server.post("/api/v4/register", { product: "by-user", user: "ada" }),
  );
  const seen = expectReply("license", await server.get("/api/v4/license?product=by-user"));
  for (const object of [upload, registered, JSON.parse(registered.license_json), seen]) {
    assert.equal((object as { user: null }).user, null);
    assert.ok(!("license_key" in (object as object)));
  }
});

test("[WIRE-8] no reply to anyone but an admin holds the key, the customer, or the server's hardware id", async () => {
  const user = { product: "cad", user: "ada", feature: "render" };
  const replies = await Promise.all([
    server.get("/api/v4/licenses"),
    server.get("/api/v4/license?product=cad"),
    server.get("/health"),
    server.get("/"),
    ...["register", "borrow", "featureRegister", "featureRelease", "unregister"].map((name) =>
      server.post(`/api/v4/${name}`, user),
    ),
    server.post("/api/v4/register", { product: KEY, user: "ada" }),
    server.post("/api/v4/add_consumption", { product: "metered", user: "ada" }),
    server.post("/api/v4/add_feature_consumption", { product: "metered", feature: "tokens", user: "ada" }),
  ]);
  for (const secret of [KEY, ...Object.values(CUSTOMER).filter((value) => value !== "Ada"), server.hardwareId]) {
    for (const reply of replies) assert.ok(!reply.text.includes(secret), reply.text);
  }
});
