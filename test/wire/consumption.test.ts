import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { ConsumptionTerms } from "../../src/domain/license.ts";
import { startFloatingServer } from "../support/floating-server.ts";
import { expectError, expectReply } from "./expect-reply.ts";
import { importMetered } from "./metered.ts";
import { licenseOf } from "./sample-licenses.ts";

const server = await startFloatingServer({ after });
const { clock } = server;

const MAX = Number.MAX_SAFE_INTEGER;

const metered = (product: string, terms?: Partial<ConsumptionTerms>) => importMetered(server, product, terms);

test("[CONS-1] add_consumption answers the license's counter", async () => {
  const terms = {
    max: 20,
    initialTotal: 3,
    allowNegative: true,
    allowOverages: true,
    maxOverages: 5,
    resets: "weekly",
  } as const;
  const { license, onLicense } = await metered("reply", terms);
  const reply = expectReply("addConsumption", await onLicense.send({ consumptions: 4 }));
  assert.deepEqual(reply, {
    id: license.id,
    max_consumptions: 20,
    total_consumptions: 7,
    max_overages: 5,
    allow_overages: true,
    allow_unlimited_consumptions: false,
    allow_negative_consumptions: true,
    reset_consumption: true,
    consumption_period: "weekly",
  });
});

test("[CONS-1] add_feature_consumption answers the feature's, under both names of the maximum, with its floating fields", async () => {
  const { license, onFeature } = await metered("feature reply", { initialTotal: 1 });
  const use = { product: "feature reply", feature: "tokens", user: "grace" };
  expectReply("featureRegister", await server.post("/api/v4/featureRegister", use));
  const reply = expectReply("addFeatureConsumption", await onFeature.send({ consumptions: 2 }));
  assert.deepEqual(reply, {
    id: 503,
    license_id: license.id,
    code: "tokens",
    name: "Tokens",
    feature_type: "consumption",
    expiry_date: null,
    metadata: {},
    is_floating: true,
    is_floating_cloud: false,
    floating_users: 3,
    floating_in_use_devices: 1,
    floating_timeout: 15,
    floating_end_date: null,
    can_borrow: true,
    max_borrow_time: 72,
    is_borrowed: false,
    borrowed_until: null,
    max_consumption: 10,
    max_consumptions: 10,
    total_consumptions: 3,
    max_overages: 0,
    allow_overages: false,
    allow_unlimited_consumptions: false,
    allow_negative_consumptions: false,
    reset_consumption: false,
    consumption_period: null,
  });
});

test("[CONS-1] without an amount it is 1; 0 counts nothing; digits in a string count like numbers", async () => {
  const { ways } = await metered("amounts");
  for (const { add } of ways) {
    assert.equal(await add(undefined), 1);
    assert.equal(await add(null), 2);
    assert.equal(await add(0), 2);
    assert.equal(await add("3"), 5);
    assert.equal(await add("+1"), 6);
    assert.equal(await add("-0"), 6);
  }
});

test("[WIRE-4] an amount is a whole number up to 2^53−1, and nothing else is read as one", async () => {
  const { ways } = await metered("bad amounts");
  for (const { send, total } of ways) {
    for (const bad of [
      1.5,
      "1.5",
      "",
      " 1",
      "one",
      "1e2",
      "0x1",
      true,
      [],
      {},
      MAX + 1,
      "9007199254740992",
      -MAX - 1,
    ]) {
      expectError(await send({ consumptions: bad }), "validation_error", "consumptions");
    }
    for (const bad of [-1, 1.5, "x", true, MAX + 1]) {
      expectError(await send({ max_overages: bad }), "validation_error", "max_overages");
    }
    for (const bad of ["yes", "TRUE", 1, 0, "", []]) {
      expectError(await send({ allow_overages: bad }), "validation_error", "allow_overages");
      expectError(await send({ allowOverages: bad }), "validation_error", "allowOverages");
    }
    expectError(await send({ user: 7 }), "validation_error", "user");
    assert.equal(await total(), 0);
  }
});

test("[WIRE-4] a negative max_overages in digits is refused like a negative number", async () => {
  const { ways } = await metered("negative digits");
  for (const { send } of ways) {
    expectError(await send({ max_overages: "-5" }), "validation_error", "max_overages");
  }
});

test("[CONS-1] an addition never brings the total past the maximum, and a refused one counts nothing", async () => {
  const { ways } = await metered("limit");
  for (const { add, send, full, total } of ways) {
    assert.equal(await add(9), 9);
    expectError(await send({ consumptions: 2 }), full);
    expectError(await send({ consumptions: MAX }), full);
    assert.equal(await add(1), 10);
    expectError(await send({}), full);
    assert.equal(await add(0), 10);
    assert.equal(await total(), 10);
  }
});

test("[CONS-1] fifty additions at once count each exactly once", async () => {
  const { ways } = await metered("rush", { max: 33 });
  for (const { send, total, full } of ways) {
    const replies = await Promise.all(Array.from({ length: 50 }, () => send({})));
    const totals = replies.filter(({ status }) => status === 200).map(({ json }) => json.total_consumptions);
    assert.deepEqual(
      totals.sort((a, b) => a - b),
      Array.from({ length: 33 }, (_, index) => index + 1),
    );
    for (const reply of replies.filter(({ status }) => status !== 200)) expectError(reply, full);
    assert.equal(await total(), 33);
  }
});

test("[CONS-1] a license or feature that is not metered says so, and so does one that does not exist", async () => {
  await server.import(licenseOf("plain"));
  expectError(
    await server.post("/api/v4/add_consumption", { product: "plain", user: "ada" }),
    "license_not_consumption",
  );
  const feature = (code: string) =>
    server.post("/api/v4/add_feature_consumption", { product: "plain", feature: code, user: "ada" });
  expectError(await feature("render"), "unsupported_product_feature");
  expectError(await feature("nothing"), "invalid_license_feature_code", "nothing");
});

test("[CONS-3] a negative amount needs leave, and never brings the total below 0", async () => {
  const allowed = await metered("negative", { allowNegative: true });
  for (const { add, send, total } of allowed.ways) {
    expectError(await send({ consumptions: -1 }), "negative_consumptions_not_allowed");
    assert.equal(await add(5), 5);
    assert.equal(await add(-2), 3);
    assert.equal(await add("-3"), 0);
    expectError(await send({ consumptions: -1 }), "negative_consumptions_not_allowed");
    assert.equal(await total(), 0);
  }
  const refused = await metered("positive only");
  for (const { add, send, total } of refused.ways) {
    await add(5);
    expectError(await send({ consumptions: -1 }), "negative_consumptions_not_allowed");
    assert.equal(await total(), 5);
  }
});

// The last test, because it moves the clock.
test("[CONS-5] a total with a reset period starts again at 0 at the period's start in UTC", async () => {
  const starts = {
    daily: [2026, 0, 16],
    weekly: [2026, 0, 19],
    monthly: [2026, 1, 1],
    annually: [2027, 0, 1],
  } as const;
  for (const [resets, [year, month, day]] of Object.entries(starts)) {
    const { ways } = await metered(resets, { resets: resets as keyof typeof starts });
    const before = clock.wall();
    for (const { add } of ways) assert.equal(await add(4), 4);
    const start = Date.UTC(year, month, day);
    clock.advance(start - 1 - before);
    for (const { add } of ways) assert.equal(await add(1), 5);
    clock.advance(1);
    for (const { add, total } of ways) {
      assert.equal(await total(), 0);
      assert.equal(await add(2), 2);
    }
  }
});
