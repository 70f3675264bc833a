import assert from "node:assert/strict";
import { after, test } from "node:test";
import { FloatingClient } from "../../client/src/index.ts";
import { DemoProcess } from "../support/demo-process.ts";
import { nextEvent } from "../support/next-event.ts";
import { Network } from "../support/proxies.ts";
import { sellQuickProduct } from "../support/quick-product.ts";

const demo = await DemoProcess.start({ after });
const url = demo.description.floatingServer;
await sellQuickProduct(demo.description, { code: "quick", seats: 1, timeoutSeconds: 2 });
await sellQuickProduct(demo.description, { code: "fifteen", seats: 1, timeoutSeconds: 15 });
await sellQuickProduct(demo.description, { code: "crowd", seats: 500, timeoutSeconds: 6 });

/** The seats in use, as the server counts them. */
async function inUse(product: string): Promise<number | undefined> {
  const watcher = new FloatingClient({ url, product, user: "watcher" });
  return (await watcher.features())[0]?.floating_in_use_devices;
}

test("[CLIENT-2] over a network cut of 10 s the same seat goes on, and no second one is taken", async (t) => {
  const network = await Network.open(t, url);
  const client = new FloatingClient({ url: network.url, product: "fifteen", user: "ada" });
  const lost: string[] = [];
  client.on("lost", ({ error }) => lost.push(error.message));
  await using seat = await client.checkOut("render");
  network.cut();
  await network.hasRefused(10_000);
  assert.equal(await inUse("fifteen"), 1);
  const renewed = nextEvent(seat, "renewed");
  network.mend();
  await renewed;
  assert.deepEqual([lost, seat.isHeld, seat.inUse], [[], true, 1]);
});

test("[CLIENT-2] a cut that is longer than the timeout loses the seat, and it comes back afterwards", async (t) => {
  const network = await Network.open(t, url);
  const client = new FloatingClient({ url: network.url, product: "quick", user: "ada" });
  const seat = await client.checkOut("render");
  const lost = nextEvent(seat, "lost");
  network.cut();
  assert.equal((await lost).error.code, "seat_run_out");
  assert.equal(seat.isHeld, false);
  const renewed = nextEvent(seat, "renewed");
  network.mend();
  await renewed;
  assert.deepEqual([seat.isHeld, seat.inUse], [true, 1]);
  network.cut();
  // Where no server is reached, a scope ends nevertheless.
  const gone = new FloatingClient({ url: network.url, product: "quick", user: "ada", retries: 0 });
  await assert.rejects(gone.checkOut("render"), { code: "unreachable" });
  network.mend();
  await seat.release();
});

test("[CLIENT-2] over a kill and a restart of the server the client keeps its seat", async () => {
  const client = new FloatingClient({ url, product: "fifteen", user: "ada" });
  const lost: string[] = [];
  client.on("lost", ({ error }) => lost.push(error.code));
  await using seat = await client.checkOut("render");
  await demo.kill();
  const waiting = new FloatingClient({ url, product: "fifteen", user: "ada" }).checkOut("render", { wait: "30s" });
  const renewed = nextEvent(seat, "renewed");
  await demo.restart();
  await renewed;
  assert.deepEqual([seat.isHeld, seat.inUse, await inUse("fifteen")], [true, 1, 1]);
  await using again = await waiting;
  assert.equal(again.inUse, 1, "the same user waits for a server and gets the same seat");
  const other = new FloatingClient({ url, product: "fifteen", user: "bob" });
  await assert.rejects(other.checkOut("render"), { code: "floating_not_available" });
  assert.deepEqual(lost, []);
});

test("[CLIENT-2] 500 clients in one process each keep a seat, with one listener for all, and give it back", async () => {
  const warnings: Error[] = [];
  process.on("warning", (warning) => warnings.push(warning));
  const clients = Array.from({ length: 500 }, (_, at) => new FloatingClient({ url, product: "crowd", user: `u${at}` }));
  const lost: string[] = [];
  const seats = await Promise.all(
    clients.map(async (client) => {
      client.on("lost", ({ error }) => lost.push(error.message));
      const seat = await client.checkOut("render");
      return { seat, renewed: nextEvent(seat, "renewed") };
    }),
  );
  assert.equal(await inUse("crowd"), 500);
  await Promise.all(seats.map(({ renewed }) => renewed));
  assert.deepEqual([lost, await inUse("crowd")], [[], 500]);
  await Promise.all(seats.map(({ seat }) => seat.release()));
  assert.equal(await inUse("crowd"), 0);
  assert.deepEqual(warnings, []);
});
