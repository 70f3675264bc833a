import assert from "node:assert/strict";
import { after, test } from "node:test";
import { startFloatingServer } from "../support/floating-server.ts";
import { makeFeature, makeLicense } from "../support/make-license.ts";
import { makeToken } from "./management-desk.ts";
import { Seatkeeper } from "./run-seatkeeper.ts";

const license = makeLicense({
  features: [makeFeature(), makeFeature({ id: 12, code: "export", capacity: 5 })],
});
const server = await startFloatingServer({ after }, { licenses: [license] });
const seatkeeper = new Seatkeeper({ after });
const environment = {
  SEATKEEPER_URL: server.side.managementUrl,
  SEATKEEPER_TOKEN: await makeToken(server.store, "viewer"),
  XDG_CONFIG_HOME: seatkeeper.folder,
};
const run = (...args: string[]) => seatkeeper.run(args, environment);

async function register(user: string, feature = "render"): Promise<void> {
  const { status } = await server.post("/api/v4/featureRegister", {
    product: license.product.code,
    feature,
    user,
    os_hostname: "ws-7",
    ip_local: "10.0.0.7",
  });
  assert.equal(status, 200);
}

await register("ada");

test("[CLI-3] seats shows each pool, how much of it is in use, and its holders", async () => {
  const { ended, stdout, stderr } = await run("seats");
  assert.deepEqual([ended, stderr], [0, ""]);
  assert.match(
    stdout,
    /^render of cad: 1 of 2 in use {2}█{10}░{10}\n {2}HOLDER +HOST +ADDRESS +SINCE +HEARD +ENDS\n {2}ada +ws-7 +10\.0\.0\.7 /m,
  );
  assert.match(stdout, /^export of cad: 0 of 5 in use {2}░{20}$/m);
  assert.ok(!stdout.includes("\u001b"), "no colors where there is no terminal");
});

test("[CLI-3] seats --json has the pools with their holders in the shapes of the API", async () => {
  const { ended, stdout } = await run("seats", "--json", "--product", "cad", "--feature", "render");
  assert.equal(ended, 0);
  const { pools } = JSON.parse(stdout);
  assert.equal(pools.length, 1);
  const [{ holders, ...pool }] = pools;
  assert.deepEqual(
    [pool.license, pool.product, pool.feature, pool.seats, pool.in_use],
    [license.id, "cad", "render", 2, 1],
  );
  assert.equal(holders.length, 1);
  assert.deepEqual([holders[0].holder, holders[0].hostname, holders[0].local_ip], ["ada", "ws-7", "10.0.0.7"]);
  for (const time of ["taken_at", "heard_at", "ends_at"]) assert.match(holders[0][time], /^\d{4}-.*Z$/);
});

test("[CLI-3] seats --watch shows it anew after a change, and Ctrl-C ends it with 0", async () => {
  const watching = seatkeeper.begin(["seats", "--watch", "--json", "--feature", "export"], environment);
  await watching.printed(/"in_use":0.*\n/);
  await register("bob", "export");
  await watching.printed(/"in_use":1.*\n/);
  const { ended, stdout, stderr } = await watching.end("SIGINT");
  assert.deepEqual([ended, stderr], [0, ""]);
  for (const line of stdout.trimEnd().split("\n")) assert.equal(JSON.parse(line).pools.length, 1);
});

test("[CLI-3] what a holder is called does nothing to a terminal", async () => {
  await register("eve\u001b[2J\u202e", "export");
  const { stdout } = await run("seats", "--feature", "export");
  assert.match(stdout, /^ {2}eve\\x1b\[2J\\u202e /m);
});

test("[CLI-4] seats ends with 3 without a token, with 4 where no server answers", async () => {
  const without = { ...environment, SEATKEEPER_TOKEN: "" };
  assert.equal((await seatkeeper.run(["seats"], without)).ended, 3);
  assert.equal((await run("seats", "--url", "http://127.0.0.1:1")).ended, 4);
  assert.equal((await run("seats", "--watch", "--url", "http://127.0.0.1:1")).ended, 4);
  assert.equal((await seatkeeper.run(["status"], without)).ended, 3);
});

test("[CLI-3] status --json is what the server says of itself", async () => {
  const { ended, stdout, stderr } = await run("status", "--json");
  assert.equal(ended, 0, stderr);
  const status = JSON.parse(stdout);
  assert.equal(status.side, "floating");
  const shown = await run("status");
  assert.deepEqual([shown.ended, shown.stderr], [0, ""]);
  assert.match(shown.stdout, /^side: +floating$/m);
});
