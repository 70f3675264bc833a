import assert from "node:assert/strict";
import { changeApiKey } from "../../src/use-cases/vendor/keys/change-api-key.ts";
import { changeOauthClient } from "../../src/use-cases/vendor/keys/change-oauth-client.ts";
import { createApiKey } from "../../src/use-cases/vendor/keys/create-api-key.ts";
import { createOauthClient } from "../../src/use-cases/vendor/keys/create-oauth-client.ts";
import { findApiKey, findOauthClient } from "../../src/use-cases/vendor/keys/find-credential.ts";
import { retireSigningKey } from "../../src/use-cases/vendor/keys/retire-signing-key.ts";
import { revokeApiKey } from "../../src/use-cases/vendor/keys/revoke-api-key.ts";
import { revokeOauthClient } from "../../src/use-cases/vendor/keys/revoke-oauth-client.ts";
import { rotateOauthSecret } from "../../src/use-cases/vendor/keys/rotate-oauth-secret.ts";
import { rotateSharedKey } from "../../src/use-cases/vendor/keys/rotate-shared-key.ts";
import { rotateSigningKey } from "../../src/use-cases/vendor/keys/rotate-signing-key.ts";
import { VendorKeys } from "../../src/use-cases/vendor/keys/vendor-keys.ts";
import { deleteProduct } from "../../src/use-cases/vendor/products/delete-product.ts";
import { onBothStores, refusalOf } from "../support/both-stores.ts";
import { granted, makeProductWith } from "../support/make-products.ts";

onBothStores("[HMAC-1] [HMAC-5] an API key is changed, its secret rotated, and it is revoked", async (vendor) => {
  await makeProductWith(vendor, { code: "cad", name: "CAD" });
  const { apiKey, sharedKey } = granted(await createApiKey(vendor, { name: "shop" }));
  const found = () => findApiKey(vendor, apiKey.key);
  assert.deepEqual((await found())?.secrets, [sharedKey]);
  assert.deepEqual([(await found())?.isReadOnly, (await found())?.products], [false, null]);
  granted(await changeApiKey(vendor, apiKey.key, { isReadOnly: true, products: ["cad"] }));
  assert.deepEqual([(await found())?.isReadOnly, (await found())?.products], [true, ["cad"]]);
  granted(await changeApiKey(vendor, apiKey.key, { name: "till" }));
  assert.deepEqual((await found())?.products, ["cad"], "what is left out stays");
  granted(await changeApiKey(vendor, apiKey.key, { products: null }));
  assert.equal((await found())?.products, null);
  const second = granted(await rotateSharedKey(vendor, apiKey.key)).sharedKey;
  const third = granted(await rotateSharedKey(vendor, apiKey.key)).sharedKey;
  assert.deepEqual((await found())?.secrets, [third, second], "either of two is good");
  granted(await revokeApiKey(vendor, apiKey.key));
  assert.equal((await found())?.isRevoked, true);
  assert.deepEqual(refusalOf(await revokeApiKey(vendor, "none")), ["does_not_exist", "api_key with key none"]);
});

onBothStores("[OAUTH-1] an OAuth client is changed, its secret rotated, and it is revoked", async (vendor) => {
  await makeProductWith(vendor, { code: "cad", name: "CAD" });
  const made = granted(await createOauthClient(vendor, { name: "portal", products: ["cad"], isReadOnly: true }));
  const { clientId } = made.client;
  const found = () => findOauthClient(vendor, clientId);
  const { secrets, ...rest } = { ...(await found()) };
  assert.deepEqual(secrets, [made.clientSecret]);
  assert.deepEqual(rest, { name: clientId, isReadOnly: true, products: ["cad"], isRevoked: false });
  granted(await changeOauthClient(vendor, clientId, { isReadOnly: false, products: null, name: "p" }));
  const { isReadOnly, products } = { ...(await found()) };
  assert.deepEqual([isReadOnly, products], [false, null]);
  const second = granted(await rotateOauthSecret(vendor, clientId)).clientSecret;
  const third = granted(await rotateOauthSecret(vendor, clientId)).clientSecret;
  assert.deepEqual((await found())?.secrets, [third, second]);
  granted(await revokeOauthClient(vendor, clientId));
  assert.equal((await found())?.isRevoked, true);
  for (const act of [revokeOauthClient, rotateOauthSecret]) {
    assert.deepEqual(refusalOf(await act(vendor, "none")), ["does_not_exist", "oauth_client with clientId none"]);
  }
});

onBothStores("[HMAC-5] allow-lists name products that are there, and keep them", async (vendor) => {
  await makeProductWith(vendor, { code: "cad", name: "CAD" });
  const unknown = ["does_not_exist", "products: product cam"];
  const wish = { name: "shop", products: ["cad", "cam"] };
  assert.deepEqual(refusalOf(await createApiKey(vendor, wish)), unknown);
  assert.deepEqual(refusalOf(await createOauthClient(vendor, wish)), unknown);
  for (const create of [createApiKey, createOauthClient]) {
    assert.match(String(refusalOf(await create(vendor, { name: "" }))?.[1]), /^name /);
  }
  const { apiKey } = granted(await createApiKey(vendor, { name: "shop", products: ["cad"] }));
  const { client } = granted(await createOauthClient(vendor, { name: "portal", products: ["cad"] }));
  assert.deepEqual(refusalOf(await changeApiKey(vendor, apiKey.key, { products: ["cam"] })), unknown);
  assert.deepEqual(refusalOf(await changeOauthClient(vendor, client.clientId, { products: ["cam"] })), unknown);
  assert.deepEqual(refusalOf(await deleteProduct(vendor, "cad")), ["is_in_use", "API key shop"]);
  granted(await changeApiKey(vendor, apiKey.key, { products: [] }));
  assert.deepEqual(refusalOf(await deleteProduct(vendor, "cad")), ["is_in_use", "OAuth client portal"]);
  granted(await revokeOauthClient(vendor, client.clientId));
  granted(await deleteProduct(vendor, "cad"));
});

onBothStores("[REC-2] [SEC-1] no secret is in an event, sealed or plain", async (vendor) => {
  const { apiKey, sharedKey } = granted(await createApiKey(vendor, { name: "shop" }));
  const { client, clientSecret } = granted(await createOauthClient(vendor, { name: "portal" }));
  const rotated = granted(await rotateSharedKey(vendor, apiKey.key)).sharedKey;
  const renewed = granted(await rotateOauthSecret(vendor, client.clientId)).clientSecret;
  const keys = await VendorKeys.open(vendor);
  await rotateSigningKey(vendor, keys);
  granted(await retireSigningKey(vendor, keys, 1));
  const events = await vendor.store.events(0, 100);
  assert.equal(events.length, 8, "2 made, 2 rotated, a key made, one changed for another, one retired");
  const text = JSON.stringify(events);
  const sealed = [
    ...(await vendor.store.records("api_key")).flatMap(({ sharedKeys }) => sharedKeys),
    ...(await vendor.store.records("oauth_client")).flatMap(({ secrets }) => secrets),
    ...(await vendor.store.records("signing_key")).map(({ privateKey }) => privateKey),
  ];
  assert.equal(sealed.length, 6);
  for (const secret of [sharedKey, clientSecret, rotated, renewed, ...sealed, "v1.", "PRIVATE KEY"]) {
    assert.ok(!text.includes(secret), "a secret is in an event");
  }
  assert.ok(text.includes(apiKey.key), "what is no secret is there");
});

onBothStores("[SIGN-5] of signing keys made at once one is current, and it is not retired", async (vendor) => {
  const keys = await VendorKeys.open(vendor);
  await Promise.all([rotateSigningKey(vendor, keys), rotateSigningKey(vendor, keys)]);
  const all = await vendor.store.records("signing_key");
  assert.deepEqual(
    all.map(({ state }) => state),
    ["published", "published", "current"],
  );
  assert.deepEqual(
    keys.publicKeys,
    [2, 1, 0].map((at) => all[at]?.publicKey),
  );
  assert.equal(refusalOf(await retireSigningKey(vendor, keys, 3))?.[0], "is_in_use");
  granted(await retireSigningKey(vendor, keys, 1));
  assert.equal(keys.publicKeys.length, 2);
});
