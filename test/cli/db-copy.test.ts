import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { after, type TestContext, test } from "node:test";
import { signDate } from "../../src/api/license-api/authorization/hmac-signature.ts";
import { COPY_TABLES } from "../../src/store/copy/copy-tables.ts";
import { readRows } from "../support/database-files.ts";
import { usePostgresServer } from "../support/postgres-server.ts";
import { type Running, Seatkeeper } from "./run-seatkeeper.ts";

const server = await usePostgresServer({ after });

const PORTS = {
  SEATKEEPER_FLOATING_SERVER_PORT: "0",
  SEATKEEPER_LICENSE_API_PORT: "0",
  SEATKEEPER_LOG_LEVEL: "silent",
};
const SEAT = { product: "demo", feature: "render" };

/** A demo whose users hold seats and have used tokens, and which was stopped. */
class StoppedDemo {
  readonly seatkeeper: Seatkeeper;
  readonly data: string;
  readonly description: {
    adminToken: { vendor: string; floating: string };
    apiKey: string;
    sharedKey: string;
  } & Record<"licenseApi" | "licenseKey", string>;
  readonly usage: string;

  private constructor(seatkeeper: Seatkeeper, data: string, description: StoppedDemo["description"], usage: string) {
    this.seatkeeper = seatkeeper;
    this.data = data;
    this.description = description;
    this.usage = usage;
  }

  static async make(t: TestContext): Promise<StoppedDemo> {
    const seatkeeper = new Seatkeeper(t, { ...PORTS, XDG_CONFIG_HOME: "/nonexistent" });
    const data = join(seatkeeper.folder, "data");
    const demo = await seatkeeper.start(["demo", "--data-dir", data]);
    const description = JSON.parse(readFileSync(join(data, "demo.json"), "utf8"));
    for (const [user, status] of [
      ["ann", 200],
      ["bob", 200],
      ["cid", 400],
    ] as const) {
      assert.equal((await demo.post("/api/v4/featureRegister", { ...SEAT, user })).status, status);
    }
    const headers = { "idempotency-key": "k-1" };
    const added = await demo.post("/api/v4/add_feature_consumption", { ...TOKENS, consumptions: 5 }, headers);
    assert.equal(added.status, 200);
    assert.equal((await activate(description)).status, 200);
    const usage = await shownUsage(seatkeeper, description.floatingManagement, description.adminToken.floating);
    assert.equal((await demo.end()).ended, 0);
    return new StoppedDemo(seatkeeper, data, description, usage);
  }

  file(name: string): string {
    return join(this.data, name);
  }

  /** Copies a database. @returns the summary */
  async copy(from: string, to: string) {
    const { ended, stdout, stderr } = await this.seatkeeper.run(["db", "copy", "--from", from, "--to", to, "--json"]);
    assert.deepEqual([ended, stderr], [0, ""]);
    return JSON.parse(stdout);
  }
}

const TOKENS = { product: "demo", feature: "tokens" };
const DEVICE = { product: "demo", hardware_id: "hw-1" };

function signed({ apiKey, sharedKey }: StoppedDemo["description"]): Record<string, string> {
  const date = new Date().toUTCString();
  const signature = signDate(sharedKey, date);
  return {
    date,
    authorization: `algorithm="hmac-sha256",headers="date",signature="${signature}",apikey="${apiKey}"`,
    "content-type": "application/json",
  };
}

function activate(description: StoppedDemo["description"], licenseApi = description.licenseApi): Promise<Response> {
  const body = JSON.stringify({ ...DEVICE, license_key: description.licenseKey });
  return fetch(`${licenseApi}activate_license`, { method: "POST", headers: signed(description), body });
}

/** What was in use and denied in each pool. */
async function shownUsage(seatkeeper: Seatkeeper, url: string, token: string): Promise<string> {
  const args = ["usage", "show", "--json", "--url", url, "--token", token];
  const { ended, stdout, stderr } = await seatkeeper.run(args);
  assert.equal(ended, 0, stderr);
  const { pools } = JSON.parse(stdout);
  return JSON.stringify(
    // biome-ignore lint/suspicious/noExplicitAny: the reply's shape has tests of its own
    pools.map((pool: any) => [pool.product, pool.feature, pool.max, pool.denials]),
  );
}

async function managementOf(running: Running): Promise<string> {
  return (await running.printed(/^Management {7}(\S+)/m))[1] as string;
}

/** All rows but the facts about the database itself. */
function rowsOf(file: string): Record<string, unknown> {
  const own = "WHERE name NOT IN ('copied-from', 'event-disorder-ms')";
  const tables = COPY_TABLES.map(({ name }) => name);
  const rows = tables.map((name) => [name, readRows(file, `SELECT * FROM "${name}" ${name === "fact" ? own : ""}`)]);
  return { ...Object.fromEntries(rows), clock: readRows(file, "SELECT alive_at, next_seat_id FROM clock") };
}

test("[COPY-1] [COPY-5] both sides of a demo go to PostgreSQL and back, row by row the same", async (t) => {
  const demo = await StoppedDemo.make(t);
  for (const side of ["floating", "vendor"]) {
    const [file, back] = [demo.file(`${side}.db`), join(demo.seatkeeper.folder, "back", `${side}.db`)];
    const before = rowsOf(file);
    const url = await server.makeDatabase();
    const there = await demo.copy(`sqlite:${file}`, url);
    const again = await demo.copy(url, `sqlite:${back}`);
    assert.deepEqual(rowsOf(back), before);
    assert.deepEqual(rowsOf(file), before, "the source is as it was");
    assert.equal(statSync(back).mode & 0o777, 0o600);
    assert.deepEqual(again.tables, there.tables);
    for (const table of ["license", "event", "api_token", side === "vendor" ? "device" : "seat"])
      assert.ok(there.tables[table] > 0, table);
    const [last] = readRows(file, "SELECT id, hash FROM event ORDER BY id DESC LIMIT 1");
    const { at, ...head } = there.copied_from;
    const events = there.tables.event;
    assert.deepEqual(head, { store: "sqlite", events, last_event_id: last?.["id"], hash: last?.["hash"] });
    assert.ok(Date.parse(at) <= Date.now());
    const [kept] = readRows(back, "SELECT value FROM fact WHERE name = 'copied-from'");
    const copies = JSON.parse(kept?.["value"] as string);
    assert.deepEqual(
      copies.map((each: { store: string; hash: string }) => [each.store, each.hash]),
      [
        ["sqlite", head.hash],
        ["postgres", again.copied_from.hash],
      ],
    );
  }
});

for (const kind of ["PostgreSQL", "SQLite again"]) {
  test(`[COPY-1] servers that start on a copy in ${kind} go on where the others stopped`, async (t) => {
    const demo = await StoppedDemo.make(t);
    const { seatkeeper, description } = demo;
    const stores: Record<string, string> = {};
    for (const side of ["floating", "vendor"]) {
      stores[side] = await server.makeDatabase();
      await demo.copy(`sqlite:${demo.file(`${side}.db`)}`, stores[side]);
      if (kind === "PostgreSQL") continue;
      const file = `sqlite:${demo.file(`copied-${side}.db`)}`;
      await demo.copy(stores[side], file);
      stores[side] = file;
    }
    const [seatBefore] = readRows(
      demo.file("floating.db"),
      "SELECT id FROM seat WHERE holder = 'ann' AND feature_id > 0",
    );
    const floating = await seatkeeper.start([
      "floating",
      "--data-dir",
      demo.data,
      "--store.url",
      stores["floating"] ?? "",
    ]);
    const management = await managementOf(floating);
    const as = ["--url", management, "--token", description.adminToken.floating];
    assert.equal(await shownUsage(seatkeeper, management, description.adminToken.floating), demo.usage);
    const statuses = [];
    for (const user of ["ann", "cid"]) {
      statuses.push((await floating.post("/api/v4/featureRegister", { ...SEAT, user })).status);
    }
    assert.deepEqual(statuses, [200, 400], "one renews, and there is still no third seat");
    const replayed = await floating.post(
      "/api/v4/add_feature_consumption",
      { ...TOKENS, consumptions: 5 },
      { "idempotency-key": "k-1" },
    );
    assert.equal(replayed.status, 200);
    const { stdout } = await seatkeeper.run(["seat", "list", "--json", ...as]);
    const seats = JSON.parse(stdout).data.filter((seat: { feature: string | null }) => seat.feature === "render");
    assert.deepEqual(seats.map((seat: { holder: string }) => seat.holder).sort(), ["ann", "bob"]);
    const ann = seats.find((seat: { holder: string }) => seat.holder === "ann");
    assert.equal(Number(ann.id), seatBefore?.["id"], "the same seat");
    const released = await floating.post("/api/v4/featureRelease", { ...SEAT, user: "bob" });
    assert.equal(released.status, 200);
    assert.equal((await floating.post("/api/v4/featureRegister", { ...SEAT, user: "cid" })).status, 200);
    const verified = await seatkeeper.run(["audit", "verify", ...as]);
    assert.deepEqual([verified.ended, verified.stderr], [0, ""]);
    assert.equal((await floating.end()).ended, 0);

    const vendor = await seatkeeper.start([
      ...["vendor", "--data-dir", demo.data, "--store.url", stores["vendor"] ?? ""],
      ...["--key-file", demo.file("seatkeeper.key")],
    ]);
    assert.equal((await activate(description, `${vendor.licenseApiUrl}/api/v4/`)).status, 200);
    const issued = ["license", "create", "--product", "demo", "--field", "id"];
    const withVendor = ["--url", await managementOf(vendor), "--token", description.adminToken.vendor];
    const made = await seatkeeper.run([...issued, ...withVendor]);
    assert.deepEqual([made.ended, made.stderr], [0, ""]);
    const known = readRows(demo.file("vendor.db"), "SELECT max(id) AS id FROM license")[0]?.["id"];
    assert.ok(Number(made.stdout) > Number(known), "ids go on");
    const vendorVerified = await seatkeeper.run(["audit", "verify", ...withVendor]);
    assert.deepEqual([vendorVerified.ended, vendorVerified.stderr], [0, ""]);
  });
}
