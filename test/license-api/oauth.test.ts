import assert from "node:assert/strict";
import { after, test } from "node:test";
import { MINUTE_MS } from "../../src/domain/instant.ts";
import { createOauthClient, type NewOauthClient } from "../../src/use-cases/vendor/keys/create-oauth-client.ts";
import { revokeOauthClient } from "../../src/use-cases/vendor/keys/revoke-oauth-client.ts";
import { rotateOauthSecret } from "../../src/use-cases/vendor/keys/rotate-oauth-secret.ts";
import type { Reply } from "../support/http-client.ts";
import { granted, makeProductWith } from "../support/make-products.ts";
import { startVendorServer } from "../support/vendor-server.ts";
import { expectError, expectReply } from "./expect-reply.ts";

const vendor = await startVendorServer({ after });
const { clock } = vendor;
await makeProductWith(vendor.side, { code: "cad", name: "CAD" });
await makeProductWith(vendor.side, { code: "cam", name: "CAM" });

async function makeClient(more: Partial<NewOauthClient> = {}) {
  const { client, clientSecret } = granted(await createOauthClient(vendor.side, { name: "test", ...more }));
  return { client_id: client.clientId, client_secret: clientSecret };
}

const FORM = "application/x-www-form-urlencoded";
function ask(form: Record<string, string> | string, headers: Record<string, string> = {}): Promise<Reply> {
  const body = typeof form === "string" ? form : new URLSearchParams(form).toString();
  return vendor.send({
    method: "POST",
    path: "/api/v4/oauth/token",
    body,
    headers: { "content-type": FORM, ...headers },
  });
}
const grant = { grant_type: "client_credentials" };
const basic = (id: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString("base64")}`,
});

/** A call that needs a token. */
function list(token: string, headers: Record<string, string> = {}): Promise<Reply> {
  return vendor.send({
    method: "GET",
    path: "/api/v4/products",
    headers: { authorization: `Bearer ${token}`, ...headers },
  });
}

/** OAuth's error shape, and nothing else in it. */
function expectOauthError(reply: Reply, status: number, error: string, about?: RegExp): void {
  assert.equal(reply.headers["content-type"], "application/json");
  assert.deepEqual([reply.status, reply.json.error], [status, error], reply.text);
  assert.deepEqual(Object.keys(reply.json), ["error", "error_description"]);
  if (about !== undefined) assert.match(reply.json.error_description, about);
  assert.equal(reply.headers["cache-control"], "no-store");
  assert.equal(reply.headers["licensesignature"], undefined);
}

test("[OAUTH-1] a client finds the token endpoint, gets a token for its secret and calls with it", async () => {
  const { json } = await vendor.send({ method: "GET", path: "/api/v4/oauth_url?login_type=client_credentials" });
  assert.equal(json.url, `${vendor.url}/api/v4/oauth/token`);
  const reply = await ask({ ...grant, ...(await makeClient()) });
  const token = await expectReply(vendor, "oauthToken", reply);
  const { access_token, ...rest } = token;
  assert.deepEqual(rest, {
    expires_in: 3_600,
    refresh_expires_in: 0,
    token_type: "Bearer",
    "not-before-policy": 0,
    scope: "license-api",
  });
  assert.deepEqual([reply.headers["cache-control"], reply.headers["pragma"]], ["no-store", "no-cache"]);
  await expectReply(vendor, "products", await list(access_token));
  const date = new Date(clock.wall() - 16 * MINUTE_MS).toUTCString();
  expectError(await list(access_token, { date }), "date_header_diff");
});

test("[OAUTH-1] a client may send its secret by HTTP Basic", async () => {
  const { client_id, client_secret } = await makeClient();
  await expectReply(vendor, "oauthToken", await ask(grant, basic(client_id, client_secret)));
  await expectReply(vendor, "oauthToken", await ask({ ...grant, client_id }, basic(client_id, client_secret)));
  const wrong = await ask(grant, basic(client_id, "wrong"));
  expectOauthError(wrong, 401, "invalid_client");
  assert.match(wrong.headers["www-authenticate"] ?? "", /^Basic realm=/);
  expectOauthError(await ask(grant, { authorization: "Basic !" }), 401, "invalid_client");
  expectOauthError(await ask({ ...grant, client_secret }, basic(client_id, client_secret)), 400, "invalid_request");
  expectOauthError(await ask({ ...grant, client_id: "x" }, basic(client_id, client_secret)), 400, "invalid_request");
});

test("[OAUTH-1] what is wrong is said in OAuth's words", async () => {
  const client = await makeClient();
  const { client_id, client_secret } = client;
  expectOauthError(await ask({ ...grant, client_id, client_secret: "wrong" }), 401, "invalid_client");
  expectOauthError(await ask({ ...grant, client_id: "nobody", client_secret }), 401, "invalid_client");
  expectOauthError(await ask({ ...grant, client_id: "x".repeat(9_999), client_secret }), 401, "invalid_client");
  expectOauthError(await ask({ ...grant, client_id: "\0\ud83d'", client_secret }), 401, "invalid_client");
  expectOauthError(await ask({ ...grant, client_id }), 401, "invalid_client", /client_secret/);
  expectOauthError(await ask(grant), 401, "invalid_client", /client_id and client_secret/);
  expectOauthError(await ask({ ...client, grant_type: "password" }), 400, "unsupported_grant_type");
  expectOauthError(await ask({ ...client }), 400, "invalid_request", /grant_type/);
  expectOauthError(await ask(""), 400, "invalid_request", /grant_type/);
  expectOauthError(await ask({ ...client, grant_type: "" }), 400, "invalid_request", /grant_type/);
  const twice = `grant_type=client_credentials&client_id=${client_id}&client_secret=a&client_secret=${client_secret}`;
  expectOauthError(await ask(twice), 400, "invalid_request", /client_secret is given twice/);
});

test("[OAUTH-1] the endpoint takes forms by POST and nothing else", async () => {
  const client = await makeClient();
  const json = await vendor.send({ method: "POST", path: "/api/v4/oauth/token", body: { ...grant, ...client } });
  expectError(json, "unsupported_media_type", FORM);
  expectError(await ask(`a=${"x".repeat(1_100_000)}`), "payload_too_large");
  const get = await vendor.send({ method: "GET", path: "/api/v4/oauth/token" });
  expectError(get, "method_not_allowed");
  await expectReply(
    vendor,
    "oauthToken",
    await ask({ ...grant, ...client }, { "content-type": `${FORM}; charset=UTF-8` }),
  );
  const form = { ...vendor.authorize(), "content-type": FORM };
  const elsewhere = await vendor.send({ method: "POST", path: "/api/v4/change_password", body: "a=b", headers: form });
  expectError(elsewhere, "unsupported_media_type");
});

test("[OAUTH-1] a token is good for an hour, over a restart, and not longer", async () => {
  const { access_token } = (await ask({ ...grant, ...(await makeClient()) })).json;
  clock.advance(60 * MINUTE_MS - 2_000);
  await expectReply(vendor, "products", await list(access_token));
  await vendor.restart();
  await expectReply(vendor, "products", await list(access_token));
  clock.advance(3_000);
  expectError(await list(access_token), "oauth_token_expired");
});

test("[OAUTH-1] what is no token of this server is malformed", async () => {
  const { access_token } = (await ask({ ...grant, ...(await makeClient()) })).json;
  const [header, payload, signature] = access_token.split(".");
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const forged = [
    "x",
    `${header}.${payload}.`,
    `${header}.${encode({ sub: "other", exp: 9_999_999_999 })}.${signature}`,
    `${encode({ alg: "none" })}.${payload}.`,
    `${access_token}x`,
  ];
  for (const token of forged) expectError(await list(token), "oauth_token_malformed");
});

test("[OAUTH-1] either of two secrets is good during a rotation, and the one before them is not", async () => {
  const client = await makeClient();
  const rotate = async () => granted(await rotateOauthSecret(vendor.side, client.client_id)).clientSecret;
  const secrets = [client.client_secret, await rotate()];
  for (const client_secret of secrets) {
    await expectReply(vendor, "oauthToken", await ask({ ...grant, client_id: client.client_id, client_secret }));
  }
  secrets.push(await rotate());
  const replies = await Promise.all(
    secrets.map((client_secret) => ask({ ...grant, client_id: client.client_id, client_secret })),
  );
  assert.deepEqual(
    replies.map(({ status }) => status),
    [401, 200, 200],
  );
});

test("[OAUTH-1] a revoked client gets no token, and those it has are good no more", async () => {
  const client = await makeClient();
  const { access_token } = (await ask({ ...grant, ...client })).json;
  await expectReply(vendor, "products", await list(access_token));
  granted(await revokeOauthClient(vendor.side, client.client_id));
  expectError(await list(access_token), "oauth_token_malformed");
  expectOauthError(await ask({ ...grant, ...client }), 401, "invalid_client");
});

test("[OAUTH-1] a client is held to its products and to looking, as a key is", async () => {
  const client = await makeClient({ isReadOnly: true, products: ["cam"] });
  const { access_token } = (await ask({ ...grant, ...client })).json;
  const listed = await expectReply(vendor, "products", await list(access_token));
  assert.deepEqual(
    listed.map(({ short_code }: { short_code: string }) => short_code),
    ["cam"],
  );
  const headers = { authorization: `Bearer ${access_token}` };
  const details = { method: "GET", path: "/api/v4/product_details?product=cad", headers };
  expectError(await vendor.send(details), "api_key_product_not_allowed");
  const trial = { method: "GET", path: "/api/v4/trial_key?product=cam&hardware_id=a", headers };
  expectError(await vendor.send(trial), "read_only_api_key");
});

test("[HMAC-4] beyond 60 failures a minute a client is slowed down, and the right secret never is", async () => {
  const client = await makeClient();
  const wrong = () => ask({ ...grant, client_id: client.client_id, client_secret: "wrong" });
  const replies = [];
  for (let at = 0; at < 62; at++) replies.push(await wrong());
  assert.deepEqual(new Set(replies.slice(0, 60).map(({ status }) => status)), new Set([401]));
  for (const reply of replies.slice(60)) {
    expectError(reply, "too_many_requests");
    assert.match(reply.headers["retry-after"] ?? "", /^[1-9]\d?$/);
    assert.equal(reply.headers["cache-control"], "no-store");
  }
  await expectReply(vendor, "oauthToken", await ask({ ...grant, ...client }));
  const other = await makeClient();
  expectOauthError(await ask({ ...grant, ...other, client_secret: "wrong" }), 401, "invalid_client");
  clock.advance(MINUTE_MS);
  expectOauthError(await wrong(), 401, "invalid_client");
});
