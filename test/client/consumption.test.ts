import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { type ErrorCode, FloatingClient, LicenseClient, pendingFile, RefusedError } from "../../client/src/index.ts";
import { DemoProcess } from "../support/demo-process.ts";
import { Network } from "../support/proxies.ts";
import { useTempFolder } from "../support/temp-folder.ts";

const demo = await DemoProcess.start({ after });
const { floatingServer: url, licenseApi, apiKey, sharedKey, product } = demo.description;
const licenseKey = demo.description.licenseKey ?? "";
const publicKey = readFileSync(demo.description.publicKeyFile, "utf8");

const total = async () => (await new FloatingClient({ url, product, user: "watcher" }).license()).total_consumptions;

test("[CLIENT-7] what was used is counted, of the license and of its features, on both sides", async () => {
  const floating = new FloatingClient({ url, product, user: "ada" });
  assert.equal(await floating.consume(2), 2);
  assert.equal(await floating.consume(), 3);
  assert.equal(await floating.consume(5, { feature: "tokens" }), 5);
  await assert.rejects(floating.consume(1, { feature: "render" }), { code: "unsupported_product_feature" });
  await assert.rejects(floating.consume(1.5), /not a whole number/);
  const device = { product, licenseKey, publicKey, hardwareId: "hw-1" };
  const cloud = new LicenseClient({ url: licenseApi, apiKey, sharedKey, ...device });
  await cloud.activate();
  assert.equal(await cloud.consume(4), 4);
  assert.equal(await cloud.consume(6, { feature: "tokens" }), 6);
  await cloud.deactivate({ consumptions: 1 });
});

test("[CLIENT-7] without a network it is kept, and sent once, in its order", async (t) => {
  const network = await Network.open(t, url);
  const client = new FloatingClient({ url: network.url, product, user: "ada" });
  const before = (await total()) ?? 0;
  network.cut();
  assert.equal(await client.consume(1), undefined);
  assert.deepEqual(await Promise.all([client.consume(10), client.consume(100)]), [undefined, undefined]);
  assert.equal(await total(), before);
  network.mend();
  assert.equal(await client.consume(1_000), before + 1_111);
  assert.equal(await client.flush(), 0);
  assert.equal(await total(), before + 1_111);
});

test("[CLIENT-7] a reply that is lost does not make it count twice", async () => {
  let lost = 0;
  const losing: typeof fetch = async (input, init) => {
    const reply = await fetch(input, init);
    if (!String(input).includes("consumption") || lost >= 2) return reply;
    lost += 1;
    throw new Error("the connection broke");
  };
  const client = new FloatingClient({ url, product, user: "ada", fetch: losing });
  const before = (await total()) ?? 0;
  assert.equal(await client.consume(7), undefined);
  assert.equal(await client.flush(), 0);
  assert.deepEqual([lost, await total()], [2, before + 7]);
});

test("[CLIENT-7] it is kept over a restart of the program, and a refusal then is told", async (t) => {
  const file = join(useTempFolder(t), "pending.json");
  const nobody = { url: "http://127.0.0.1:1", product, user: "ada", pending: pendingFile(file) };
  const before = (await total()) ?? 0;
  {
    await using offline = new FloatingClient(nobody);
    assert.equal(await offline.consume(3), undefined);
    assert.equal(await offline.consume(2_000_000), undefined);
    assert.equal(await offline.consume(4), undefined);
  }
  const kept = JSON.parse(readFileSync(file, "utf8"));
  assert.deepEqual(
    kept.map(({ amount }: { amount: number }) => amount),
    [3, 2_000_000, 4],
  );
  const told: (number | ErrorCode)[] = [];
  const client = new FloatingClient({ ...nobody, url });
  client.on("refused", ({ consumption, error }) => told.push(consumption.amount, error.code));
  assert.equal(await client.flush(), 0);
  assert.deepEqual([told, await total()], [[2_000_000, "license_not_enough_consumptions"], before + 7]);
  assert.equal(readFileSync(file, "utf8"), "[]");
  // The server may have counted this, and has forgotten its key.
  writeFileSync(file, JSON.stringify([{ key: "old", amount: 5, sentAt: Date.now() - 8 * 86_400_000 }]));
  const later = new FloatingClient({ ...nobody, url, pending: pendingFile(file) });
  later.on("refused", ({ consumption, error }) => told.push(consumption.amount, error.code));
  assert.equal(await later.flush(), 0);
  assert.deepEqual([told.slice(2), await total()], [[5, "unreachable"], before + 7]);
});

test("[CLIENT-7] a signal ends the waiting, and a refusal is the caller's", async (t) => {
  const network = await Network.open(t, url);
  network.cut();
  const client = new FloatingClient({ url: network.url, product, user: "ada" });
  const stop = new AbortController();
  const counting = client.consume(1, { signal: stop.signal });
  stop.abort(new Error("enough"));
  await assert.rejects(counting, /enough/);
  network.mend();
  await client.flush();
  await assert.rejects(client.consume(2_000_000), RefusedError);
});
