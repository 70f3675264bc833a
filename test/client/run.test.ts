import assert from "node:assert/strict";
import { after, test } from "node:test";
import { FloatingClient } from "../../client/src/index.ts";
import { Seatkeeper } from "../cli/run-seatkeeper.ts";
import { DemoProcess } from "../support/demo-process.ts";
import { nextEvent } from "../support/next-event.ts";
import { sellQuickProduct } from "../support/quick-product.ts";

const demo = await DemoProcess.start({ after });
const url = demo.description.floatingServer;
await sellQuickProduct(demo.description, { code: "quick", seats: 1, timeoutSeconds: 1 });
const NODE = process.execPath;
const shell = new Seatkeeper({ after }, { SEATKEEPER_FLOATING_URL: url, SEATKEEPER_PRODUCT: "quick" });
const run = (...args: readonly string[]) => shell.run(["run", "--feature", "render", ...args]);
const bob = () => new FloatingClient({ url, product: "quick", user: "bob" });
/** A program that asks the server who is in, and whether it may go on beyond a renewal. */
const LONG = "console.log('runs'); setInterval(() => {}, 1e6)";

test("[CLIENT-12] run takes a seat, runs the program with its flags, gives the seat back and ends with its code", async () => {
  const script = `fetch("${url}/api/v4/license?product=quick").then((r) => r.json()).then((license) => {
    console.log(license.product_features[0].floating_in_use_devices, process.argv.slice(1).join(" "));
    process.exitCode = 7;
  })`;
  const { ended, stdout, stderr } = await run("--", NODE, "-e", script, "--", "--feature", "x");
  assert.deepEqual([ended, stdout, stderr], [7, "1 --feature x\n", ""]);
  assert.equal((await bob().features())[0]?.floating_in_use_devices, 0);
  assert.equal((await run("--", NODE, "-e", "")).ended, 0);
});

test("[CLIENT-12] the seat is renewed while the program runs; a signal is the program's", async () => {
  const running = shell.begin(["run", "--feature", "render", "--", NODE, "-e", LONG]);
  await running.printed(/runs/);
  const client = bob();
  const waiting = client.checkOut("render", { wait: "1m" });
  const before = performance.now();
  // Twice the timeout: without a renewal the seat would be the other's.
  while (performance.now() - before < 2_000) await nextEvent(client, "denied");
  const { ended } = await running.end("SIGTERM");
  assert.equal(ended, 128 + 15);
  await (await waiting).release();
});

test("[CLIENT-12] denied, unreachable, used wrongly and not to be run are told apart", async () => {
  const seat = await bob().checkOut("render");
  const denied = await run("--", NODE, "-e", "");
  assert.equal(denied.ended, 3);
  assert.match(denied.stderr, /\(floating_not_available\); one may be free in \d+ s/);
  const waits = run("--wait", "1m", "--", NODE, "-e", "");
  await seat.release();
  assert.equal((await waits).ended, 0);
  assert.equal((await run("--url", "http://127.0.0.1:1", "--", NODE, "-e", "")).ended, 4);
  assert.equal((await run("--product", "nothing", "--", NODE, "-e", "")).ended, 1);
  assert.equal((await run("--wait", "soon", "--", NODE, "-e", "")).ended, 2);
  assert.equal((await run()).ended, 2);
  const { ended, stderr } = await run("--", "./no-such-program");
  assert.deepEqual([ended, stderr.includes("cannot be run")], [1, true]);
  assert.equal((await bob().features())[0]?.floating_in_use_devices, 0);
});

test("[CLIENT-12] a lost seat is told, and ends the program where that is wanted", async () => {
  const running = shell.begin(["run", "--feature", "render", "--stop-when-lost", "--", NODE, "-e", LONG]);
  await running.printed(/runs/);
  await fetch(`${url}/api/v4/featureRelease/all?product=quick`, { method: "POST" });
  const seat = await bob().checkOut("render");
  const { ended, stderr } = await running.finished;
  assert.equal(ended, 128 + 15);
  assert.match(stderr, /^the seat is lost: .*\(floating_not_available\)\n$/);
  await seat.release();
});
