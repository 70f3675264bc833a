import assert from "node:assert/strict";
import { verifyPassword } from "../../src/signing/password.ts";
import { issueLicense } from "../../src/use-cases/vendor/licenses/issue-license.ts";
import { deleteLicense } from "../../src/use-cases/vendor/licenses/set-license-state.ts";
import { changeCustomer } from "../../src/use-cases/vendor/people/change-customer.ts";
import { changeOrder } from "../../src/use-cases/vendor/people/change-order.ts";
import { changeUser } from "../../src/use-cases/vendor/people/change-user.ts";
import { createCustomer } from "../../src/use-cases/vendor/people/create-customer.ts";
import { createOrder } from "../../src/use-cases/vendor/people/create-order.ts";
import { createUser } from "../../src/use-cases/vendor/people/create-user.ts";
import { deleteCustomer } from "../../src/use-cases/vendor/people/delete-customer.ts";
import { deleteOrder } from "../../src/use-cases/vendor/people/delete-order.ts";
import { deleteUser } from "../../src/use-cases/vendor/people/delete-user.ts";
import { setUserPassword } from "../../src/use-cases/vendor/people/set-user-password.ts";
import { onBothStores, refusalOf, refusalsOf } from "../support/both-stores.ts";
import { granted, makeIssued, makeProductWith } from "../support/make-products.ts";

onBothStores("[REC-2] a changed customer is what its licenses show of it, in the same commit", async (vendor) => {
  await makeProductWith(vendor, { code: "cad", name: "CAD" });
  const { id } = granted(await createCustomer(vendor, { email: "a@b.example", companyName: "Acme" }));
  const other = granted(await createCustomer(vendor, { email: "a@b.example", companyName: "Other" }));
  const mine = await makeIssued(vendor, { product: "cad", customerId: id });
  const others = await makeIssued(vendor, { product: "cad", customerId: other.id });
  const change = () => changeCustomer(vendor, id, { companyName: "Acme 2", metadata: { a: 1 } });
  assert.equal(await vendor.commitsOf(async () => granted(await change())), 1);
  const [after] = await vendor.store.findLicenses({ customerId: id });
  assert.deepEqual(after, {
    ...mine,
    details: { ...mine.details, customer: { ...mine.details.customer, company_name: "Acme 2" } },
  });
  assert.deepEqual(await vendor.store.findLicenses({ customerId: other.id }), [others]);
  const changes = async () => (await vendor.eventsOf("record_changed")).filter(({ record }) => record === "customer");
  const [event] = await changes();
  assert.deepEqual([event.before.companyName, event.after.companyName, event.licenses], ["Acme", "Acme 2", 1]);
  granted(await change());
  assert.equal((await changes()).length, 1, "what changes nothing leaves no event");
});

onBothStores(
  "[WIRE-3] [SIGN-3] texts of customers are up to 1,024 code points, metadata as it can be signed",
  async (vendor) => {
    const { id } = granted(await createCustomer(vendor, { city: "😀".repeat(1_024) }));
    const cases = [
      { email: "a\0b" },
      { city: "x".repeat(1_025) },
      { state: "\udc00" },
      { metadata: { a: { "1": 1 } } },
    ];
    for (const fields of cases) {
      for (const refused of [await createCustomer(vendor, fields), await changeCustomer(vendor, id, fields)]) {
        const [code, about] = refusalOf(refused) ?? [];
        assert.equal(code, "invalid_field", JSON.stringify(fields));
        assert.ok(String(about).startsWith(Object.keys(fields)[0] as string), String(about));
      }
    }
    assert.equal(refusalOf(await changeCustomer(vendor, 99, {}))?.[0], "does_not_exist");
  },
);

onBothStores("[REC-1] a customer with licenses, orders or users is in use", async (vendor) => {
  await makeProductWith(vendor, { code: "cad", name: "CAD" });
  const { id } = granted(await createCustomer(vendor, {}));
  const license = await makeIssued(vendor, { product: "cad", customerId: id });
  const order = granted(await createOrder(vendor, { storeId: "S-1", customerId: id }));
  granted(await createUser(vendor, { username: "ann", customerId: id, password: "a password" }));
  assert.deepEqual(refusalOf(await deleteCustomer(vendor, id)), ["is_in_use", "1 licenses"]);
  granted(await deleteLicense(vendor, license.id));
  assert.deepEqual(refusalOf(await deleteCustomer(vendor, id)), ["is_in_use", "order S-1"]);
  granted(await changeOrder(vendor, order.id, { customerId: null }));
  assert.deepEqual(refusalOf(await deleteCustomer(vendor, id)), ["is_in_use", "user ann"]);
  granted(await changeUser(vendor, "ann", { customerId: null }));
  const acts = [deleteCustomer(vendor, id), issueLicense(vendor, { product: "cad", customerId: id })];
  const [gone, late] = (await Promise.all(acts)).map(refusalOf);
  // Whichever is first: never is a license issued to somebody who is gone.
  const isGone = gone === undefined;
  const unknown = ["does_not_exist", `customerId: customer ${id}`];
  assert.deepEqual([gone, late], isGone ? [undefined, unknown] : [["is_in_use", "1 licenses"], undefined]);
  assert.equal(refusalOf(await deleteCustomer(vendor, id))?.[0], isGone ? "does_not_exist" : "is_in_use");
});

onBothStores("[REC-1] order numbers are unique, and their licenses show the number as it is", async (vendor) => {
  await makeProductWith(vendor, { code: "cad", name: "CAD" });
  const made = await Promise.all([createOrder(vendor, { storeId: "S-1" }), createOrder(vendor, { storeId: "S-1" })]);
  assert.deepEqual(refusalsOf(made), [["already_exists", "storeId S-1"]]);
  const { id } = granted(await createOrder(vendor, { storeId: "S-2" }));
  const license = await makeIssued(vendor, { product: "cad", orderId: id });
  assert.deepEqual(refusalOf(await changeOrder(vendor, id, { storeId: "S-1" })), ["already_exists", "storeId S-1"]);
  assert.equal(refusalOf(await changeOrder(vendor, id, { storeId: "" }))?.[0], "invalid_field");
  const unknown = ["does_not_exist", "customerId: customer 9"];
  assert.deepEqual(refusalOf(await changeOrder(vendor, id, { customerId: 9 })), unknown);
  assert.deepEqual(refusalOf(await createOrder(vendor, { storeId: "S-9", customerId: 9 })), unknown);
  assert.equal(await vendor.commitsOf(async () => granted(await changeOrder(vendor, id, { storeId: "S-3" }))), 1);
  assert.equal((await vendor.store.findLicenses({ orderId: id }))[0]?.details.orderStoreId, "S-3");
  granted(await changeOrder(vendor, id, { storeId: "S-3" }));
  assert.deepEqual(refusalOf(await deleteOrder(vendor, id)), ["is_in_use", "1 licenses"]);
  granted(await deleteLicense(vendor, license.id));
  granted(await deleteOrder(vendor, id));
});

onBothStores("[REC-1] user names are unique, and a renamed user keeps licenses and password", async (vendor) => {
  await makeProductWith(vendor, { code: "who", name: "Who", authorizationMethod: "user" });
  const make = (username: string) => createUser(vendor, { username, password: "a password" });
  const made = await Promise.all([make("ann"), make("ann"), make("bob")]);
  assert.deepEqual(made.map((each) => refusalOf(each)?.[1]).sort(), ["username ann", undefined, undefined]);
  const license = await makeIssued(vendor, { product: "who", users: [{ username: "ann" }] });
  assert.deepEqual(refusalOf(await changeUser(vendor, "ann", { username: "bob" })), ["already_exists", "username bob"]);
  assert.equal(refusalOf(await changeUser(vendor, "ann", { username: "" }))?.[0], "invalid_field");
  assert.equal(refusalOf(await make(""))?.[0], "invalid_field");
  const renamed = granted(await changeUser(vendor, "ann", { username: "anna", firstName: "Anna" }));
  assert.ok(await verifyPassword(renamed.passwordHash, "a password"));
  assert.deepEqual(await vendor.store.findLicenses({ username: "anna" }), [license]);
  assert.deepEqual(refusalOf(await deleteUser(vendor, "anna")), ["is_in_use", "1 licenses"]);
  assert.equal(refusalOf(await deleteUser(vendor, "ann"))?.[0], "does_not_exist");
  granted(await deleteLicense(vendor, license.id));
  granted(await deleteUser(vendor, "anna"));
});

onBothStores("[SEC-2] [REC-2] a password set by the vendor is an initial one, and is in no event", async (vendor) => {
  const { user, password } = granted(await createUser(vendor, { username: "ann" }));
  const set = granted(await setUserPassword(vendor, "ann"));
  assert.notEqual(set.password, password);
  assert.equal(set.user.isInitialPassword, true);
  assert.ok(await verifyPassword(set.user.passwordHash, set.password));
  assert.ok(!(await verifyPassword(set.user.passwordHash, password)));
  const given = granted(await setUserPassword(vendor, "ann", "chosen password"));
  assert.equal(given.password, "chosen password");
  assert.equal(refusalOf(await setUserPassword(vendor, "ann", ""))?.[0], "invalid_field");
  assert.equal(refusalOf(await setUserPassword(vendor, "bob"))?.[0], "does_not_exist");
  granted(await deleteUser(vendor, "ann"));
  const events = await vendor.store.events(0, 100);
  assert.deepEqual(
    events.map(({ kind }) => kind),
    ["record_created", "record_changed", "record_changed", "record_deleted"],
  );
  const text = JSON.stringify(events);
  const secrets = [password, set.password, given.password, "argon2id"];
  for (const secret of [...secrets, user.passwordHash, set.user.passwordHash]) {
    assert.ok(!text.includes(secret), "a secret is in an event");
  }
});
