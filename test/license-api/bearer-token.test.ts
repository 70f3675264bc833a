import assert from "node:assert/strict";
import { after, test } from "node:test";
import { HOUR_MS } from "../../src/domain/instant.ts";
import { createOauthClient } from "../../src/use-cases/vendor/keys/create-oauth-client.ts";
import { revokeOauthClient } from "../../src/use-cases/vendor/keys/revoke-oauth-client.ts";
import { rotateOauthSecret } from "../../src/use-cases/vendor/keys/rotate-oauth-secret.ts";
import { granted, makeProductWith } from "../support/make-products.ts";
import { startVendorServer } from "../support/vendor-server.ts";
import { expectError, expectReply } from "./expect-reply.ts";
import { activeLicense, deviceOf } from "./sample-devices.ts";

const vendor = await startVendorServer({ after });
const { clock } = vendor;
for (const code of ["cad", "cam"]) await makeProductWith(vendor.side, { code, name: code });
const device = deviceOf(await activeLicense(vendor, { product: "cad" }));
const feature = { ...device, feature: "export" };

/** Sends the form to where `oauth_url` says that tokens are. */
async function post(form: Readonly<Record<string, string>>) {
  const { json } = await vendor.get("/oauth_url", { login_type: "client_credentials" });
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const { pathname } = new URL(json.url);
  return vendor.send({ method: "POST", path: pathname, body: new URLSearchParams(form).toString(), headers });
}

async function tokenFor(clientId: string, secret: string): Promise<string> {
  const reply = await post({ grant_type: "client_credentials", client_id: clientId, client_secret: secret });
  return (await expectReply(vendor, "oauthToken", reply)).access_token;
}

async function makeClient(options: object = {}) {
  const { client, clientSecret: secret } = granted(await createOauthClient(vendor.side, { name: "test", ...options }));
  return { clientId: client.clientId, secret };
}

function check(token: string, fields: object = device, headers: object = {}, path = "/check_license") {
  const query = new URLSearchParams({ ...fields });
  return vendor.send({
    method: "GET",
    path: `/api/v4${path}?${query}`,
    headers: { authorization: `Bearer ${token}`, ...headers },
  });
}

test("[OAUTH-1] a client gets a token for its credentials, and a request with it needs no date and no signature", async () => {
  const { clientId, secret } = await makeClient();
  const form = { grant_type: "client_credentials", client_id: clientId, client_secret: secret };
  const { access_token, scope, ...rest } = await expectReply(vendor, "oauthToken", await post(form));
  assert.deepEqual(rest, { expires_in: 3_600, refresh_expires_in: 0, token_type: "Bearer", "not-before-policy": 0 });
  assert.equal(typeof scope, "string");
  await expectReply(vendor, "checkLicense", await check(access_token));
  assert.equal((await check(access_token, device, { authorization: `bearer  ${access_token}` })).status, 200);
});

test("[OAUTH-1] a client that is not known, or has another secret, is told one and the same", async () => {
  const { clientId, secret } = await makeClient();
  const replies = [
    await post({ grant_type: "client_credentials", client_id: clientId, client_secret: `${secret}x` }),
    await post({ grant_type: "client_credentials", client_id: "nobody", client_secret: secret }),
    await post({ grant_type: "client_credentials", client_id: "__proto__", client_secret: "" }),
  ];
  assert.deepEqual(Object.keys(replies[0]?.json), ["error", "error_description"]);
  assert.equal(replies[0]?.text, replies[1]?.text);
  for (const { status, json } of replies) assert.deepEqual([status, json.error], [401, "invalid_client"]);
});

test("[OAUTH-1] a token is good for an hour, to the second, and over a restart", async () => {
  const { clientId, secret } = await makeClient();
  const token = await tokenFor(clientId, secret);
  clock.advance(HOUR_MS - 1_000);
  assert.equal((await check(token)).status, 200);
  await vendor.restart();
  assert.equal((await check(token)).status, 200);
  clock.advance(1_000);
  expectError(await check(token), "oauth_token_expired");
});

test("[OAUTH-1] a token that is changed, of another signer, or not signed is malformed", async () => {
  const { clientId, secret } = await makeClient();
  const token = await tokenFor(clientId, secret);
  const [head = "", body = "", signature = ""] = token.split(".");
  const claims = JSON.parse(Buffer.from(body, "base64url").toString());
  const longer = Buffer.from(JSON.stringify({ ...claims, exp: claims.exp + 1 })).toString("base64url");
  const unsigned = Buffer.from('{"alg":"none"}').toString("base64url");
  const flipped = `${signature.startsWith("A") ? "B" : "A"}${signature.slice(1)}`;
  for (const wrong of [
    `${head}.${longer}.${signature}`,
    `${head}.${body}.${flipped}`,
    `${unsigned}.${body}.`,
    `${head}.${body}`,
    "x".repeat(10_000),
    `${token} ${token}`,
  ]) {
    expectError(await check(wrong), "oauth_token_malformed");
  }
});

test("[OAUTH-1] a date that comes with a token is held to its tolerance", async () => {
  const { clientId, secret } = await makeClient();
  const token = await tokenFor(clientId, secret);
  const at = (ms: number) => ({ date: new Date(clock.wall() + ms).toUTCString() });
  assert.equal((await check(token, device, at(0))).status, 200);
  expectError(await check(token, device, at(16 * 60_000)), "date_header_diff");
  expectError(await check(token, device, { date: "yesterday" }), "date_header_diff");
});

test("[OAUTH-1] either of two secrets is good during a rotation, and a token goes with its client", async () => {
  const { clientId, secret } = await makeClient();
  const token = await tokenFor(clientId, secret);
  const { clientSecret: second } = granted(await rotateOauthSecret(vendor.side, clientId));
  for (const each of [secret, second]) assert.equal((await check(await tokenFor(clientId, each))).status, 200);
  granted(await rotateOauthSecret(vendor.side, clientId));
  const late = await post({ grant_type: "client_credentials", client_id: clientId, client_secret: secret });
  assert.deepEqual([late.status, late.json.error], [401, "invalid_client"]);
  assert.equal((await check(token)).status, 200);
  granted(await revokeOauthClient(vendor.side, clientId));
  expectError(await check(token), "oauth_token_malformed");
});

test("[OAUTH-1] [HMAC-5] what a client may not, it may not with a token either", async () => {
  const readOnly = await makeClient({ isReadOnly: true });
  const reading = await tokenFor(readOnly.clientId, readOnly.secret);
  expectError(await check(reading, feature, {}, "/check_license_feature"), "read_only_api_key");
  const other = await makeClient({ products: ["cam"] });
  const restricted = await tokenFor(other.clientId, other.secret);
  expectError(await check(restricted), "api_key_product_not_allowed");
});
