import assert from "node:assert/strict";
import { after, test } from "node:test";
import { startFloatingServer } from "../support/floating-server.ts";
import { expectError, expectReply } from "./expect-reply.ts";
import { GRACE_MS, licenseOf, MAX_BORROW_MS, render, TIMEOUT_MS } from "./sample-licenses.ts";

const server = await startFloatingServer({ after });
const { clock } = server;

const iso = (at: number) => new Date(at).toISOString();
const later = (ms: number) => iso(clock.wall() + ms);
const HOUR_MS = 3_600_000;

async function licensed(product: string, overrides: Parameters<typeof licenseOf>[1] = {}) {
  const license = licenseOf(product, { capacity: 2, ...overrides });
  await server.import(license);
  const post =
    (path: string) =>
    (user: string, fields: object = {}) =>
      server.post(path, { product, user, feature: "render", ...fields });
  return {
    license,
    borrow: post("/api/v4/borrow"),
    register: post("/api/v4/register"),
    use: post("/api/v4/featureRegister"),
  };
}

const NAMES = ["/api/v4/borrow", "/api/v4/floating/borrow", "/api/v4/floatingborrow", "/api/v4/api/v4/borrow"];

for (const [index, path] of NAMES.entries()) {
  test(`[BORROW-1] POST ${path} keeps a license seat until the instant it names`, async () => {
    const { license } = await licensed(`name ${index}`);
    const borrowed_until = later(5 * HOUR_MS);
    const reply = expectReply(
      "borrow",
      await server.post(path, { product: `name ${index}`, user: "ada", borrowed_until }),
    );
    const [record] = await server.store.seats(license.id);
    assert.deepEqual(reply, {
      license_id: license.id,
      device_id: record?.seat.id,
      borrowed_until,
      max_borrow_time: 72,
      is_borrowed: true,
      floating_slots_in_use: 1,
    });
    assert.deepEqual(Object.keys(reply), [
      "license_id",
      "device_id",
      "borrowed_until",
      "max_borrow_time",
      "is_borrowed",
      "floating_slots_in_use",
    ]);
  });
}

test("[BORROW-1] a borrow needs no heartbeat, and ends at its instant", async () => {
  const { license, borrow, register } = await licensed("keeps", { capacity: 1 });
  const end = clock.wall() + 2 * HOUR_MS;
  expectReply("borrow", await borrow("ada", { borrowed_until: iso(end) }));
  clock.advance(2 * HOUR_MS - 1);
  const refused = await register("grace");
  expectError(refused, "floating_not_available");
  assert.equal(refused.headers["retry-after"], "1");
  clock.advance(1);
  expectReply("register", await register("grace"));
  assert.deepEqual(
    (await server.store.seats(license.id)).map(({ seat }) => seat.holder),
    ["grace"],
  );
});

test("[BORROW-4] left out, null, empty and Go's zero time are the longest allowed on /borrow, and no borrow elsewhere", async () => {
  const { borrow, register, use } = await licensed("none");
  const none = [undefined, null, "", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z", "0001-01-01"];
  for (const borrowed_until of none) {
    for (const [route, send] of [
      ["register", register],
      ["featureRegister", use],
    ] as const) {
      const reply = expectReply(route, await send("ada", { borrowed_until }));
      assert.deepEqual([reply.is_borrowed, reply.borrowed_until], [false, null]);
    }
  }
  for (const borrowed_until of none) {
    clock.advance(1_000);
    const reply = expectReply("borrow", await borrow("grace", { borrowed_until }));
    assert.equal(reply.borrowed_until, later(MAX_BORROW_MS));
  }
});

test("[BORROW-4] borrow_until is another name of borrowed_until", async () => {
  const { borrow, use } = await licensed("other name");
  const borrow_until = later(HOUR_MS);
  assert.equal(expectReply("borrow", await borrow("ada", { borrow_until })).borrowed_until, borrow_until);
  assert.equal(expectReply("featureRegister", await use("ada", { borrow_until })).borrowed_until, borrow_until);
  const both = { borrow_until, borrowed_until: null };
  assert.equal(expectReply("featureRegister", await use("grace", both)).borrowed_until, borrow_until);
});

test("[WIRE-6] a borrow date may be in any of the forms that dates have", async () => {
  const { use } = await licensed("forms", {
    features: [{ ...render, maxBorrowMs: 72 * HOUR_MS, capacity: 99 }],
    capacity: 99,
  });
  const noon = new Date(clock.wall() + 24 * HOUR_MS);
  noon.setUTCHours(12, 0, 0, 0);
  const day = noon.toISOString().slice(0, 10);
  for (const [text, expected] of [
    [`${day}T12:00:00Z`, iso(noon.getTime())],
    [`${day}T12:00:00.000Z`, iso(noon.getTime())],
    [`${day}T14:00:00+02:00`, iso(noon.getTime())],
    [`${day}T12:00:00.123456789Z`, iso(noon.getTime() + 123)],
    [`${day} 12:00`, iso(noon.getTime())],
    [`${day} 12:00:00`, iso(noon.getTime())],
    [`${day} 12:00:00.5`, iso(noon.getTime() + 500)],
    [day, iso(noon.getTime() - 12 * HOUR_MS)],
  ] as const) {
    assert.equal(
      expectReply("featureRegister", await use(`user ${text}`, { borrowed_until: text })).borrowed_until,
      expected,
      text,
    );
  }
});

test("[BORROW-2] a date that is past, too far or unreadable is borrow_until_not_valid, and nothing is taken or renewed", async () => {
  const { license, borrow, register, use } = await licensed("bad dates");
  expectReply("featureRegister", await use("grace"));
  const before = await server.store.seats(license.id);
  clock.advance(1_000);
  const bad = [
    later(0),
    later(-1),
    later(MAX_BORROW_MS + 1),
    "1999-01-01",
    "9999-12-31",
    "tomorrow",
    "2026-02-30",
    " ",
    "0",
  ];
  for (const borrowed_until of bad) {
    for (const user of ["ada", "grace"]) {
      for (const send of [borrow, register, use])
        expectError(await send(user, { borrowed_until }), "borrow_until_not_valid");
    }
  }
  assert.deepEqual(await server.store.seats(license.id), before);
  expectReply("borrow", await borrow("ada", { borrowed_until: later(1) }));
  expectReply("borrow", await borrow("grace", { borrowed_until: later(MAX_BORROW_MS) }));
});

test("[BORROW-2] a date of another type is validation_error", async () => {
  const { borrow, register, use } = await licensed("types");
  for (const value of [1_768_473_000_000, true, [], {}, "a".repeat(1_025), "\0"]) {
    for (const send of [borrow, register, use]) {
      expectError(await send("ada", { borrowed_until: value }), "validation_error", "borrowed_until");
      expectError(await send("ada", { borrow_until: value }), "validation_error", "borrow_until");
    }
  }
});

test("[BORROW-1] what cannot be borrowed is license_borrow_not_allowed, and nothing is taken", async () => {
  for (const [product, terms] of [
    ["not allowed", { canBorrow: false }],
    ["no time", { maxBorrowMs: 0 }],
  ] as const) {
    const { license, borrow, register, use } = await licensed(product, {
      ...terms,
      features: [{ ...render, ...terms }],
    });
    expectError(await borrow("ada"), "license_borrow_not_allowed");
    for (const borrowed_until of [later(HOUR_MS), "soon"]) {
      for (const send of [borrow, register, use])
        expectError(await send("ada", { borrowed_until }), "license_borrow_not_allowed");
    }
    assert.deepEqual(await server.store.seats(license.id), []);
    expectReply("featureRegister", await use("ada"));
    expectReply("register", await register("ada"));
  }
});

test("[BORROW-3] a renewal never shortens a borrow: of two dates the later holds", async () => {
  const { register, use } = await licensed("renewed");
  const [near, far] = [later(HOUR_MS), later(2 * HOUR_MS)];
  for (const [route, send] of [
    ["register", register],
    ["featureRegister", use],
  ] as const) {
    const until = async (borrowed_until?: string) =>
      expectReply(route, await send("ada", { borrowed_until })).borrowed_until;
    assert.equal(await until(near), near);
    assert.equal(await until(far), far);
    assert.equal(await until(near), far);
    assert.equal(await until(), far);
  }
  assert.equal(expectReply("featureRegister", await use("ada")).floating_end_date, far);
  clock.advance(2 * HOUR_MS);
  assert.equal(
    expectReply("featureRegister", await use("ada")).is_borrowed,
    false,
    "a new seat, after the old one's end",
  );
});

test("[BORROW-3] a second /borrow moves the date, in both directions", async () => {
  const { borrow } = await licensed("moved");
  for (const hours of [10, 20, 5]) {
    const borrowed_until = later(hours * HOUR_MS);
    const reply = expectReply("borrow", await borrow("ada", { borrowed_until }));
    assert.deepEqual([reply.borrowed_until, reply.floating_slots_in_use], [borrowed_until, 1]);
  }
});

test("[BORROW-1] /borrow registers first where needed, and a full license is floating_not_available", async () => {
  const { borrow, register } = await licensed("full");
  expectReply("borrow", await borrow("ada", { borrowed_until: later(10 * HOUR_MS) }));
  expectReply("register", await register("grace"));
  const refused = await borrow("linus");
  expectError(refused, "floating_not_available");
  assert.equal(refused.headers["retry-after"], String((TIMEOUT_MS + GRACE_MS) / 1_000));
  expectReply("borrow", await borrow("grace"));
});

test("[WIRE-7] a borrow shorter than the timeout ends nothing early: the later of the two holds", async () => {
  const { use } = await licensed("short");
  const borrowed_until = later(60_000);
  const reply = expectReply("featureRegister", await use("ada", { borrowed_until }));
  assert.equal(reply.floating_end_date, later(TIMEOUT_MS));
  clock.advance(TIMEOUT_MS);
  const renewed = expectReply("featureRegister", await use("ada"));
  assert.deepEqual([renewed.is_borrowed, renewed.floating_in_use_devices], [false, 1]);
});

test("[WIRE-5] however far a borrow may reach, its date has a year of four digits", async () => {
  const forever = { maxBorrowMs: 100_000_000 * HOUR_MS };
  const { borrow } = await licensed("forever", forever);
  assert.match(expectReply("borrow", await borrow("ada")).borrowed_until, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
});
