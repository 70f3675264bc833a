import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { Page } from "playwright-core";
import { openBrowser } from "../support/browser.ts";
import { makeIssued, makeProductWith } from "../support/make-products.ts";
import { clientOf } from "../support/management-client.ts";
import { startVendorServer } from "../support/vendor-server.ts";
import { expectAccessible, expectNoFaults, openUi } from "./ui.ts";

const browser = await openBrowser({ after });
const server = await startVendorServer({ after });
const api = await clientOf(server, "admin");
await makeProductWith(server.side, { code: "studio", name: "Studio" });

const dialogOf = (page: Page, name: string | RegExp) => page.getByRole("dialog", { name });
const act = async (page: Page, name: string, action: string) => {
  await page.getByRole("button", { name: `Actions for ${name}` }).click();
  await page.getByRole("menuitem", { name: action }).click();
};

test("[UI-2] a customer is added, edited with its orders, and stays while it has some", async () => {
  const page = await openUi(browser, server, { path: "/customers" });
  await page.getByRole("button", { name: "Add customer" }).first().click();
  const adding = dialogOf(page, "Add customer");
  await adding.getByRole("textbox", { name: "Company" }).fill("Acme");
  await adding.getByRole("textbox", { name: "E-mail" }).fill("it@acme.example");
  await expectAccessible(page);
  await adding.getByRole("button", { name: "Add customer" }).click();
  await page.getByRole("link", { name: "Acme" }).click();
  await page.getByRole("heading", { name: "No licenses yet" }).waitFor();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Edit" }).click();
  const editing = dialogOf(page, "Edit Acme");
  await editing.getByRole("textbox", { name: "City" }).fill("Ulm");
  await expectAccessible(page);
  await editing.getByRole("button", { name: "Save" }).click();
  await page.getByText("Ulm", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Add order" }).click();
  await dialogOf(page, "Add order").getByRole("textbox", { name: "Order number" }).fill("A-1");
  await dialogOf(page, "Add order").getByRole("button", { name: "Add order" }).click();
  await page.getByRole("cell", { name: "A-1", exact: true }).waitFor();
  await page.getByRole("button", { name: "Delete" }).click();
  await dialogOf(page, "Delete Acme?").getByRole("button", { name: "Delete customer" }).click();
  await page.getByRole("alert").getByText("It is in use").waitFor();
  await expectAccessible(page);
  const [{ id, city }] = (await api.get("/customers?company_name=Acme")).body.data;
  const { data: orders } = (await api.get(`/orders?customer_id=${id}`)).body;
  assert.deepEqual([city, orders.length], ["Ulm", 1]);
  expectNoFaults(page);
});

test("[UI-7] orders are found by the address, with their customers' names, and exported as filtered", async () => {
  const { id: beta } = (await api.post("/customers", { company_name: "Beta", email: "b@beta.example" })).body;
  const { id } = (await api.post("/orders", { store_id: "B-7", customer_id: beta })).body;
  await api.post("/orders", { store_id: "C-8" });
  const license = await makeIssued(server.side, { product: "studio", orderId: id, customerId: beta });
  const page = await openUi(browser, server, { path: "/orders?store_id.contains=-7" });
  await page.getByRole("cell", { name: "B-7", exact: true }).waitFor();
  assert.equal(await page.getByRole("cell", { name: "C-8" }).count(), 0);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Export" }).click();
  const file = page.getByRole("menuitem", { name: "CSV of everything that fits" });
  const csv = await (await page.request.get(`${server.side.managementUrl}${await file.getAttribute("href")}`)).text();
  assert.match(csv, /B-7/);
  assert.doesNotMatch(csv, /C-8/);
  await page.keyboard.press("Escape");
  await act(page, "B-7", "Edit");
  const editing = dialogOf(page, "Edit order B-7");
  // Found by its e-mail address, whatever company it is.
  await editing.getByRole("combobox", { name: "Customer" }).fill("it@acme");
  await page.getByRole("option", { name: /^Acme/ }).click();
  await expectAccessible(page);
  await editing.getByRole("button", { name: "Save" }).click();
  await page.getByRole("link", { name: "Acme", exact: true }).waitFor();
  await act(page, "B-7", "Delete");
  await page.getByRole("button", { name: "Delete order" }).click();
  await page.getByRole("alert").getByText("It is in use").waitFor();
  await page.keyboard.press("Escape");
  await page.goto(`${server.side.managementUrl}/customers/${beta}`);
  await page.getByRole("link", { name: license.details.key ?? "" }).waitFor();
  await expectAccessible(page);
  expectNoFaults(page);
});

test("[UI-2] a license user gets a password that is shown once, another one, and goes", async () => {
  const page = await openUi(browser, server, { path: "/users" });
  await page.getByRole("heading", { name: "No license users yet" }).waitFor();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Add license user" }).first().click();
  await dialogOf(page, "Add license user").getByRole("textbox", { name: "User name" }).fill("ann@acme.example");
  await expectAccessible(page);
  await dialogOf(page, "Add license user").getByRole("button", { name: "Add license user" }).click();
  const secret = dialogOf(page, "Password");
  const first = await secret.getByLabel("Password", { exact: true }).textContent();
  assert.ok((first?.length ?? 0) >= 8, "a password is shown");
  await expectAccessible(page);
  await secret.getByRole("button", { name: "Close" }).click();
  await page.getByText("still the first").waitFor();
  await act(page, "ann@acme.example", "Set password");
  await dialogOf(page, /New password/)
    .getByLabel("Password", { exact: true })
    .fill("chosen by an admin");
  await expectAccessible(page);
  await dialogOf(page, /New password/)
    .getByRole("button", { name: "Set password" })
    .click();
  await dialogOf(page, "Password").getByText("chosen by an admin").waitFor();
  await dialogOf(page, "Password").getByRole("button", { name: "Close" }).click();
  await act(page, "ann@acme.example", "Edit");
  await dialogOf(page, /Edit ann/)
    .getByRole("textbox", { name: "Last name" })
    .fill("Lee");
  await dialogOf(page, /Edit ann/)
    .getByRole("button", { name: "Save" })
    .click();
  await page.getByRole("cell", { name: "Lee" }).waitFor();
  await expectAccessible(page);
  await act(page, "ann@acme.example", "Delete");
  await page.getByRole("button", { name: "Delete license user" }).click();
  await page.getByRole("heading", { name: "No license users yet" }).waitFor();
  expectNoFaults(page);
});

test("[UI-2] an API key is limited to products, works by the secret shown once, rotates, and is revoked", async () => {
  const page = await openUi(browser, server, { path: "/api-keys" });
  await page.getByRole("button", { name: "Add API key" }).click();
  const adding = dialogOf(page, "Add API key");
  await adding.getByRole("textbox", { name: "Name" }).fill("Studio 5");
  await adding.getByRole("checkbox", { name: "All products" }).uncheck();
  await adding.getByRole("combobox", { name: "Products it may ask about" }).click();
  await page.getByRole("option", { name: "Studio (studio)" }).click();
  await page.keyboard.press("Tab");
  await expectAccessible(page);
  await adding.getByRole("button", { name: "Add API key" }).click();
  const secrets = await secretsOf(page, "Shared key", ["API key", "Shared key"]);
  const [apiKey = "", sharedKey = ""] = secrets;
  const works = async (shared: string) => {
    const headers = server.authorize({ apiKey, sharedKey: shared });
    return (await server.get("/product_details", { product: "studio" }, headers)).status;
  };
  assert.equal(await works(sharedKey), 200);
  await page.getByText("use studio").waitFor();
  await expectAccessible(page);
  await act(page, "Studio 5", "New shared key");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Make a new shared key" }).click();
  const [, newer = ""] = await secretsOf(page, "Shared key", ["API key", "Shared key"]);
  assert.deepEqual([newer === sharedKey, await works(newer), await works(sharedKey)], [false, 200, 200]);
  await act(page, "Studio 5", "Edit");
  await dialogOf(page, "Edit Studio 5").getByRole("checkbox", { name: "Read only" }).check();
  await dialogOf(page, "Edit Studio 5").getByRole("button", { name: "Save" }).click();
  await page.getByText("only read studio").waitFor();
  await act(page, "Studio 5", "Revoke");
  await page.getByRole("button", { name: "Revoke API key" }).click();
  await page.getByText("revoked", { exact: true }).waitFor();
  assert.notEqual(await works(newer), 200);
  await page.getByRole("tab", { name: "OAuth clients" }).click();
  await page.getByRole("heading", { name: "No OAuth clients yet" }).waitFor();
  assert.match(page.url(), /tab=oauth-clients/);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Add OAuth client" }).first().click();
  await dialogOf(page, "Add OAuth client").getByRole("textbox", { name: "Name" }).fill("Portal");
  await dialogOf(page, "Add OAuth client").getByRole("button", { name: "Add OAuth client" }).click();
  await secretsOf(page, "Client secret", ["Client id", "Client secret"]);
  await page.getByRole("cell", { name: "Portal", exact: true }).waitFor();
  expectNoFaults(page);
});

test("[UI-2] a signing key is rotated and retired by dialogs that tell for whom it breaks, and downloaded", async () => {
  const page = await openUi(browser, server, { path: "/signing-keys" });
  await page.getByRole("button", { name: "Rotate" }).click();
  await dialogOf(page, /new key/)
    .getByText("A floating server takes new license files only once it has the new public key")
    .waitFor();
  await expectAccessible(page);
  await dialogOf(page, /new key/)
    .getByRole("button", { name: "Rotate" })
    .click();
  await page.getByText("published", { exact: true }).waitFor();
  await expectAccessible(page);
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download vendor.pem" }).click();
  const file = await (await download).createReadStream();
  const pem = (await file.toArray()).join("");
  assert.equal(pem.match(/BEGIN PUBLIC KEY/g)?.length, 2);
  await act(page, "key 1", "Retire");
  await dialogOf(page, "Retire key 1?").getByText("It takes nothing back").waitFor();
  await expectAccessible(page);
  await dialogOf(page, "Retire key 1?").getByRole("button", { name: "Retire" }).click();
  await page.getByText("retired", { exact: true }).waitFor();
  assert.equal((await api.get("/signing-keys/1")).body.state, "retired");
  expectNoFaults(page);
});

test("[MANAGE-5] of two who change a customer, the second is told, reads it again, and keeps what was typed", async () => {
  const { id } = (await api.post("/customers", { company_name: "Gamma", city: "Ulm" })).body;
  const [one, two] = await Promise.all([
    openUi(browser, server, { path: `/customers/${id}` }),
    openUi(browser, server, { path: `/customers/${id}` }),
  ]);
  for (const page of [one, two]) await page.getByRole("button", { name: "Edit" }).click();
  await dialogOf(two, "Edit Gamma").getByRole("textbox", { name: "Phone" }).fill("0731 12");
  await dialogOf(one, "Edit Gamma").getByRole("textbox", { name: "City" }).fill("Bonn");
  await dialogOf(one, "Edit Gamma").getByRole("button", { name: "Save" }).click();
  await one.getByText("Bonn", { exact: true }).waitFor();
  await dialogOf(two, "Edit Gamma").getByRole("button", { name: "Save" }).click();
  await two.getByRole("alert").getByText("It was changed by somebody else meanwhile").waitFor();
  await expectAccessible(two);
  await two.getByRole("button", { name: "Read it again, and keep what I typed" }).click();
  await two.getByRole("alert").waitFor({ state: "detached" });
  assert.equal(await dialogOf(two, "Edit Gamma").getByRole("textbox", { name: "City" }).inputValue(), "Bonn");
  await dialogOf(two, "Edit Gamma").getByRole("button", { name: "Save" }).click();
  await two.getByText("0731 12", { exact: true }).waitFor();
  const { city, phone } = (await api.get(`/customers/${id}`)).body;
  assert.deepEqual([city, phone], ["Bonn", "0731 12"]);
  expectNoFaults(two);
});

test("[UI-4] a viewer sees what could be done, and why not by a viewer", async () => {
  const page = await openUi(browser, server, { path: "/orders", role: "viewer", width: 390 });
  const add = page.getByRole("button", { name: "Add order" });
  await add.focus();
  await page.getByRole("tooltip", { name: "needs the role admin; you are viewer" }).waitFor();
  await add.press("Enter");
  assert.equal(await page.getByRole("dialog").count(), 0);
  await page.getByRole("button", { name: "Actions for C-8" }).click();
  const edit = page.getByRole("menuitem", { name: "Edit" });
  await edit.getByText("needs the role admin; you are viewer").waitFor();
  assert.ok(await edit.isDisabled());
  await expectAccessible(page);
  expectNoFaults(page);
});

/** What is shown once, by its labels; and closes it. */
async function secretsOf(page: Page, title: string, labels: readonly string[]): Promise<string[]> {
  const shown = dialogOf(page, title);
  await shown.getByText("Shown this once").waitFor();
  const texts = await Promise.all(
    labels.map(async (label) => (await shown.getByLabel(label, { exact: true }).textContent()) ?? ""),
  );
  await shown.getByRole("button", { name: "Close" }).click();
  await shown.waitFor({ state: "detached" });
  return texts;
}
