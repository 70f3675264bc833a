import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { openSqliteStore } from "../../src/store/sqlite/open-sqlite-store.ts";
import { startFloatingProcess } from "../support/floating-process.ts";
import { makeVendor, requestFlags, requestLicense, uploadLicense } from "../support/license-files.ts";
import { makeFeature, makeLicense } from "../support/make-license.ts";
import { SeatClient } from "../support/seat-client.ts";
import { useTempFolder } from "../support/temp-folder.ts";

const KILLS = 20;
const CONNECTIONS = 16;
const USERS = 64;
const SEATS = 40;
/** Replies to see before each kill: the last one ends the server in the middle of the others' requests. */
const REPLIES_BEFORE_KILL = 400;

const render = makeFeature({ capacity: SEATS });
const license = makeLicense({ capacity: USERS, features: [render] });

/** What a client knows about a user's seat: what it was told last; nothing while a request is under way. */
type Known = "held" | "free" | "unknown";

test("[STORE-1] a server killed again and again under load loses no acknowledged seat and gives none twice", async (t) => {
  const folder = useTempFolder(t);
  const vendor = makeVendor();
  const keyFile = join(folder, "vendor.pem");
  writeFileSync(keyFile, vendor.publicKey);
  const flags = ["--vendor.public-key-file", keyFile, "--log.level", "error", ...requestFlags(folder)];
  const known = new Map<string, Known>();
  let acknowledged = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    const server = await startFloatingProcess(folder, ...flags);
    if (kill === 0) {
      const file = await vendor.answerRequest(await requestLicense(server.url, license), license);
      const uploaded = await uploadLicense(server.url, file);
      assert.equal(uploaded.status, 200);
    }
    acknowledged += await loadUntilKilled(server.url, known, () => server.end("SIGKILL"));
    assert.equal(await server.end("SIGKILL"), "SIGKILL");
    compare(known, seatsOnDisk(join(folder, "floating.db")));
  }
  assert.ok(acknowledged >= KILLS * REPLIES_BEFORE_KILL);

  const store = openSqliteStore(join(folder, "floating.db"));
  assert.equal((await store.verifyEvents()).brokenAt, null);
  assert.ok(((await store.usage(license.id))?.inUse.get(render.id) ?? 0) <= SEATS);
  await store.close();
});

/** Users take and release seats in turn until the server is gone. @returns how many replies came */
async function loadUntilKilled(url: string, known: Map<string, Known>, kill: () => unknown): Promise<number> {
  const client = new SeatClient(url, CONNECTIONS);
  let replies = 0;
  let isGone = false;
  const work = async (worker: number) => {
    for (let turn = worker; !isGone; turn += CONNECTIONS) {
      const user = `user-${turn % USERS}`;
      const path = known.get(user) === "held" ? "/api/v4/featureRelease" : "/api/v4/featureRegister";
      const before = known.get(user) ?? "free";
      known.set(user, "unknown");
      try {
        const status = await client.post(path, { product: "cad", feature: "render", user });
        if (status === 200) known.set(user, path.endsWith("Register") ? "held" : "free");
        else known.set(user, status === 400 && path.endsWith("Register") && before === "free" ? "free" : "unknown");
        replies += 1;
        if (replies === REPLIES_BEFORE_KILL) kill();
      } catch {
        isGone = true;
      }
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, (_, worker) => work(worker)));
  client.close();
  return replies;
}

/** How often each user has a seat of the feature, read from the file as the killed server left it. */
function seatsOnDisk(file: string): Map<string, number> {
  const db = new DatabaseSync(file);
  const rows = db
    .prepare("SELECT holder, count(*) AS seats FROM seat WHERE feature_id = ? GROUP BY holder")
    .all(render.id);
  db.close();
  return new Map(rows.map((row) => [row["holder"] as string, row["seats"] as number]));
}

function compare(known: ReadonlyMap<string, Known>, seats: ReadonlyMap<string, number>): void {
  for (const [user, knowledge] of known) {
    const held = seats.get(user) ?? 0;
    if (knowledge === "held") assert.equal(held, 1, `${user} was told that it holds a seat`);
    if (knowledge === "free") assert.equal(held, 0, `${user} was told that it holds none`);
    assert.ok(held <= 1);
  }
  assert.ok([...seats.values()].reduce((sum, each) => sum + each, 0) <= SEATS);
}
