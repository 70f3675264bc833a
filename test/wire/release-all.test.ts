import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { after, beforeEach, test } from "node:test";
import { startFloatingServer } from "../support/floating-server.ts";
import { expectError, expectReply } from "./expect-reply.ts";
import { licenseOf, render } from "./sample-licenses.ts";

const viewer = { ...render, id: 502, code: "view" };
const features = [render, viewer];
const first = licenseOf("cad", { features });
const second = licenseOf("cad", { features });
const other = licenseOf("cam", { features });
const expired = licenseOf("old", { features, validUntil: Date.UTC(2026, 0, 15, 11) });
const server = await startFloatingServer({ after }, { licenses: [first, second, other, expired] });

const NAMES = new Map([
  [first.id, "first"],
  [second.id, "second"],
  [other.id, "other"],
  [expired.id, "expired"],
]);

/** Every seat: whose it is, of which license, of which feature. */
async function seats(): Promise<string[]> {
  const records = await server.store.seats();
  return records
    .map(({ seat }) => [
      seat.holder,
      NAMES.get(seat.licenseId),
      ["", "render", "view"][Math.max(0, seat.featureId - 500)],
    ])
    .map((parts) => parts.filter((part) => part !== "").join(" "))
    .sort();
}

/** Ada takes features everywhere. */
async function takeFeatures(): Promise<void> {
  const bodies = [first, second, other].flatMap((license) =>
    features.map(({ code }) => ({ product: license.product.code, license_id: license.id, feature: code, user: "ada" })),
  );
  const replies = await Promise.all(bodies.map((body) => server.post("/api/v4/featureRegister", body)));
  for (const reply of replies) expectReply("featureRegister", reply);
}

// Ada has features everywhere, the first license's with a license seat that she asked for; Grace a license seat only.
beforeEach(async () => {
  assert.equal((await server.get("/api/v4/unregister/all")).text, '""');
  for (const user of ["ada", "grace"]) {
    expectReply("register", await server.post("/api/v4/register", { product: "cad", user, license_id: first.id }));
  }
  await takeFeatures();
  const borrow = { product: "old", feature: "render", user: "ada", borrowed_until: "2026-01-16" };
  expectReply("featureRegister", await server.post("/api/v4/featureRegister", borrow));
  assert.equal((await seats()).length, 12);
});

const ALL = "/api/v4/featureRelease/all";
const KEPT = ["ada first", "grace first"];

for (const path of [ALL, "/api/v4/feature_release/all"]) {
  for (const method of ["GET", "POST"]) {
    test(`[REL-3] ${method} ${path} ends every feature seat; license seats that were asked for stay`, async () => {
      const reply = await server.send({ method, path });
      assert.equal(expectReply("featureReleaseAll", reply), "");
      assert.equal(reply.text, '""');
      assert.deepEqual(await seats(), KEPT);
    });
  }
}

/** How many commits there have been, read from the file as another program would. */
function commits(): number {
  const db = new DatabaseSync(server.databaseFile, { readOnly: true });
  const row = db.prepare("SELECT commits FROM clock").get();
  db.close();
  return row?.["commits"] as number;
}

test("[REL-3] all of it is one commit, with an event for each feature seat", async () => {
  const last = (await server.store.events(0, -1)).length;
  const before = commits();
  await server.get(ALL);
  assert.equal(commits(), before + 1);
  const events = await server.store.events(last, -1);
  assert.deepEqual(
    events.map(({ kind }) => kind),
    Array.from({ length: 7 }, () => "seat_released"),
  );
});

for (const [what, filter, gone] of [
  ["product", { product: "cam" }, /^ada other/],
  ["product of two licenses", { product: "cad" }, /^ada (first .|second)/],
  ["license_id", { license_id: second.id }, /^ada second/],
  ["license_id in digits", { license_id: String(second.id) }, /^ada second/],
  ["product and license_id", { product: "cad", license_id: first.id }, /^ada first ./],
  ["feature", { feature: "view" }, /view$/],
  ["feature of a product", { product: "cad", feature: "render" }, /(first|second) render$/],
] as const) {
  test(`[REL-3] ${what} narrows it, in the query and in the body`, async () => {
    const before = await seats();
    // Whose last feature seat ends loses the license seat that was only there for it.
    const rest = before.filter((seat) => !gone.test(seat));
    const query = new URLSearchParams(Object.entries(filter).map(([name, value]) => [name, String(value)]));
    await server.get(`${ALL}?${query}`);
    const left = await seats();
    assert.deepEqual(
      left.filter((seat) => gone.test(seat)),
      [],
    );
    for (const seat of rest) {
      const isOnDemand = seat.split(" ").length === 2 && !KEPT.includes(seat);
      const isNeeded = left.some((each) => each.startsWith(`${seat} `));
      assert.equal(left.includes(seat), !isOnDemand || isNeeded, seat);
    }
  });

  test(`[REL-3] the filter ${what} means the same in a POST's body and in its query`, async () => {
    const query = new URLSearchParams(
      Object.entries(filter).map(([name, value]) => [name.toUpperCase(), String(value)]),
    );
    expectReply("featureReleaseAll", await server.post(`${ALL}?${query}`));
    const byQuery = await seats();
    assert.ok(byQuery.length < 12);
    await takeFeatures();
    expectReply("featureReleaseAll", await server.post(ALL, filter));
    assert.deepEqual(await seats(), byQuery);
  });
}

for (const path of [ALL, "/api/v4/unregister/all"]) {
  for (const [filter, code] of [
    [{ product: "unknown" }, "unknown_product"],
    [{ product: "cad", license_id: other.id }, "license_not_found"],
    [{ license_id: 7 }, "license_not_found"],
    [{ feature: "unknown" }, "invalid_license_feature_code"],
    [{ product: "cad", feature: "Render" }, "invalid_license_feature_code"],
    [{ product: "" }, "validation_error"],
    [{ license_id: "x" }, "validation_error"],
  ] as const) {
    test(`[REL-3] ${path} with ${JSON.stringify(filter)} is ${code}, and nothing ends`, async () => {
      const query = new URLSearchParams(Object.entries(filter).map(([name, value]) => [name, String(value)]));
      for (const reply of [await server.get(`${path}?${query}`), await server.post(path, filter)]) {
        expectError(reply, code);
        assert.equal((await seats()).length, 12);
      }
    });
  }
}

test("[REL-4] unregister/all ends every license seat and the feature seats of their users", async () => {
  for (const method of ["GET", "POST"]) {
    const reply = await server.send({ method, path: "/api/v4/unregister/all" });
    assert.equal(expectReply("unregisterAll", reply), "");
    assert.equal(reply.text, '""');
    assert.deepEqual(await seats(), []);
    expectReply("register", await server.post("/api/v4/register", { product: "cam", user: "ada" }));
  }
});

test("[REL-4] with a filter, only the license seats that it chooses end", async () => {
  await server.get(`/api/v4/unregister/all?license_id=${first.id}`);
  assert.deepEqual(
    (await seats()).filter((seat) => seat.includes("first")),
    [],
  );
  assert.equal((await seats()).length, 8);
  await server.post("/api/v4/unregister/all", { product: "cad" });
  assert.deepEqual(
    (await seats()).filter((seat) => seat.includes("second")),
    [],
  );
  assert.equal((await seats()).length, 5);
});

test("[REL-4] with a feature, only its users are unregistered", async () => {
  await server.get(`/api/v4/unregister/all?feature=render&license_id=${first.id}`);
  assert.deepEqual(
    (await seats()).filter((seat) => seat.includes("first")),
    ["grace first"],
  );
});

// The last test, because it moves the clock.
test("[REL-3] no license state stops a release of all", async () => {
  server.clock.advance(3_600_000);
  assert.equal((await server.get("/api/v4/license?product=old")).json.is_expired, true);
  assert.deepEqual(await seats(), ["ada expired", "ada expired render"], "borrowed, beyond the end of the license");
  assert.equal((await server.get(`${ALL}?product=old`)).text, '""');
  assert.deepEqual(await seats(), []);
});
