import assert from "node:assert/strict";
import { after, test } from "node:test";
import { createCustomer } from "../../src/use-cases/vendor/people/create-customer.ts";
import { createUser } from "../../src/use-cases/vendor/people/create-user.ts";
import { granted, makeIssued, makeProductWith } from "../support/make-products.ts";
import { startVendorServer } from "../support/vendor-server.ts";
import { expectError, expectReply } from "./expect-reply.ts";
import { activate } from "./sample-devices.ts";

const vendor = await startVendorServer({ after });
const { side } = vendor;
await makeProductWith(side, { code: "mail", name: "Mail", authorizationMethod: "user" });
await makeProductWith(side, { code: "chat", name: "Chat", authorizationMethod: "user" });
await makeProductWith(side, { code: "cad", name: "CAD" });

let users = 0;
async function makeUser(more: object = {}) {
  const username = `user-${++users}@example.com`;
  const { user } = granted(await createUser(side, { username, password: "old words", ...more }));
  return { username, user };
}

const change = (body: object, headers = {}) => vendor.post("/change_password", body, headers);
const licenses = (query: object) => vendor.get("/user_licenses", { ...query });
const customerUsers = (query: object) => vendor.get("/customer_license_users", { ...query });

test("[SEC-3] a user changes the password, which is then the only one that is good", async () => {
  const { username } = await makeUser();
  await makeIssued(side, { product: "mail", users: [{ username, allowUnlimitedActivations: true }] });
  const wish = { username, password: "old words", new_password: "new words" };
  assert.equal(await expectReply(vendor, "changePassword", await change(wish)), "password_changed");
  const device = { hardware_id: "hw-1", product: "mail", username };
  expectError(await vendor.post("/activate_license", { ...device, password: "old words" }), "invalid_credentials");
  const activated = await vendor.post("/activate_license", { ...device, password: "new words" });
  const object = await expectReply(vendor, "activateLicense", activated);
  assert.equal(object.user.is_initial_password, false);
  expectError(await change(wish), "invalid_credentials");
});

test("[SEC-3] a wrong password and an unknown user are told the same", async () => {
  const { username } = await makeUser();
  const wrong = await change({ username, password: "wrong", new_password: "new words" });
  const unknown = await change({ username: "nobody", password: "old words", new_password: "new words" });
  assert.equal(expectError(wrong, "invalid_credentials"), expectError(unknown, "invalid_credentials"));
  expectError(await change({ username }), "missing_parameters", /password.*new_password/);
});

test("[SEC-3] an empty password or the same one again is not allowed", async () => {
  const { username } = await makeUser();
  for (const new_password of ["", "old words"]) {
    expectError(await change({ username, password: "old words", new_password }), "change_password_not_allowed");
  }
  expectError(await change({ username, password: "wrong", new_password: "wrong" }), "invalid_credentials");
  expectError(await change({ username, password: "old words", new_password: "x".repeat(1_025) }), "validation_error");
});

test("[SEC-3] an application that is for some products changes passwords of their users only", async () => {
  const { username } = await makeUser();
  await makeIssued(side, { product: "mail", users: [{ username }] });
  const wish = { username, password: "old words", new_password: "new words" };
  const chat = vendor.authorize(await vendor.makeKey({ products: ["chat"] }));
  expectError(await change(wish, chat), "change_password_not_allowed");
  expectError(await change({ ...wish, password: "wrong" }, chat), "invalid_credentials");
  const both = vendor.authorize(await vendor.makeKey({ products: ["chat", "mail"] }));
  await expectReply(vendor, "changePassword", await change(wish, both));
});

test("[SEC-3] of several changes at once, one is made", async () => {
  const { username } = await makeUser();
  const wishes = ["a", "b", "c"].map((new_password) => change({ username, password: "old words", new_password }));
  const replies = await Promise.all(wishes);
  const statuses = replies.map(({ status }) => status).toSorted();
  assert.deepEqual(statuses, [200, 400, 400]);
});

test("[SEC-2] a user's licenses of a product are listed for who proves to be the user", async () => {
  const { username, user } = await makeUser({ firstName: "Ada", lastName: "Byron", phone: "1" });
  const stranger = await makeUser();
  const first = await makeIssued(side, { product: "mail", users: [{ username, maxActivations: 4 }] });
  const both = [{ username, allowUnlimitedActivations: true }, { username: stranger.username }];
  const second = await makeIssued(side, { product: "mail", users: both });
  await makeIssued(side, { product: "chat", users: [{ username }] });
  await makeIssued(side, { product: "mail", users: [{ username: stranger.username }] });
  for (const [hardware_id, license] of [
    ["hw-1", first] as const,
    ["hw-2", second] as const,
    ["hw-3", second] as const,
  ]) {
    await activate(vendor, { hardware_id, product: "mail", username, password: "old words", license_id: license.id });
  }
  const proof = { product: "mail", username, password: "old words" };
  const listed = await expectReply(vendor, "userLicenses", await licenses(proof));
  assert.deepEqual(
    listed.map((each: { license: { id: number }; user: { total_activations: number } }) => [
      each.license.id,
      each.user.total_activations,
    ]),
    [
      [first.id, 1],
      [second.id, 2],
    ],
  );
  assert.deepEqual(listed[0].user, {
    id: user.id,
    email: username,
    first_name: "Ada",
    last_name: "Byron",
    phone_number: "1",
    is_initial_password: true,
    max_activations: 4,
    allow_unlimited_activations: false,
    total_activations: 1,
  });
  assert.equal(listed[0].license.product_features[0].code, "export");

  expectError(await licenses({ ...proof, password: "wrong" }), "invalid_credentials");
  expectError(await licenses({ ...proof, username: "nobody" }), "invalid_credentials");
  expectError(await licenses({ ...proof, product: "none" }), "unknown_product");
  expectError(await licenses({ product: "mail" }), "missing_parameters", "username, password");
  assert.deepEqual(await expectReply(vendor, "userLicenses", await licenses({ ...proof, product: "cad" })), []);
});

test("[REC-3] a customer's users of a product are found by the customer's address or id", async () => {
  const customer = granted(await createCustomer(side, { email: "acme@example.com", companyName: "Acme" }));
  granted(await createCustomer(side, { email: "acme@example.com", companyName: "Later" }));
  const [ada, grace, alan] = [await makeUser({ firstName: "Ada" }), await makeUser(), await makeUser()];
  const customerId = customer.id;
  await makeIssued(side, { product: "mail", customerId, users: [{ username: grace.username }] });
  const users = [{ username: ada.username }, { username: grace.username }];
  await makeIssued(side, { product: "mail", customerId, users });
  await makeIssued(side, { product: "chat", customerId, users: [{ username: alan.username }] });
  await makeIssued(side, { product: "mail", users: [{ username: alan.username }] });
  for (const named of ["acme@example.com", String(customer.id)]) {
    const reply = await customerUsers({ product: "mail", customer: named });
    const found = await expectReply(vendor, "customerLicenseUsers", reply);
    assert.deepEqual([found.company, found.customer.company_name], [{ id: 1 }, "Acme"]);
    assert.deepEqual(
      found.users.map(({ email }: { email: string }) => email),
      [ada.username, grace.username],
    );
  }
  expectError(await customerUsers({ product: "cad", customer: "acme@example.com" }), "invalid_product_auth_method");
  expectError(await customerUsers({ product: "none", customer: "acme@example.com" }), "unknown_product");
  for (const named of ["nobody@example.com", "99999", "9".repeat(16), "0x1"]) {
    expectError(await customerUsers({ product: "mail", customer: named }), "customer_not_found");
  }
  const empty = granted(await createCustomer(side, { email: "empty@example.com" }));
  const none = await customerUsers({ product: "mail", customer: empty.email });
  assert.deepEqual((await expectReply(vendor, "customerLicenseUsers", none)).users, []);
});

test("[REC-3] an application that is for some products is told of customers of these only", async () => {
  const [mine, other] = [
    granted(await createCustomer(side, { email: "mine@example.com" })),
    granted(await createCustomer(side, { email: "other@example.com" })),
  ];
  const user = await makeUser();
  await makeIssued(side, { product: "mail", customerId: mine.id, users: [{ username: user.username }] });
  await makeIssued(side, { product: "chat", customerId: other.id, users: [{ username: user.username }] });
  const headers = vendor.authorize(await vendor.makeKey({ products: ["mail"] }));
  const ask = (customer: unknown) => vendor.get("/customer_license_users", { product: "mail", customer }, headers);
  for (const named of [mine.id, mine.email]) await expectReply(vendor, "customerLicenseUsers", await ask(named));
  for (const named of [other.id, other.email]) expectError(await ask(named), "customer_not_found");
});

test("[REC-3] a customer's account is found by its code, and people log in where the settings say", async () => {
  granted(await createCustomer(side, { email: "sso@example.com", accountCode: "acme & co" }));
  const query = { product: "mail", customer_account_code: "acme & co", response_type: "token" };
  expectError(await vendor.get("/sso_url", query), "customer_account_not_found");
  await vendor.restart({
    "license-api.sso-login-url": "https://id.example.com/log-in/<account>?client=cad",
    "license-api.sso-issuer": "https://id.example.com/realms/<account>/",
  });
  const found = await expectReply(vendor, "ssoUrl", await vendor.get("/sso_url", query));
  assert.deepEqual(found, {
    url: "https://id.example.com/log-in/acme%20%26%20co?client=cad&product=mail&response_type=token",
    openid_configuration: "https://id.example.com/realms/acme%20%26%20co/.well-known/openid-configuration",
    alternate_urls: [],
  });
  const ask = (changes: object) => vendor.get("/sso_url", { ...query, ...changes });
  expectError(await ask({ customer_account_code: "none" }), "customer_account_not_found");
  expectError(await ask({ product: "none" }), "unknown_product");
  expectError(await ask({ customer_account_code: "" }), "validation_error", "customer_account_code");
});
