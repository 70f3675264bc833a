import assert from "node:assert/strict";
import { after, test } from "node:test";
import { DAY_MS } from "../../src/domain/instant.ts";
import { blacklistDevice } from "../../src/use-cases/vendor/devices/blacklist-device.ts";
import { issueTrial } from "../../src/use-cases/vendor/licenses/issue-trial.ts";
import { deleteLicense } from "../../src/use-cases/vendor/licenses/set-license-state.ts";
import { createCustomer } from "../../src/use-cases/vendor/people/create-customer.ts";
import { createUser } from "../../src/use-cases/vendor/people/create-user.ts";
import { changeProduct } from "../../src/use-cases/vendor/products/change-product.ts";
import { createPolicy } from "../../src/use-cases/vendor/products/create-policy.ts";
import type { NewProduct } from "../../src/use-cases/vendor/products/create-product.ts";
import { deletePolicy } from "../../src/use-cases/vendor/products/delete-policy.ts";
import { cloudTerms, granted, makeIssued, makeProductWith } from "../support/make-products.ts";
import { startVendorServer } from "../support/vendor-server.ts";
import { expectError, expectReply } from "./expect-reply.ts";

const vendor = await startVendorServer({ after });
const { side, clock } = vendor;
const trial = { days: 14, isEmailRequired: false, policyId: null };

let products = 0;
async function productWithTrial(more: Partial<NewProduct> = {}): Promise<string> {
  const code = `product-${++products}`;
  await makeProductWith(side, { code, name: code, trial, ...more });
  return code;
}

const ask = (query: object) => vendor.get("/trial_key", { ...query });
const licensesOf = (product: string) => side.store.findLicenses({ product });

test("[DEV-7] a trial of a key-based product is a license for the product's days, from its activation on", async () => {
  const product = await productWithTrial();
  const given = await expectReply(vendor, "trialKey", await ask({ hardware_id: "hw-1", product }));
  assert.deepEqual([given.is_trial, given.license_type, given.max_activations], [true, "time-limited", 1]);
  assert.deepEqual([given.license, given.license_active, given.validity_period], [given.license_key, false, null]);
  assert.deepEqual(
    given.product_features.map(({ code }: { code: string }) => code),
    ["export"],
  );
  assert.equal("license_user" in given || "initial_password" in given, false);

  clock.advance(30 * DAY_MS);
  const device = { hardware_id: "hw-1", product, license_key: given.license };
  const activated = await expectReply(vendor, "activateLicense", await vendor.post("/activate_license", device));
  assert.equal(Date.parse(activated.validity_period), Math.floor(clock.wall()) + 14 * DAY_MS);
  assert.equal(activated.is_trial, true);
});

test("[DEV-7] a device that has its trial is told of it, until it has run out", async () => {
  const product = await productWithTrial();
  const first = await expectReply(vendor, "trialKey", await ask({ hardware_id: "hw-1", product }));
  const again = await ask({ hardware_id: "hw-1", product, email: "other@example.com" });
  const known = await expectReply(vendor, "trialKey", again);
  assert.deepEqual(known, { license_type: "time-limited", is_trial: true, license: first.license });
  await vendor.post("/activate_license", { hardware_id: "hw-1", product, license_key: first.license });
  clock.advance(14 * DAY_MS - 1);
  assert.equal((await ask({ hardware_id: "hw-1", product })).json.license, first.license);
  clock.advance(1);
  expectError(await ask({ hardware_id: "hw-1", product }), "trial_expired");
  assert.equal((await licensesOf(product)).length, 1);

  const other = await expectReply(vendor, "trialKey", await ask({ hardware_id: "hw-2", product }));
  assert.notEqual(other.license, first.license);
  const elsewhere = await productWithTrial();
  await expectReply(vendor, "trialKey", await ask({ hardware_id: "hw-1", product: elsewhere }));
});

test("[DEV-7] calls of one device at once get one trial, whatever they say of the person", async () => {
  for (const more of [{}, { authorizationMethod: "user" as const }]) {
    const product = await productWithTrial(more);
    const emails = ["a@example.com", "b@example.com", "c@example.com", "a@example.com", "d@example.com"];
    const calls = emails.map((email) =>
      ask({ hardware_id: `racer-${product}`, product, email: `${product}-${email}` }),
    );
    const replies = await Promise.all(calls);
    for (const reply of replies) await expectReply(vendor, "trialKey", reply);
    assert.equal(replies.filter(({ json }) => "id" in json).length, 1);
    assert.equal(new Set(replies.map(({ json }) => json.license ?? json.license_user)).size, 1);
    assert.equal((await licensesOf(product)).length, 1);
    const devices = await side.store.devices({ hardwareId: `racer-${product}` });
    assert.equal(devices.length, 1);
  }
});

test("[DEV-7] devices at once get a trial each", async () => {
  const product = await productWithTrial();
  const replies = await Promise.all(["a", "b", "c", "d"].map((hardware_id) => ask({ hardware_id, product })));
  assert.equal(new Set(replies.map(({ json }) => json.license)).size, 4);
  assert.equal((await licensesOf(product)).length, 4);
});

test("[DEV-7] devices at once that name one new user make one user, and one of them knows the password", async () => {
  const product = await productWithTrial({ authorizationMethod: "user" });
  const email = "twins@example.com";
  const replies = await Promise.all(["a", "b"].map((hardware_id) => ask({ hardware_id, product, email })));
  const [given] = replies.filter(({ status }) => status === 200);
  const [refused] = replies.filter(({ status }) => status !== 200);
  assert.ok(given !== undefined && refused !== undefined);
  expectError(refused, "invalid_credentials");
  const password = given.json.initial_password;
  const proven = await Promise.all(["a", "b"].map((hardware_id) => ask({ hardware_id, product, email, password })));
  assert.deepEqual(
    proven.map(({ status }) => status),
    [200, 200],
  );
  assert.equal((await licensesOf(product)).length, 2);
});

test("[DEV-7] a trial of a user-based product makes its user, who activates with the initial password", async () => {
  const product = await productWithTrial({ authorizationMethod: "user" });
  expectError(await ask({ hardware_id: "hw-1", product }), "email_missing");
  const email = "ada@example.com";
  const person = { email, first_name: "Ada", last_name: "Byron", phone: "+44", city: "London" };
  const given = await expectReply(vendor, "trialKey", await ask({ hardware_id: "hw-1", product, ...person }));
  assert.deepEqual([given.license_user, given.is_trial], [email, true]);
  assert.equal("license" in given || "license_key" in given, false);
  assert.equal(given.user.first_name, "Ada");
  assert.deepEqual([given.customer.email, given.customer.city], [email, "London"]);
  assert.match(given.initial_password, /^[\w-]{16}$/);

  const device = { hardware_id: "hw-1", product, username: email };
  const wrong = await vendor.post("/activate_license", { ...device, password: "wrong" });
  expectError(wrong, "invalid_credentials");
  const right = await vendor.post("/activate_license", { ...device, password: given.initial_password });
  await expectReply(vendor, "activateLicense", right);
  const known = await expectReply(vendor, "trialKey", await ask({ hardware_id: "hw-1", product }));
  assert.deepEqual(known, { license_type: "time-limited", is_trial: true, license: email });
});

test("[DEV-7] who names a user that is there proves to be that user, and is told nothing otherwise", async () => {
  const product = await productWithTrial({ authorizationMethod: "user" });
  const username = "grace@example.com";
  const customer = granted(await createCustomer(side, { email: username, city: "Arlington" }));
  const user = { username, password: "nanoseconds", firstName: "Grace", customerId: customer.id };
  granted(await createUser(side, user));
  await makeIssued(side, { product, users: [{ username }] });
  const wish = { hardware_id: "hw-1", product, email: username };
  for (const password of [undefined, "wrong"]) {
    const reply = await ask({ ...wish, password });
    expectError(reply, "invalid_credentials");
  }
  assert.equal((await licensesOf(product)).length, 1);
  const given = await expectReply(vendor, "trialKey", await ask({ ...wish, password: "nanoseconds" }));
  assert.deepEqual([given.license_user, given.initial_password], [username, null]);
  assert.deepEqual([given.customer.id, given.customer.city], [customer.id, "Arlington"]);
});

test("[DEV-7] a new user may choose the initial password", async () => {
  const product = await productWithTrial({ authorizationMethod: "user" });
  const wish = { hardware_id: "hw-1", product, email: "alan@example.com", password: "my own" };
  const given = await expectReply(vendor, "trialKey", await ask(wish));
  assert.equal(given.initial_password, "my own");
});

test("[DEV-7] who tries a product is kept as a customer, whoever has the same address already", async () => {
  const product = await productWithTrial();
  const known = granted(await createCustomer(side, { email: "known@example.com", address: "1 Secret Street" }));
  const wish = { hardware_id: "hw-1", product, email: "known@example.com", first_name: "K", company: "Acme" };
  const given = await expectReply(vendor, "trialKey", await ask(wish));
  assert.deepEqual([given.customer.first_name, given.customer.company_name, given.customer.address], ["K", "Acme", ""]);
  const [license] = await licensesOf(product);
  assert.notEqual(license?.issued?.customerId, known.id);
  assert.equal(license?.issued?.customerId, given.customer.id);
  const order = await side.store.findRecord({ kind: "order", field: "id", value: license?.issued?.orderId ?? 0 });
  assert.deepEqual([order?.customerId, order?.storeId], [given.customer.id, given.order_store_id]);
  const nobody = await expectReply(vendor, "trialKey", await ask({ hardware_id: "hw-2", product }));
  assert.deepEqual(nobody.customer, {});
});

test("[DEV-7] a trial goes by the product's policy, or by another that is named, for the product's days", async () => {
  const product = await productWithTrial();
  const floating = { code: "floating", name: "Floating", terms: { ...cloudTerms, capacity: 7, validDurationMs: 1 } };
  granted(await createPolicy(side, { product, ...floating }));
  granted(await createPolicy(side, { product, code: "bare", name: "Bare", features: [] }));
  const wish = (hardware_id: string, license_policy: string) => ask({ hardware_id, product, license_policy });
  const bare = await expectReply(vendor, "trialKey", await wish("hw-1", "bare"));
  assert.deepEqual(bare.product_features, []);
  const seats = await expectReply(vendor, "trialKey", await wish("hw-2", "floating"));
  assert.deepEqual([seats.is_floating_cloud, seats.floating_users, seats.is_trial], [true, 7, true]);
  const [, second] = await licensesOf(product);
  assert.equal(second?.issued?.validDurationMs, 14 * DAY_MS);
  expectError(await wish("hw-3", "nope"), "validation_error", "license_policy");

  const own = granted(await createPolicy(side, { product, code: "own", name: "Own", terms: { maxTransfers: 5 } }));
  granted(await changeProduct(side, product, { trial: { ...trial, policyId: own.id } }));
  const given = await expectReply(vendor, "trialKey", await ask({ hardware_id: "hw-4", product }));
  assert.equal(given.max_transfers, 5);
});

test("[DEV-7] no grace period of a policy makes a trial longer", async () => {
  const product = await productWithTrial();
  const terms = { type: "subscription", allowGracePeriod: true, gracePeriodMs: 90 * DAY_MS } as const;
  granted(await createPolicy(side, { product, code: "sub", name: "Subscription", terms }));
  const given = await expectReply(
    vendor,
    "trialKey",
    await ask({ hardware_id: "hw-1", product, license_policy: "sub" }),
  );
  const device = { hardware_id: "hw-1", product, license_key: given.license };
  await expectReply(vendor, "activateLicense", await vendor.post("/activate_license", device));
  clock.advance(14 * DAY_MS);
  expectError(await vendor.post("/activate_license", device), "license_expired");
});

test("[DEV-7] what is changed while a password is hashed counts: a trial goes by the vendor's last word", async () => {
  const product = await productWithTrial({ authorizationMethod: "user" });
  const policy = granted(await createPolicy(side, { product, code: "std", name: "Standard" }));
  const wish = { product, hardwareId: "hw-1", person: { email: "late@example.com" }, info: {} };
  const [byPolicy] = await Promise.all([
    issueTrial(side, { ...wish, policy: "std" }),
    deletePolicy(side, policy.id).then(granted),
  ]);
  assert.deepEqual(byPolicy, { refused: "invalid_field", about: "license_policy" });
  const [disabled] = await Promise.all([
    issueTrial(side, wish),
    changeProduct(side, product, { state: "disabled" }).then(granted),
  ]);
  assert.deepEqual(disabled, { refused: "disabled_product" });
  assert.deepEqual(await licensesOf(product), []);
});

test("[DEV-7] each of its own refusals", async () => {
  const product = await productWithTrial();
  expectError(await ask({ product }), "missing_hardware_id");
  expectError(await ask({ hardware_id: "hw-1" }), "missing_parameters", "product");
  expectError(await ask({ hardware_id: "", product }), "validation_error", "hardware_id");
  expectError(await ask({ hardware_id: "hw-1", product: "nothing" }), "unknown_product");
  const without = await productWithTrial({ trial: null });
  expectError(await ask({ hardware_id: "hw-1", product: without }), "trial_not_allowed");
  for (const state of ["archived", "disabled"] as const) {
    const code = await productWithTrial({ state });
    expectError(await ask({ hardware_id: "hw-1", product: code }), `${state}_product`);
  }
  const named = await productWithTrial({ trial: { ...trial, isEmailRequired: true } });
  expectError(await ask({ hardware_id: "hw-1", product: named }), "email_missing");
  await expectReply(vendor, "trialKey", await ask({ hardware_id: "hw-1", product: named, email: "x@example.com" }));
});

test("[DEV-7] a device that is barred from its trial gets no other; one whose trial was deleted does", async () => {
  const product = await productWithTrial();
  const given = await expectReply(vendor, "trialKey", await ask({ hardware_id: "hw-1", product }));
  granted(await blacklistDevice(side, given.id, "hw-1"));
  expectError(await ask({ hardware_id: "hw-1", product }), "blacklisted");
  granted(await deleteLicense(side, given.id));
  const replies = await Promise.all([1, 2, 3].map(() => ask({ hardware_id: "hw-1", product })));
  for (const reply of replies) await expectReply(vendor, "trialKey", reply);
  assert.equal((await licensesOf(product)).length, 1);
  assert.equal(new Set(replies.map(({ json }) => json.license)).size, 1);
});

test("[HMAC-5] a trial changes something: a read-only key gets none, and HEAD is not answered", async () => {
  const product = await productWithTrial();
  const key = await vendor.makeKey({ isReadOnly: true });
  const reply = await vendor.get("/trial_key", { hardware_id: "hw-1", product }, vendor.authorize(key));
  expectError(reply, "read_only_api_key");
  const head = { method: "HEAD", path: `/api/v4/trial_key?hardware_id=hw-1&product=${product}` };
  assert.equal((await vendor.send({ ...head, headers: vendor.authorize() })).status, 404);
  assert.equal((await licensesOf(product)).length, 0);
});
