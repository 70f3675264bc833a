import assert from "node:assert/strict";
import { createPublicKey, generateKeyPairSync } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { after, mock, test } from "node:test";
import { DeniedError, LicenseClient, machineHardwareId, UntrustedReplyError } from "../../client/src/index.ts";
import { DemoProcess } from "../support/demo-process.ts";
import { nextEvent } from "../support/next-event.ts";
import { Network, startForger } from "../support/proxies.ts";
import { sellQuickProduct } from "../support/quick-product.ts";

const demo = await DemoProcess.start({ after });
const { licenseApi, apiKey, sharedKey, product, userProduct, oauth } = demo.description;
const licenseKey = demo.description.licenseKey ?? "";
const publicKey = readFileSync(demo.description.publicKeyFile, "utf8");
const quickKey = await sellQuickProduct(demo.description, {
  code: "quick",
  seats: 1,
  timeoutSeconds: 2,
  isCloud: true,
});

type Options = ConstructorParameters<typeof LicenseClient>[0];

/** A device's client for the demo's cloud license, unless said otherwise. */
function clientOf(hardwareId: string, others: Partial<Options> = {}): LicenseClient {
  return new LicenseClient({
    ...{ url: licenseApi, apiKey, sharedKey, product, licenseKey, publicKey, hardwareId },
    ...others,
  } as Options);
}

/** One that is active. */
async function activeClient(hardwareId: string, others: Partial<Options> = {}): Promise<LicenseClient> {
  const client = clientOf(hardwareId, others);
  await client.activate();
  return client;
}

const quick = { product: "quick", licenseKey: quickKey } as const;

test("[CLIENT-5] a device is activated, takes a seat in three lines, and is deactivated", async () => {
  const client = clientOf("hw-1");
  assert.equal((await client.activate()).hardware_id, "hw-1");
  assert.equal((await client.activate()).product_details.short_code, product);
  {
    await using seat = await client.checkOut("export");
    assert.deepEqual([seat.feature, seat.inUse, seat.capacity], ["export", 1, 3]);
  }
  const features = await client.features();
  assert.deepEqual(
    features.map(({ code, floating_in_use_devices: inUse }) => [code, inUse]),
    [
      ["render", 0],
      ["export", 0],
      ["tokens", undefined],
    ],
  );
  await client.deactivate();
  await assert.rejects(client.deactivate(), { code: "device_not_found" });
  await assert.rejects(client.checkOut("export"), { code: "device_not_found" });
  await assert.rejects(client.license(), { code: "device_not_found" });
});

test("[CLIENT-5] the license's own seat, borrowed and given back", async () => {
  const client = await activeClient("hw-2");
  const seat = await client.checkOut();
  assert.deepEqual([seat.inUse, seat.capacity], [1, 100]);
  const until = await seat.borrow("1h");
  assert.ok(Math.abs(until.getTime() - Date.now() - 3_600_000) < 5_000);
  assert.ok((await seat.borrow()).getTime() > until.getTime());
  await seat.release();
  assert.equal((await client.license()).floating_in_use_devices, 0);
  assert.equal((await client.check()).floating_in_use_devices, 1);
  const feature = await client.checkOut("export");
  assert.ok((await feature.borrow(new Date(Date.now() + 60_000))) instanceof Date);
  await feature.release();
});

test("[CLIENT-2] a cloud seat is renewed, denied to others, and survives a cut of the network", async (t) => {
  const network = await Network.open(t, licenseApi);
  const ada = await activeClient("hw-1", { ...quick, url: network.url });
  const bob = await activeClient("hw-2", quick);
  await using seat = await ada.checkOut("render");
  await nextEvent(seat, "renewed");
  await assert.rejects(
    bob.checkOut("render"),
    (error) => error instanceof DeniedError && error.retryAfterMs !== undefined,
  );
  network.cut();
  await network.hasRefused();
  const renewed = nextEvent(seat, "renewed");
  network.mend();
  await renewed;
  assert.deepEqual([seat.isHeld, seat.inUse], [true, 1]);
});

test("[CLIENT-5] a feature that does not float is checked out all the same", async () => {
  const client = await activeClient("hw-3");
  await using seat = await client.checkOut("tokens");
  assert.deepEqual([seat.isHeld, seat.capacity], [true, undefined]);
});

test("[CLIENT-5] a reply that was changed, is not signed, or is another's is not believed", async (t) => {
  const more = (body: string) => body.replace('"floating_users":3', '"floating_users":9');
  const tampered = await startForger(t, licenseApi, (body, path) => (path.includes("check_") ? more(body) : body));
  const client = await activeClient("hw-4", { url: tampered });
  await assert.rejects(client.checkOut("export"), (error) => {
    assert.ok(error instanceof UntrustedReplyError);
    assert.deepEqual([error.code, error.message], ["untrusted_reply", "the reply's signature is wrong"]);
    return true;
  });
  const unsigned: typeof fetch = async (input, init) => {
    const reply = await fetch(input, init);
    const headers = new Headers(reply.headers);
    headers.delete("licensesignature");
    return new Response(await reply.text(), { status: reply.status, headers });
  };
  await assert.rejects(clientOf("hw-4", { fetch: unsigned }).checkOut("export"), /the reply is not signed/);
  const others = await activeClient("hw-5");
  const asAnother: typeof fetch = (input, init) => fetch(String(input).replace("hw-4", "hw-5"), init);
  await assert.rejects(clientOf("hw-4", { fetch: asAnother }).check(), /about another device/);
  const asOther: typeof fetch = (input, init) => fetch(String(input).replace("feature=export", "feature=tokens"), init);
  await assert.rejects(clientOf("hw-4", { fetch: asOther }).checkOut("export"), /about another feature/);
  await others.deactivate();
});

test("[CLIENT-5] any of several public keys is trusted, and a stranger's is not", async () => {
  const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey.export({
    type: "spki",
    format: "pem",
  });
  await activeClient("hw-6", { publicKey: [String(stranger), publicKey] });
  await activeClient("hw-6", {
    publicKey: `${stranger}${createPublicKey(publicKey).export({ type: "spki", format: "pem" })}`,
  });
  await assert.rejects(clientOf("hw-6", { publicKey: String(stranger) }).check(), { code: "untrusted_reply" });
  assert.throws(() => clientOf("hw-6", { publicKey: "a key" }), /not a key in PEM/);
});

for (const minutes of [-20, 20]) {
  test(`[CLIENT-6] a clock that is ${minutes} minutes off is no hindrance`, async (t) => {
    const now = Date.now();
    t.after(() => mock.timers.reset());
    mock.timers.enable({ apis: ["Date"], now: now + minutes * 60_000 });
    const client = await activeClient("hw-7");
    await using seat = await client.checkOut("export");
    const until = await seat.borrow("1h");
    assert.ok(Math.abs(until.getTime() - now - 3_600_000) < 10_000, until.toISOString());
    assert.equal(seat.isHeld, true);
    await seat.release();
  });
}

test("[CLIENT-6] a clock that is more than a day off is not followed", async (t) => {
  t.after(() => mock.timers.reset());
  mock.timers.enable({ apis: ["Date"], now: Date.now() - 2 * 86_400_000 });
  await assert.rejects(clientOf("hw-7").activate(), { code: "date_header_diff" });
});

test("[CLIENT-5] an OAuth client gets its token once, and another one when it is refused", async () => {
  const { clientId, clientSecret } = oauth;
  const seen: string[] = [];
  let isSpoiled = false;
  const own: typeof fetch = (input, init) => {
    seen.push(new URL(String(input)).pathname.replace("/api/v4/", ""));
    const headers = new Headers(init?.headers);
    if (isSpoiled && headers.has("authorization")) {
      headers.set("authorization", "Bearer spoiled");
      isSpoiled = false;
    }
    return fetch(input, { ...init, headers });
  };
  const credentials = { apiKey: undefined, sharedKey: undefined, oauth: { clientId, clientSecret } };
  const client = clientOf("hw-8", { ...credentials, fetch: own } as Partial<Options>);
  await Promise.all([client.activate(), client.activate()]);
  await client.license();
  assert.deepEqual(seen, ["oauth_url", "oauth/token", "activate_license", "activate_license", "device_licenses"]);
  isSpoiled = true;
  await client.license();
  assert.deepEqual(seen.slice(5), ["device_licenses", "oauth_url", "oauth/token", "device_licenses"]);
  const wrong = { oauth: { clientId, clientSecret: "wrong", tokenUrl: oauth.tokenUrl } };
  await assert.rejects(clientOf("hw-8", { ...credentials, ...wrong } as Partial<Options>).activate(), {
    code: "unauthorized",
    status: 401,
  });
});

test("[CLIENT-5] a license user activates by name and password", async () => {
  const { username, password } = userProduct;
  const user = { product: userProduct.product, licenseKey: undefined, username, password } as Partial<Options>;
  const client = await activeClient("hw-9", user);
  await using seat = await client.checkOut("export");
  assert.ok((await seat.borrow("10m")) instanceof Date);
  await seat.release();
  await assert.rejects(activeClient("hw-9x", { ...user, password: "wrong" } as Partial<Options>), {
    code: "invalid_credentials",
  });
});

test("[CLIENT-9] the hardware id is the machine's, hashed, the same every time; another can be given", async () => {
  const id = machineHardwareId();
  assert.match(id, /^skc-[0-9a-f]{32}$/);
  assert.equal(machineHardwareId(), id);
  const file = "/etc/machine-id";
  if (existsSync(file)) assert.ok(!id.includes(readFileSync(file, "utf8").trim()));
  const { hardwareId: _, ...options } = { ...quick, url: licenseApi, apiKey, sharedKey, publicKey, hardwareId: "" };
  assert.equal(new LicenseClient(options).hardwareId, id);
  assert.equal(clientOf("mine").hardwareId, "mine");
});

test("[CLIENT-11] both forms of the address work, and refusals have the server's codes", async () => {
  await activeClient("hw-10", { url: new URL(licenseApi).origin });
  await assert.rejects(clientOf("hw-10", { sharedKey: "wrong" }).activate(), { code: "signature_mismatch" });
  await assert.rejects(clientOf("hw-10", { licenseKey: "none" }).activate(), { code: "license_not_found" });
});

test("[CLIENT-11] a deactivation whose answer was lost has succeeded", async () => {
  let isLost = false;
  const losing: typeof fetch = async (input, init) => {
    const reply = await fetch(input, init);
    if (isLost || !String(input).includes("deactivate")) return reply;
    isLost = true;
    throw new Error("the connection broke");
  };
  const client = await activeClient("hw-11", { fetch: losing });
  await client.deactivate();
  await assert.rejects(client.license(), { code: "device_not_found" });
});
