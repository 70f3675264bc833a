import assert from "node:assert/strict";
import { join } from "node:path";
import { after, type TestContext, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { createApiToken } from "../../src/use-cases/admins/api-tokens.ts";
import { createAdmin } from "../../src/use-cases/admins/create-admin.ts";
import { rotateSigningKey } from "../../src/use-cases/vendor/keys/rotate-signing-key.ts";
import { granted, makeIssued, makeProductWith } from "../support/make-products.ts";
import { usePostgresServer } from "../support/postgres-server.ts";
import { useTempFolder } from "../support/temp-folder.ts";
import { startVendorServer } from "../support/vendor-server.ts";

const server = await usePostgresServer({ after });

/** Two nodes of a vendor, with the same database and key file. */
async function startNodes(t: TestContext) {
  const config = { "store.url": await server.makeDatabase(), "key-file": join(useTempFolder(t), "seatkeeper.key") };
  const first = await startVendorServer(t, { config });
  const second = await startVendorServer(t, { config });
  await makeProductWith(first.side, { code: "cad", name: "CAD" });
  await makeIssued(first.side, { product: "cad", key: "K-1" });
  return { config, first, second };
}

const DEVICE = { product: "cad", license_key: "K-1", hardware_id: "hw-1" };
const SEAT = { ...DEVICE, feature: "export" };

test("[STORE-9] a device that one node activated takes, renews and releases its seat at any other", async (t) => {
  const { first, second } = await startNodes(t);
  assert.equal((await first.post("/activate_license", DEVICE)).status, 200);
  const seat = await second.get("/check_license_feature", SEAT, second.authorize(first.key));
  assert.equal(seat.status, 200);
  assert.equal((await first.get("/check_license_feature", SEAT)).status, 200);
  const events = await second.side.store.events(0, 1_000);
  const told = events.map(({ kind }) => kind).filter((kind) => kind.startsWith("seat_"));
  assert.deepEqual(told, ["seat_granted", "seat_renewed"]);
  assert.equal((await second.post("/floating/feature_release", SEAT)).status, 200);
  assert.deepEqual(await first.side.store.seats(), []);
  assert.equal((await first.side.store.verifyEvents()).brokenAt, null);
});

test("[STORE-9] [SIGN-5] a node signs with the key that another has made, and follows a rotation", async (t) => {
  const { first, second } = await startNodes(t);
  assert.deepEqual(second.side.keys.publicKeys, first.side.keys.publicKeys);
  await rotateSigningKey(first.side, first.side.keys);
  const [current] = first.side.keys.publicKeys;
  while (second.side.keys.publicKeys[0] !== current) await pause(20);
  assert.deepEqual(second.side.keys.publicKeys, first.side.keys.publicKeys);
});

test("[SEC-1] a node without the others' key file does not start", async (t) => {
  const { config } = await startNodes(t);
  const other = { ...config, "key-file": join(useTempFolder(t), "other.key") };
  await assert.rejects(startVendorServer(t, { config: other }), { name: "Fault", code: "config_invalid" });
});

test("[MANAGE-8] live events at one node tell of what another did, within a second", async (t) => {
  const { first, second } = await startNodes(t);
  granted(await createAdmin(first.side.store, { name: "ann", password: "correct horse battery", role: "admin" }));
  const { token } = granted(await createApiToken(first.side.store, { name: "live", role: "viewer" }));
  await first.post("/activate_license", DEVICE);
  const response = await fetch(`${second.side.managementUrl}/manage/v1/live`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const texts = response.body?.pipeThrough(new TextDecoderStream())[Symbol.asyncIterator]();
  let heard = "";
  const hear = async (part: string) => {
    while (!heard.includes(part)) {
      const { value, done } = (await texts?.next()) ?? { value: "", done: true };
      if (done) throw new Error("the stream has ended");
      heard += value;
    }
  };
  await hear("id: ");
  const begun = performance.now();
  await first.get("/check_license_feature", SEAT);
  await hear('"in_use":1');
  const ms = performance.now() - begun;
  assert.ok(ms < 1_000, `${ms} ms`);
  t.diagnostic(`${Math.round(ms)} ms`);
  await texts?.return?.(undefined);
});
