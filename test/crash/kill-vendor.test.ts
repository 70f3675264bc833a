import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { signDate } from "../../src/api/license-api/authorization/hmac-signature.ts";
import { openSqliteStore } from "../../src/store/sqlite/open-sqlite-store.ts";
import { createApiKey } from "../../src/use-cases/vendor/keys/create-api-key.ts";
import { readRows } from "../support/database-files.ts";
import { HttpClient, type Reply } from "../support/http-client.ts";
import { cloudTerms, granted, makeIssued, makeProductWith } from "../support/make-products.ts";
import { startVendorProcess } from "../support/vendor-process.ts";
import { openVendorStore } from "../support/vendor-store.ts";

const KILLS = 12;
const WORKERS = 16;
const DEVICES = 48;
const SEATS = 20;
/** Replies to see before each kill: the last one ends the vendor in the middle of the others' requests. */
const REPLIES_BEFORE_KILL = 250;

/** What a client knows of a device: what it was told last; nothing while a request is under way. */
interface Known {
  active: boolean | undefined;
  seated: boolean | undefined;
}

interface Key {
  readonly apiKey: string;
  readonly sharedKey: string;
}

test("[STORE-1] a vendor killed again and again under load loses no acknowledged activation or seat, and gives none twice", async (t) => {
  const { folder, file, licenseId, key } = await prepare(t);
  const known = new Map<string, Known>();
  for (let at = 0; at < DEVICES; at += 1) known.set(`hw-${at}`, { active: false, seated: false });
  const told = new Map<string, number>();
  for (let kill = 0; kill < KILLS; kill += 1) {
    const vendor = await startVendorProcess(folder, "--log.level", "error");
    t.after(() => vendor.end("SIGKILL"));
    await loadUntilKilled(vendor.url, key, known, told, () => vendor.end("SIGKILL"));
    assert.equal(await vendor.end("SIGKILL"), "SIGKILL");
    compare(file, licenseId, known);
  }
  for (const outcome of ["activate 200", "check 200", "check 400", "release 200", "deactivate 200"]) {
    assert.ok((told.get(outcome) ?? 0) >= KILLS, `${outcome}: ${JSON.stringify([...told])}`);
  }

  const store = openSqliteStore(file);
  t.after(() => store.close());
  assert.equal((await store.verifyEvents()).brokenAt, null);
  const [license] = await store.findLicenses({ licenseId });
  const active = (await store.devices({ licenseId })).filter((device) => device.active).length;
  assert.equal(license?.details.timesActivated, active);
});

/** What a vendor has before the first start: by its own use cases, without a server. */
async function prepare(t: TestContext) {
  const context = openVendorStore(t);
  await makeProductWith(context, { code: "cad", name: "CAD" }, [
    { code: "export", name: "Export", ...cloudTerms, capacity: SEATS },
  ]);
  const license = await makeIssued(context, { product: "cad", key: "K-1" });
  const { apiKey, sharedKey } = granted(await createApiKey(context, { name: "app" }));
  await context.store.close();
  return {
    folder: context.folder,
    file: join(context.folder, "vendor.db"),
    licenseId: license.id,
    key: { apiKey: apiKey.key, sharedKey },
  };
}

/** Each worker has its own devices, and does with them in turn whatever they can do, until the vendor is gone. */
async function loadUntilKilled(
  url: string,
  key: Key,
  known: Map<string, Known>,
  told: Map<string, number>,
  kill: () => unknown,
): Promise<void> {
  const client = new HttpClient(() => Number(new URL(url).port));
  let replies = 0;
  let isGone = false;
  const work = async (worker: number) => {
    for (let turn = worker; !isGone; turn += WORKERS) {
      const hardwareId = `hw-${turn % DEVICES}`;
      try {
        const outcome = await act(client, key, hardwareId, known.get(hardwareId) as Known, turn);
        told.set(outcome, (told.get(outcome) ?? 0) + 1);
        replies += 1;
        if (replies === REPLIES_BEFORE_KILL) kill();
      } catch (error) {
        if (error instanceof assert.AssertionError) throw error;
        isGone = true;
      }
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, (_, worker) => work(worker)));
  client.close();
}

/** One request of a device, by what is known of it. @returns what was asked, and the status */
async function act(client: HttpClient, key: Key, hardwareId: string, device: Known, turn: number): Promise<string> {
  const before = { ...device };
  const body = { hardware_id: hardwareId, product: "cad", license_key: "K-1" };
  const withFeature = { ...body, feature: "export" };
  if (before.active !== true) {
    device.active = undefined;
    // Whether it is in a seat does not change by that: only an active device is.
    const { status } = await send(client, key, "POST", "/activate_license", body);
    assert.equal(status, 200);
    device.active = true;
    return "activate 200";
  }
  if (turn % 7 === 0) {
    Object.assign(device, { active: undefined, seated: undefined });
    const { status } = await send(client, key, "POST", "/deactivate_license", body);
    assert.equal(status, 200);
    Object.assign(device, { active: false, seated: false });
    return "deactivate 200";
  }
  device.seated = undefined;
  if (before.seated === true) {
    const { status } = await send(client, key, "POST", "/floating/feature_release", withFeature);
    assert.equal(status, 200);
    device.seated = false;
    return "release 200";
  }
  const { status, json } = await send(client, key, "GET", `/check_license_feature?${new URLSearchParams(withFeature)}`);
  if (status === 200) device.seated = true;
  else {
    assert.equal(json.code, "floating_not_available");
    device.seated = false;
  }
  return `check ${status}`;
}

function send(
  client: HttpClient,
  { apiKey, sharedKey }: Key,
  method: string,
  path: string,
  body?: object,
): Promise<Reply> {
  const date = new Date().toUTCString();
  const signature = signDate(sharedKey, date);
  const authorization = `algorithm="hmac-sha256",headers="date",signature="${signature}",apikey="${apiKey}"`;
  return client.send({ method, path: `/api/v4${path}`, body, headers: { date, authorization } });
}

/** The file as the killed vendor left it, against what was told. */
function compare(file: string, licenseId: number, known: ReadonlyMap<string, Known>): void {
  const rows = readRows(file, "SELECT hardware_id, document FROM device WHERE license_id = ?", licenseId);
  const active = new Map(rows.map((row) => [row["hardware_id"], JSON.parse(row["document"] as string).active]));
  assert.equal(active.size, rows.length, "a device has two rows");
  const seats = readRows(file, "SELECT holder FROM seat WHERE license_id = ?", licenseId).map((row) => row["holder"]);
  assert.equal(new Set(seats).size, seats.length, "a device has two seats");
  assert.ok(seats.length <= SEATS, `${seats.length} seats of ${SEATS}`);
  for (const [hardwareId, { active: toldActive, seated: toldSeated }] of known) {
    if (toldActive !== undefined) assert.equal(active.get(hardwareId) ?? false, toldActive, `${hardwareId} active`);
    if (toldSeated !== undefined) assert.equal(seats.includes(hardwareId), toldSeated, `${hardwareId} in a seat`);
    assert.ok(active.get(hardwareId) === true || !seats.includes(hardwareId), `${hardwareId} off and in a seat`);
  }
  const [row] = readRows(file, "SELECT document FROM license WHERE id = ?", licenseId);
  const { timesActivated } = JSON.parse(row?.["document"] as string).details;
  assert.equal(timesActivated, [...active.values()].filter(Boolean).length, "activations that are counted");
}
