import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { FloatingClient } from "../../client/src/index.ts";
import { DemoProcess } from "../support/demo-process.ts";
import { sellQuickProduct } from "../support/quick-product.ts";

const PROGRAM = fileURLToPath(new URL("program.ts", import.meta.url));
const demo = await DemoProcess.start({ after });
const url = demo.description.floatingServer;
const product = "quick";
await sellQuickProduct(demo.description, { code: product, seats: 1, timeoutSeconds: 2 });
await sellQuickProduct(demo.description, { code: "slow", seats: 1, timeoutSeconds: 900 });

/** Runs an application that takes the only seat, and waits until it has it. */
async function startProgram(of: string, how = ""): Promise<ChildProcess> {
  const child = spawn(process.execPath, [PROGRAM, url, of, "ada", how], { stdio: ["pipe", "pipe", "inherit"] });
  after(() => child.kill("SIGKILL"));
  const [printed] = await once(child.stdout, "data");
  assert.equal(String(printed), "1 of 1\n");
  return child;
}

/** Ends it by a signal. @returns the exit code or the signal that ended it */
async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | NodeJS.Signals> {
  const exited = once(child, "exit");
  child.kill(signal);
  const [code, by] = await exited;
  return code ?? by;
}

const bob = (of: string) => new FloatingClient({ url, product: of, user: "bob" });

test("[CLIENT-4] the seat of a program that was killed comes back after its timeout", async () => {
  const child = await startProgram(product);
  assert.equal(await end(child, "SIGKILL"), "SIGKILL");
  const killedAt = performance.now();
  await assert.rejects(bob(product).checkOut("render"), { code: "floating_not_available" });
  const seat = await bob(product).checkOut("render", { wait: "10s" });
  const waitedMs = performance.now() - killedAt;
  assert.ok(waitedMs < 5_000, `${waitedMs} ms`);
  await seat.release();
});

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  test(`[CLIENT-4] ${signal} gives the seat back, and ends the program as it would have`, async () => {
    const child = await startProgram("slow");
    assert.equal(await end(child, signal), signal);
    await (await bob("slow").checkOut("render")).release();
  });
}

test("[CLIENT-4] a program that listens to the signal itself ends as it wants", async () => {
  const child = await startProgram("slow", "listens");
  assert.equal(await end(child, "SIGTERM"), 0);
  await (await bob("slow").checkOut("render")).release();
});

test("[CLIENT-4] a program that has nothing left to do ends, and gives the seat back before", async () => {
  const child = await startProgram("slow");
  const exited = once(child, "exit");
  child.stdin?.end();
  assert.deepEqual(await exited, [0, null]);
  await (await bob("slow").checkOut("render")).release();
});

test("[CLIENT-4] a borrowed seat is not given back by a signal, and listeners go with the last seat", async () => {
  const listeners = () => ["SIGTERM", "SIGINT", "beforeExit"].map((name) => process.listenerCount(name));
  const before = listeners();
  const client = bob("slow");
  const seat = await client.checkOut("render");
  assert.deepEqual(
    listeners(),
    before.map((count) => count + 1),
  );
  await seat.borrow("1h");
  // What Node does when a program has nothing left to do.
  process.emit("beforeExit", 0);
  assert.equal((await client.features())[0]?.floating_in_use_devices, 1);
  await seat.release();
  assert.deepEqual(listeners(), before);
  const quiet = new FloatingClient({ url, product: "slow", user: "bob", releasesOnExit: false });
  await using _ = await quiet.checkOut("render");
  assert.deepEqual(listeners(), before);
});
