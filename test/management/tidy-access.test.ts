import assert from "node:assert/strict";
import { test } from "node:test";
import { tidyAccess } from "../../src/use-cases/admins/tidy-access.ts";
import { clientOf } from "../support/management-client.ts";
import { startVendorServer } from "../support/vendor-server.ts";
import { logIn, makeAdmin } from "./log-in.ts";

const HOUR_MS = 3_600_000;

test("[ADMIN-3] [MANAGE-6] ended sessions and old idempotency keys are forgotten, and others are not", async (t) => {
  const server = await startVendorServer(t);
  const { side, clock } = server;
  await makeAdmin(server, "ada");
  const admin = await clientOf(server, "admin");
  const make = (code: string) => admin.post("/products", { code, name: code }, { "idempotency-key": code });
  const kept = async () => [
    (await side.store.records("session")).length,
    (await side.store.records("made_once")).map(({ key }) => key.split(" ").at(-1)),
  ];
  await logIn(server, "ada");
  await make("old");
  clock.advance(23 * HOUR_MS);
  await make("new");
  await logIn(server, "ada");
  await tidyAccess(side.store, clock.wall());
  assert.deepEqual(await kept(), [1, ["old", "new"]]);
  assert.equal((await make("old")).status, 201, "the same again");
  clock.advance(HOUR_MS);
  await tidyAccess(side.store, clock.wall());
  assert.deepEqual(await kept(), [1, ["new"]]);
  assert.equal((await make("old")).body.code, "already_exists");
});
