import assert from "node:assert/strict";
import { after, test } from "node:test";
import * as apiKeys from "../../src/management/operations/api-keys.ts";
import * as bundles from "../../src/management/operations/bundles.ts";
import * as oauthClients from "../../src/management/operations/oauth-clients.ts";
import * as signingKeys from "../../src/management/operations/signing-keys.ts";
import * as users from "../../src/management/operations/users.ts";
import { makeProductWith } from "../support/make-products.ts";
import { clientOf } from "../support/management-client.ts";
import { startVendorServer } from "../support/vendor-server.ts";
import { expectProblem, expectReply } from "./expect-operation.ts";

const vendor = await startVendorServer({ after });
const { side } = vendor;
for (const code of ["cad", "cam"]) await makeProductWith(side, { code, name: code });
for (const code of ["mail", "chat"]) await makeProductWith(side, { code, name: code, authorizationMethod: "user" });
const admin = await clientOf(vendor, "admin", "test");
const etagOf = async (path: string) => ({ "if-match": (await admin.get(path)).headers.get("etag") ?? "" });

test("[LIC-6] a bundle is issued as a license of each of its products, with one key, and once under one key", async () => {
  await admin.post("/bundles", { code: "studio", name: "Studio", product_codes: ["cad", "cam"] });
  const body = { key: "STUDIO-1", type: "subscription", valid_until: "2030-01-01T00:00:00Z", metadata: { seats: 3 } };
  const once = { "idempotency-key": "studio-1" };
  const issued = expectReply(bundles.issueBundle, await admin.post("/bundles/studio/issue", body, once));
  assert.equal(issued.key, "STUDIO-1");
  assert.deepEqual(
    issued.licenses.map(({ product }: { readonly product: string }) => product),
    ["cad", "cam"],
  );
  const licenses = await side.store.findLicenses({ bundleCode: "studio" });
  assert.deepEqual(
    licenses.map(({ id, type, details }) => [id, type, details.key]),
    issued.licenses.map(({ id }: { readonly id: number }) => [id, "subscription", "STUDIO-1"]),
  );
  assert.deepEqual((await admin.post("/bundles/studio/issue", body, once)).body, issued);
  expectProblem(await admin.post("/bundles/studio/issue", body), 409, "already_exists");
  const another = expectReply(bundles.issueBundle, await admin.post("/bundles/studio/issue"));
  assert.match(another.key, /^(\w{4}-){3}\w{4}$/);
  assert.deepEqual((await admin.post("/bundles/studio/issue", body, once)).body, issued);
  expectProblem(await admin.delete("/bundles/studio"), 409, "is_in_use");
  expectProblem(await admin.patch("/bundles/studio", { code: "other" }), 409, "is_in_use");
  expectProblem(await admin.post("/bundles/nothing/issue"), 404, "does_not_exist");
});

test("[LIC-6] a user-based bundle is issued to its users, and what it needs cannot be deleted", async () => {
  const { id: customer_id } = (await admin.post("/customers", { email: "ada@example.com" })).body;
  const { id: order_id } = (await admin.post("/orders", { store_id: "S-1", customer_id })).body;
  await admin.post("/users", { username: "ada@example.com", customer_id });
  await admin.post("/bundles", { code: "office", name: "Office", product_codes: ["mail", "chat"] });
  const body = { users: [{ username: "ada@example.com", max_activations: 2 }], customer_id, order_id };
  const once = { "idempotency-key": "office" };
  const issued = expectReply(bundles.issueBundle, await admin.post("/bundles/office/issue", body, once));
  assert.deepEqual([issued.key, issued.licenses.length], [null, 2]);
  assert.deepEqual((await admin.post("/bundles/office/issue", body, once)).body, issued);
  for (const path of [`/customers/${customer_id}`, `/orders/${order_id}`, "/users/ada@example.com"]) {
    expectProblem(await admin.delete(path), 409, "is_in_use");
  }
  expectProblem(await admin.post("/bundles/office/issue", {}), 422, "invalid_field", /users/);
});

test("[ADMIN-7] a license user's new password is shown once, and works", async () => {
  const made = (await admin.post("/users", { username: "bob@example.com" })).body;
  const before = await etagOf("/users/bob@example.com");
  const path = "/users/bob@example.com/password";
  const chosen = expectReply(users.setUserPassword, await admin.post(path, { password: "correct horse" }, before));
  assert.deepEqual([chosen.password, chosen.is_initial_password], ["correct horse", true]);
  expectProblem(await admin.post(path, {}, before), 412, "stale");
  const { password } = expectReply(users.setUserPassword, await admin.post(path));
  assert.notEqual(password, made.password);
  const change = (given: string) =>
    vendor.post("/change_password", { username: "bob@example.com", password: given, new_password: "another horse" });
  assert.notEqual((await change("correct horse")).status, 200);
  assert.equal((await change(password)).status, 200);
  expectProblem(await admin.post("/users/nobody/password"), 404, "does_not_exist");
});

test("[HMAC-1] a rotated shared key works at once, the one before still; a revoked API key does not", async () => {
  const made = (await admin.post("/api-keys", { name: "shop" })).body;
  const path = `/api-keys/${made.key}`;
  const before = await etagOf(path);
  const rotated = expectReply(apiKeys.rotateApiKey, await admin.post(`${path}/rotate`, undefined, before));
  assert.notEqual(rotated.shared_key, made.shared_key);
  expectProblem(await admin.post(`${path}/rotate`, undefined, before), 412, "stale");
  const ask = (sharedKey: string) =>
    vendor.get("/product_details", { product: "cad" }, vendor.authorize({ apiKey: made.key, sharedKey }));
  assert.deepEqual([(await ask(made.shared_key)).status, (await ask(rotated.shared_key)).status], [200, 200]);
  expectReply(apiKeys.revokeApiKey, await admin.delete(path));
  assert.equal((await ask(rotated.shared_key)).json.code, "revoked_api_key");
  expectProblem(await admin.post("/api-keys/nothing/rotate"), 404, "does_not_exist");
  expectProblem(await admin.post("/api-keys", { name: "x", products: ["none"] }), 404, "does_not_exist", /none/);
});

test("[MANAGE-1] an OAuth client's secret is rotated, and the client gets tokens until it is revoked", async () => {
  const made = (await admin.post("/oauth-clients", { name: "portal" })).body;
  const path = `/oauth-clients/${made.client_id}`;
  const rotated = expectReply(oauthClients.rotateOauthClient, await admin.post(`${path}/rotate`));
  const ask = (client_secret: string) =>
    vendor.send({
      method: "POST",
      path: "/api/v4/oauth/token",
      body: new URLSearchParams({
        grant_type: "client_credentials",
        client_id: made.client_id,
        client_secret,
      }).toString(),
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });
  assert.deepEqual([(await ask(made.client_secret)).status, (await ask(rotated.client_secret)).status], [200, 200]);
  expectReply(oauthClients.revokeOauthClient, await admin.delete(path));
  assert.notEqual((await ask(rotated.client_secret)).status, 200);
  expectProblem(await admin.post("/oauth-clients/nothing/rotate"), 404, "does_not_exist");
});

test("[MANAGE-1] signing keys are rotated and retired, and only their public halves are shown", async () => {
  const first = expectReply(signingKeys.listSigningKeys, await admin.get("/signing-keys?state=current")).data[0];
  expectProblem(await admin.post(`/signing-keys/${first.id}/retire`), 409, "is_in_use");
  const rotated = expectReply(signingKeys.rotateSigningKey, await admin.post("/signing-keys/rotate"));
  assert.match(rotated.public_key, /^-----BEGIN PUBLIC KEY-----/);
  const { json } = await vendor.send({ method: "GET", path: "/api/v4/.well-known" });
  assert.equal(json.pub_key.trim(), rotated.public_key.trim(), "it signs from now on");
  const path = `/signing-keys/${first.id}`;
  const shown = expectReply(signingKeys.showSigningKey, await admin.get(path));
  assert.equal(shown.state, "published");
  const stale = { "if-match": '"otherwise"' };
  expectProblem(await admin.post(`${path}/retire`, undefined, stale), 412, "stale");
  const retired = expectReply(
    signingKeys.retireSigningKey,
    await admin.post(`${path}/retire`, undefined, await etagOf(path)),
  );
  assert.equal(retired.state, "retired");
  assert.deepEqual(side.keys.publicKeys, [rotated.public_key]);
  expectProblem(await admin.get("/signing-keys/99"), 404, "does_not_exist");
  expectProblem(await admin.post("/signing-keys/99/retire"), 404, "does_not_exist");
});

test("[MANAGE-5] a record that a request names by its code is checked though the decision names it by its id", async () => {
  const seen = await etagOf("/products/cad");
  assert.equal((await admin.patch("/products/cad", { name: "CAD 2" }, seen)).status, 200);
  expectProblem(await admin.patch("/products/cad", { name: "CAD 3" }, seen), 412, "stale");
  expectProblem(await admin.delete("/products/cad", seen), 412, "stale");
});

test("[MANAGE-5] changes of a policy's terms at the same time are all kept", async () => {
  const policy = (await admin.post("/policies", { product: "cad", code: "p", name: "P" })).body;
  const path = `/policies/${policy.id}`;
  await Promise.all(
    [{ seats: 7 }, { max_activations: 3 }, { prevent_vm: true }].map((each) => admin.patch(path, each)),
  );
  assert.partialDeepStrictEqual((await admin.get(path)).body, { seats: 7, max_activations: 3, prevent_vm: true });
});
