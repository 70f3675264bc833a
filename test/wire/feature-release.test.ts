import assert from "node:assert/strict";
import { after, test } from "node:test";
import { startFloatingServer } from "../support/floating-server.ts";
import { expectError, expectReply } from "./expect-reply.ts";
import { GRACE_MS, licenseOf, render, TIMEOUT_MS } from "./sample-licenses.ts";

const server = await startFloatingServer({ after });
const { clock } = server;

const viewer = { ...render, id: 502, code: "view" };

async function licensed(product: string) {
  const license = licenseOf(product, { features: [render, viewer] });
  await server.import(license);
  const send =
    (path: string) =>
    (user: string, feature: string, fields: object = {}) =>
      server.post(path, { product, feature, user, ...fields });
  const seats = async () =>
    (await server.store.seats(license.id)).map(({ seat }) => `${seat.holder} ${seat.featureId || "license"}`);
  return { license, seats, register: send("/api/v4/featureRegister"), release: send("/api/v4/featureRelease") };
}

for (const path of ["/api/v4/featureRelease", "/api/v4/feature_release"]) {
  test(`[REL-1] [WIRE-9] POST ${path} ends the seat, and answers a JSON string literal`, async () => {
    const { register, seats } = await licensed(path);
    expectReply("featureRegister", await register("ada", "render"));
    const reply = await server.post(path, { product: path, feature: "render", user: "ada" });
    assert.equal(expectReply("featureRelease", reply), "feature_released");
    assert.equal(reply.text, '"feature_released"');
    assert.deepEqual(await seats(), []);
  });
}

test("[REL-1] releasing what the user does not hold is floating_feature_device_not_in_use", async () => {
  const { register, release } = await licensed("not held");
  expectReply("featureRegister", await register("ada", "render"));
  expectError(await release("grace", "render"), "floating_feature_device_not_in_use");
  expectError(await release("ada", "view"), "floating_feature_device_not_in_use");
  expectReply("featureRelease", await release("ada", "render"));
  expectError(await release("ada", "render"), "floating_feature_device_not_in_use");
});

test("[TIME-1] a seat that has run out cannot be released any more", async () => {
  const { register, release } = await licensed("run out");
  expectReply("featureRegister", await register("ada", "render"));
  clock.advance(TIMEOUT_MS + GRACE_MS);
  expectError(await release("ada", "render"), "floating_feature_device_not_in_use");
});

test("[REL-1] the on-demand license seat ends with the last feature seat, and not before", async () => {
  const { register, release, seats } = await licensed("last");
  for (const feature of ["render", "view"]) expectReply("featureRegister", await register("ada", feature));
  expectReply("featureRelease", await release("ada", "render"));
  assert.deepEqual((await seats()).sort(), ["ada 502", "ada license"]);
  expectReply("featureRelease", await release("ada", "view"));
  assert.deepEqual(await seats(), []);
});

test("[REL-1] a license seat that was asked for stays", async () => {
  const { register, release, seats } = await licensed("asked for");
  expectReply("register", await server.post("/api/v4/register", { product: "asked for", user: "ada" }));
  expectReply("featureRegister", await register("ada", "render"));
  expectReply("featureRelease", await release("ada", "render"));
  assert.deepEqual(await seats(), ["ada license"]);
});

test("[REL-1] a release ends the borrow, too", async () => {
  const { register, release, seats } = await licensed("borrowed");
  const borrowed = await register("ada", "render", { borrowed_until: "2026-01-17" });
  assert.equal(expectReply("featureRegister", borrowed).is_borrowed, true);
  expectReply("featureRelease", await release("ada", "render"));
  assert.deepEqual(await seats(), []);
  assert.equal(expectReply("featureRegister", await register("ada", "render")).is_borrowed, false);
});

test("[REL-1] a release takes everything a register takes, borrow dates of any kind included, and looks at none of it", async () => {
  const { register, release } = await licensed("all fields");
  const fields = {
    os_hostname: "h",
    ip_local: null,
    user_info: "",
    registered_at: "?",
    borrowed_until: "soon",
    sdk_ver: "1",
    app_ver: "2",
  };
  expectReply("featureRegister", await register("ada", "render"));
  expectReply("featureRelease", await release("ada", "render", fields));
});
