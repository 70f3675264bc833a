import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { type Running, Seatkeeper } from "./run-seatkeeper.ts";

const QUIET = { SEATKEEPER_FLOATING_SERVER_PORT: "0" };

/** What scripts read to use the demo. */
function descriptionIn(folder: string) {
  return JSON.parse(readFileSync(join(folder, "data", "demo.json"), "utf8"));
}

async function useRender(demo: Running, user: string): Promise<{ status: number; json: Record<string, unknown> }> {
  const response = await demo.post("/api/v4/featureRegister", { product: "demo", feature: "render", user });
  return { status: response.status, json: (await response.json()) as Record<string, unknown> };
}

test("[OPS-2] the demo writes demo.json after it listens, for scripts, readable by its owner only", async (t) => {
  const seatkeeper = new Seatkeeper(t, QUIET);
  const demo = await seatkeeper.start(["demo"]);
  const description = descriptionIn(seatkeeper.folder);
  assert.deepEqual(description, {
    floatingServer: demo.url,
    product: "demo",
    features: { offline: "render", cloud: "export", consumption: "tokens" },
    floatingLicenseId: 1_734_000_000_000_102,
    publicKeyFile: join(seatkeeper.folder, "data", "vendor-public-key.pem"),
  });
  assert.match(readFileSync(description.publicKeyFile, "utf8"), /^-----BEGIN PUBLIC KEY-----/);
  assert.equal((await fetch(`${description.floatingServer}/health`)).status, 200);
  const data = join(seatkeeper.folder, "data");
  assert.equal(statSync(data).mode & 0o777, 0o700);
  for (const file of ["demo.json", "demo-vendor.json", "floating.db"]) {
    assert.equal(statSync(join(data, file)).mode & 0o777, 0o600, file);
  }
  assert.deepEqual(
    readdirSync(data).filter((file) => file.endsWith(".tmp")),
    [],
  );
  assert.equal((await demo.end()).ended, 0);
});

test("[OPS-2] the demo prints a command that takes a seat", async (t) => {
  const seatkeeper = new Seatkeeper(t, QUIET);
  const demo = await seatkeeper.start(["demo"]);
  const [, url = "", body = ""] = await demo.printed(/curl -X POST (\S+) .* -d '(.*)'/);
  const reply = await fetch(url, { method: "POST", body, headers: { "content-type": "application/json" } });
  assert.equal(reply.status, 200);
});

test("[OPS-2] a second start finds product, license and seats as they were", async (t) => {
  const seatkeeper = new Seatkeeper(t, QUIET);
  const first = await seatkeeper.start(["demo"]);
  const before = descriptionIn(seatkeeper.folder);
  const shown = await (await fetch(`${first.url}/api/v4/licenses`)).json();
  for (const user of ["ada", "grace"]) assert.equal((await useRender(first, user)).status, 200);
  assert.equal((await first.end()).ended, 0);

  const second = await seatkeeper.start(["demo"]);
  assert.equal(second.hardwareId, first.hardwareId);
  assert.deepEqual(descriptionIn(seatkeeper.folder), { ...before, floatingServer: second.url });
  assert.equal((await useRender(second, "linus")).json["code"], "floating_not_available");
  assert.equal((await useRender(second, "ada")).json["floating_in_use_devices"], 2);
  const [license] = (await (await fetch(`${second.url}/api/v4/licenses`)).json()) as {
    floating_in_use_devices: number;
  }[];
  assert.equal(license?.floating_in_use_devices, 2);
  assert.equal((await fetch(`${second.url}/api/v4/unregister/all`)).status, 200);
  assert.deepEqual(await (await fetch(`${second.url}/api/v4/licenses`)).json(), shown);
  assert.equal((await second.end()).ended, 0);
});

test("[CLI-2] the demo takes its log level from the environment, too", async (t) => {
  const seatkeeper = new Seatkeeper(t, QUIET);
  const loud = await seatkeeper.start(["demo"], { SEATKEEPER_LOG_LEVEL: "info" });
  assert.match((await loud.end()).stderr, /floating server listens/);
});

test("[OPS-2] the demo takes another data folder and leaves the working folder alone", async (t) => {
  const seatkeeper = new Seatkeeper(t, QUIET);
  const elsewhere = seatkeeper.makeFolder("elsewhere");
  const demo = await seatkeeper.start(["demo", "--data-dir", elsewhere]);
  assert.ok(existsSync(join(elsewhere, "demo.json")));
  assert.ok(!existsSync(join(seatkeeper.folder, "data")));
  assert.equal((await demo.end()).ended, 0);
});
