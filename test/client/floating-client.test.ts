import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { after, test } from "node:test";
import { DeniedError, FloatingClient, type RefusedError } from "../../client/src/index.ts";
import { DemoProcess } from "../support/demo-process.ts";
import { nextEvent } from "../support/next-event.ts";
import { sellQuickProduct } from "../support/quick-product.ts";

const demo = await DemoProcess.start({ after });
const url = demo.description.floatingServer;
await sellQuickProduct(demo.description, { code: "quick", seats: 1, timeoutSeconds: 2 });

/** A user's client; of the demo's product unless said otherwise. */
function clientOf(user: string, product = "demo"): FloatingClient {
  return new FloatingClient({ url, product, user });
}

test("[CLIENT-1] a seat is taken in three lines, and given back at the end of its scope", async () => {
  const watcher = clientOf("watcher");
  {
    const client = new FloatingClient({ url, product: "demo" });
    await using seat = await client.checkOut("render");
    assert.deepEqual([seat.feature, seat.isHeld, seat.inUse, seat.capacity], ["render", true, 1, 2]);
    assert.match(client.user, /.@./);
  }
  const [render] = await watcher.features();
  assert.equal(render?.floating_in_use_devices, 0);
});

test("[CLIENT-1] checked out twice, it is one seat, given back with the last of the two", async () => {
  const client = clientOf("ada");
  const [one, other] = await Promise.all([client.checkOut("render"), client.checkOut("render")]);
  assert.equal(one.inUse, 1);
  await one.release();
  await one.release();
  assert.deepEqual([one.isHeld, other.isHeld], [false, true]);
  assert.equal((await client.features())[0]?.floating_in_use_devices, 1);
  await other.release();
  assert.equal((await client.features())[0]?.floating_in_use_devices, 0);
});

test("[CLIENT-1] without a feature it is a seat of the license", async () => {
  const client = clientOf("ada");
  const seat = await client.checkOut();
  assert.deepEqual([seat.feature, seat.inUse, seat.capacity], [undefined, 1, 100]);
  assert.equal((await client.license()).floating_in_use_devices, 1);
  await seat.release();
  assert.equal((await client.license()).floating_in_use_devices, 0);
});

test("[CLIENT-2] a seat is renewed, and lasts beyond its timeout", async () => {
  const client = clientOf("ada", "quick");
  await using seat = await client.checkOut("render");
  const before = performance.now();
  while (performance.now() - before < 3_000) assert.equal((await nextEvent(seat, "renewed")).feature, "render");
  assert.ok(seat.isHeld);
  await assert.rejects(clientOf("bob", "quick").checkOut("render"), { code: "floating_not_available" });
});

test("[CLIENT-3] a denial says after which time a seat may be free", async () => {
  await using _ = await clientOf("ada", "quick").checkOut("render");
  const client = clientOf("bob", "quick");
  const told = nextEvent(client, "denied");
  await assert.rejects(client.checkOut("render"), (error) => {
    assert.ok(error instanceof DeniedError);
    assert.deepEqual([error.code, error.status], ["floating_not_available", 400]);
    assert.ok(error.retryAfterMs !== undefined && error.retryAfterMs >= 1_000 && error.retryAfterMs <= 3_000);
    return true;
  });
  assert.equal((await told).feature, "render");
});

test("[CLIENT-3] who waits gets the seat when it is released, and nobody waits beyond what was said", async () => {
  const ada = await clientOf("ada", "quick").checkOut("render");
  const bob = clientOf("bob", "quick");
  await assert.rejects(bob.checkOut("render", { wait: "300ms" }), DeniedError);
  const told = nextEvent(bob, "denied");
  const waiting = bob.checkOut("render", { wait: "1m" });
  await told;
  await ada.release();
  const seat = await waiting;
  assert.equal(seat.inUse, 1);
  await seat.release();
});

test("[CLIENT-3] a signal ends the waiting, and leaves no seat", async () => {
  const ada = await clientOf("ada", "quick").checkOut("render");
  const bob = clientOf("bob", "quick");
  const stop = new AbortController();
  const told = nextEvent(bob, "denied");
  const waiting = bob.checkOut("render", { wait: "1m", signal: stop.signal });
  await told;
  stop.abort(new Error("the user has closed the window"));
  await assert.rejects(waiting, /closed the window/);
  await ada.release();
  // What is broken off while it is asked for may have been granted: it is given back.
  const early = new AbortController();
  const asking = bob.checkOut("render", { signal: early.signal });
  setImmediate(() => early.abort(new Error("enough")));
  await Promise.allSettled([asking]);
  await (await bob.checkOut("render")).release();
  await using _ = await clientOf("ada", "quick").checkOut("render");
});

test("[CLIENT-3] a seat that somebody else has got is lost, and back when it is free", async () => {
  const ada = clientOf("ada", "quick");
  const seat = await ada.checkOut("render");
  const lost = nextEvent(seat, "lost");
  // An admin gives her seat to another user.
  await fetch(`${url}/api/v4/featureRelease/all?product=quick`, { method: "POST" });
  const bobs = await clientOf("bob", "quick").checkOut("render");
  assert.equal((await lost).error.code, "floating_not_available");
  assert.equal(seat.isHeld, false);
  const back = nextEvent(seat, "renewed");
  await bobs.release();
  await back;
  assert.equal(seat.isHeld, true);
  await seat.release();
});

test("[CLIENT-3] a license that has expired is told as such", async () => {
  const { adminToken, vendorManagement, floatingManagement } = demo.description;
  const key = await sellQuickProduct(demo.description, { code: "short", seats: 1, timeoutSeconds: 1 });
  const seat = await clientOf("ada", "short").checkOut("render");
  const expired = nextEvent(seat, "expired");
  const ask = async (origin: string, token: string, method: string, path: string, body?: object) => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const reply = await fetch(`${origin}/manage/v1${path}`, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    });
    assert.ok(reply.ok, `${path}: ${reply.status}`);
    // biome-ignore lint/suspicious/noExplicitAny: replies have schemas, which other tests check
    return (await reply.json()) as any;
  };
  const vendor = [vendorManagement, adminToken.vendor] as const;
  const [{ id }] = (await ask(...vendor, "GET", `/licenses?key=${key}`)).data;
  await ask(...vendor, "PATCH", `/licenses/${id}`, { valid_until: "2020-01-01T00:00:00.000Z" });
  const [{ hardware_id }] = (await ask(...vendor, "GET", `/licenses/${id}/devices`)).data;
  const { file } = await ask(...vendor, "POST", `/licenses/${id}/refresh-file`, { hardware_id });
  await ask(floatingManagement, adminToken.floating, "POST", "/licenses/import", { file });
  assert.equal((await expired).error.code, "license_expired");
  assert.equal(seat.isHeld, false);
  await seat.release().catch((error: RefusedError) => assert.equal(error.code, "license_expired"));
});

test("[CLIENT-10] a borrowed seat stays after its scope, and a release ends it", async () => {
  const client = clientOf("ada", "quick");
  {
    await using seat = await client.checkOut("render");
    const until = await seat.borrow("1h");
    assert.ok(Math.abs(until.getTime() - Date.now() - 3_600_000) < 5_000);
    const longest = await seat.borrow();
    assert.ok(Math.abs(longest.getTime() - Date.now() - 7_200_000) < 5_000, `${longest.toISOString()}`);
    assert.deepEqual(seat.borrowedUntil, longest);
    await assert.rejects(seat.borrow("30d"), { code: "borrow_until_not_valid" });
  }
  const [render] = await client.features();
  assert.equal(render?.floating_in_use_devices, 1);
  const again = await client.checkOut("render");
  assert.ok(again.borrowedUntil instanceof Date);
  await nextEvent(again, "renewed");
  await again.release();
  assert.equal((await client.features())[0]?.floating_in_use_devices, 0);
  const own = await client.checkOut();
  await own.borrow("1h");
  const shorter = await own.borrow("30m");
  assert.ok(shorter.getTime() - Date.now() < 1_801_000);
  await own.release();
});

test("[CLIENT-11] refusals have the server's codes, and what is no server has its own", async (t) => {
  await assert.rejects(clientOf("ada", "nothing").checkOut("render"), { code: "unknown_product", status: 400 });
  await assert.rejects(clientOf("ada").checkOut("nothing"), { code: "invalid_license_feature_code" });
  await assert.rejects(clientOf("ada").checkOut("export"), { code: "feature_not_floating" });
  const page = new FloatingClient({ url: `${url}/somewhere`, product: "demo", user: "ada", retries: 0 });
  await assert.rejects(page.checkOut("render"), { code: "not_found" });
  const silent = createServer().listen(0, "127.0.0.1");
  t.after(() => silent.close());
  await once(silent, "listening");
  const port = (silent.address() as AddressInfo).port;
  silent.on("connection", (socket) => t.after(() => socket.destroy()));
  const slow = new FloatingClient({ url: `http://127.0.0.1:${port}`, product: "demo", timeout: "50ms", retries: 1 });
  await assert.rejects(slow.checkOut("render"), { code: "unreachable", message: /no answer within 50 ms/ });
  await assert.rejects(slow.checkOut("render", { signal: AbortSignal.abort(new Error("early")) }), /early/);
  const long = new FloatingClient({ url: `${url}/api/v4`, product: "demo", user: "ada" });
  assert.equal((await long.license()).product_details.short_code, "demo");
  assert.throws(() => new FloatingClient({ url, product: "demo", user: "" }), /user is missing/);
  await assert.rejects(clientOf("ada").checkOut("render", { wait: "soon" }), /not a duration: soon/);
});

test("[CLIENT-11] a fetch of the caller's own is used, and a token sent", async () => {
  const seen: string[] = [];
  const own: typeof fetch = (input, init) => {
    const headers = new Headers(init?.headers);
    seen.push(`${new URL(String(input)).pathname} ${headers.get("authorization")}`);
    return fetch(input, init);
  };
  const client = new FloatingClient({ url, product: "demo", user: "ada", token: "abc", fetch: own });
  await client.license();
  assert.deepEqual(seen, ["/api/v4/license Bearer abc"]);
});

test("[CLIENT-11] a busy server is asked again, and a refusal is taken as it is", async () => {
  const busy = [503, 429, 503].map((status) => ({
    status,
    code: status === 429 ? "too_many_requests" : "store_unavailable",
  }));
  let calls = 0;
  const own: typeof fetch = async (input, init) => {
    calls += 1;
    const refusal = busy.shift();
    return refusal === undefined ? fetch(input, init) : Response.json(refusal, { status: refusal.status });
  };
  const client = new FloatingClient({ url, product: "demo", user: "ada", fetch: own });
  await using seat = await client.checkOut("render");
  assert.deepEqual([calls, seat.isHeld], [4, true]);
  await assert.rejects(client.checkOut("nothing"), { code: "invalid_license_feature_code" });
  assert.equal(calls, 5);
});
