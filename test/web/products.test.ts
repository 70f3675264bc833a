import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { Page } from "playwright-core";
import { openBrowser } from "../support/browser.ts";
import { clientOf } from "../support/management-client.ts";
import { startVendorServer } from "../support/vendor-server.ts";
import { expectAccessible, expectFits, expectNoFaults, openUi } from "./ui.ts";

const browser = await openBrowser({ after });
const server = await startVendorServer({ after });
const api = await clientOf(server, "admin");
let made = 0;

/** A product of its own for each test. @returns its code */
async function makeProduct(fields: object = {}): Promise<string> {
  const code = `p-${++made}`;
  const { status } = await api.post("/products", { code, name: `Product ${made}`, ...fields });
  assert.equal(status, 201);
  return code;
}

async function makeFeature(product: string, fields: object): Promise<void> {
  assert.equal((await api.post(`/products/${product}/features`, fields)).status, 201);
}

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole("dialog").getByRole("combobox", { name: label, exact: true }).click();
  await page.getByRole("option", { name: option, exact: true }).click();
}

test("[UI-11] an offline floating feature is added from the Features tab, with a vendor's own words", async () => {
  const product = await makeProduct();
  const page = await openUi(browser, server, { path: `/products/${product}` });
  await page.getByRole("tab", { name: "Features" }).click();
  await page.waitForURL("**?tab=features");
  await page.getByRole("button", { name: "Add product feature" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Add product feature" });
  await dialog.getByRole("textbox", { name: "Name" }).fill("Render node");
  await dialog.getByRole("textbox", { name: "Code" }).fill("render");
  assert.equal(await dialog.getByRole("textbox", { name: "Max simultaneous users" }).count(), 0);
  await dialog.getByRole("checkbox", { name: "Offline Floating Feature" }).check();
  await dialog.getByRole("textbox", { name: "Max simultaneous users" }).fill("5");
  await dialog.getByRole("textbox", { name: "Timeout", exact: true }).fill("10");
  await dialog.getByRole("checkbox", { name: "Borrowing allowed" }).check();
  await dialog.getByRole("textbox", { name: "Longest borrow", exact: true }).fill("2");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Add feature" }).click();
  const row = page.getByRole("row", { name: /render/ });
  await row.getByRole("cell", { name: "10 min" }).waitFor();
  await row.getByRole("cell", { name: "Offline", exact: true }).waitFor();
  const { body } = await api.get(`/products/${product}/features/render`);
  const { offline_floating, cloud_floating, seats, timeout_seconds, can_borrow, max_borrow_seconds, type } = body;
  assert.deepEqual(
    { offline_floating, cloud_floating, seats, timeout_seconds, can_borrow, max_borrow_seconds, type },
    {
      offline_floating: true,
      cloud_floating: false,
      seats: 5,
      timeout_seconds: 600,
      can_borrow: true,
      max_borrow_seconds: 2 * 86_400,
      type: "activation",
    },
  );
  await expectAccessible(page);
  expectNoFaults(page);
});

test("[UI-11] what means nothing beside the other fields of a feature is hidden, and not sent", async () => {
  const product = await makeProduct();
  const page = await openUi(browser, server, { path: `/products/${product}?tab=features` });
  await page.getByRole("button", { name: "Add product feature" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Add product feature" });
  await dialog.getByRole("textbox", { name: "Name" }).fill("Tokens");
  await dialog.getByRole("textbox", { name: "Code" }).fill("tokens");
  await choose(page, "Type", "Consumption");
  await dialog.getByRole("button", { name: "Add feature" }).click();
  await dialog.getByText("This is needed, unless it is unlimited").waitFor();
  await dialog.getByRole("textbox", { name: "Max consumption" }).fill("1000");
  await dialog.getByRole("checkbox", { name: "Overages allowed" }).check();
  await dialog.getByRole("textbox", { name: "Max overages" }).fill("50");
  await dialog.getByRole("checkbox", { name: "Floating (cloud)" }).check();
  await dialog.getByRole("textbox", { name: "Max simultaneous users" }).fill("3");
  await expectAccessible(page);
  await choose(page, "Type", "Activation");
  assert.equal(await dialog.getByRole("group", { name: "Consumption" }).count(), 0);
  await dialog.getByRole("button", { name: "Add feature" }).click();
  await page
    .getByRole("row", { name: /tokens/ })
    .getByRole("cell", { name: "Cloud" })
    .waitFor();
  const { body } = await api.get(`/products/${product}/features/tokens`);
  assert.equal(body.type, "activation");
  assert.equal(body.max_consumptions, undefined);
  expectNoFaults(page);
});

test("[UI-11] what is wrong with a feature is said at its fields, by the page and by the server", async () => {
  const product = await makeProduct();
  await makeFeature(product, { code: "render", name: "Render" });
  const page = await openUi(browser, server, { path: `/products/${product}?tab=features` });
  await page.getByRole("button", { name: "Add product feature" }).click();
  const dialog = page.getByRole("dialog", { name: "Add product feature" });
  await dialog.getByRole("checkbox", { name: "Offline Floating Feature" }).check();
  await dialog.getByRole("textbox", { name: "Timeout", exact: true }).fill("0");
  await dialog.getByRole("button", { name: "Add feature" }).click();
  assert.equal(await dialog.getByText("This is needed", { exact: true }).count(), 2);
  await dialog.getByText("This is needed where seats float").waitFor();
  await dialog.getByText("More than 0 is needed where seats float").waitFor();
  await dialog
    .locator(":focus")
    .and(dialog.getByRole("textbox", { name: "Name" }))
    .waitFor();
  await dialog.getByRole("textbox", { name: "Name" }).fill("Render again");
  await dialog.getByRole("textbox", { name: "Code" }).fill("render");
  await dialog.getByRole("textbox", { name: "Max simultaneous users" }).fill("1");
  await dialog.getByRole("textbox", { name: "Timeout", exact: true }).fill("5");
  await dialog.getByRole("button", { name: "Add feature" }).click();
  await dialog.getByRole("textbox", { name: "Code", description: /There is one already: code render/ }).waitFor();
  await expectAccessible(page);
  expectNoFaults(page);
});

test("[UI-11] a feature is changed where nobody else changed it meanwhile; its code is fixed once used", async () => {
  const product = await makeProduct();
  await makeFeature(product, { code: "render", name: "Render", offline_floating: true, seats: 2 });
  await api.post("/policies", { product, code: "team", name: "Team", features: [{ code: "render" }] });
  const page = await openUi(browser, server, { path: `/products/${product}?tab=features` });
  const edit = async () => {
    await page.getByRole("button", { name: "Edit render" }).click();
    const dialog = page.getByRole("dialog", { name: "Edit feature render" });
    await dialog.getByRole("textbox", { name: "Code" }).waitFor();
    return dialog;
  };
  let dialog = await edit();
  await dialog.getByRole("textbox", { name: "Code" }).fill("rendering");
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.getByRole("textbox", { name: "Code", description: /in use: code: policy team/ }).waitFor();
  await dialog.getByRole("button", { name: "Cancel" }).click();
  dialog = await edit();
  assert.equal((await api.patch(`/products/${product}/features/render`, { seats: 7 })).status, 200);
  await dialog.getByRole("textbox", { name: "Name" }).fill("Render node");
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.getByText(/changed by somebody else meanwhile/).waitFor();
  await dialog.getByRole("button", { name: "Cancel" }).click();
  dialog = await edit();
  await dialog.getByRole("textbox", { name: "Max simultaneous users" }).fill("");
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.getByText("This is needed where seats float").waitFor();
  await dialog.getByRole("textbox", { name: "Max simultaneous users" }).fill("9");
  await dialog.getByRole("textbox", { name: "Name" }).fill("Render node");
  await dialog.getByRole("button", { name: "Save" }).click();
  await page
    .getByRole("row", { name: /Render node/ })
    .getByRole("cell", { name: "9", exact: true })
    .waitFor();
  await page.getByRole("button", { name: "Delete render" }).click();
  const confirm = page.getByRole("dialog", { name: "Delete feature render?" });
  await confirm.getByRole("button", { name: "Delete feature" }).click();
  await confirm
    .getByRole("alert")
    .getByText(/in use/)
    .waitFor();
  await expectAccessible(page);
  expectNoFaults(page);
});

test("[UI-7] products are filtered by the address, added, edited and deleted", async () => {
  await makeProduct({ name: "Old thing", state: "archived" });
  const page = await openUi(browser, server, { path: "/products?state=archived" });
  await page.getByRole("link", { name: "Old thing" }).waitFor();
  assert.equal(await page.getByRole("region", { name: "Products" }).getByRole("link").count(), 1);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Add product" }).click();
  const dialog = page.getByRole("dialog", { name: "Add product" });
  await dialog.getByRole("textbox", { name: "Name" }).fill("Draft CAD");
  await dialog.getByRole("textbox", { name: "Code" }).fill("cad/1");
  await dialog.getByRole("checkbox", { name: "Give trials" }).check();
  await dialog.getByRole("textbox", { name: "Days" }).fill("14");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Add product" }).click();
  await page.getByRole("heading", { name: "Draft CAD", level: 1 }).waitFor();
  await page.getByText("14 days, with every feature").waitFor();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Edit product" }).click();
  const edit = page.getByRole("dialog", { name: "Edit product" });
  await edit.getByRole("textbox", { name: "Code" }).fill("cad-2");
  await choose(page, "State", "Disabled");
  await edit.getByRole("button", { name: "Save" }).click();
  await page.waitForURL("**/products/cad-2");
  await page.getByText("This product is disabled").waitFor();
  await page.getByRole("button", { name: "Delete product" }).click();
  const confirm = page.getByRole("dialog", { name: "Delete Draft CAD?" });
  await expectAccessible(page);
  await confirm.getByRole("button", { name: "Delete product" }).click();
  await page.waitForURL("**/products");
  assert.equal((await api.get("/products/cad-2")).status, 404);
  expectNoFaults(page);
});

test("[UI-11] a policy has terms and features of its own, and keeps what is not changed", async () => {
  const product = await makeProduct();
  await makeFeature(product, { code: "render", name: "Render", offline_floating: true, seats: 2 });
  await makeFeature(product, { code: "export", name: "Export" });
  const page = await openUi(browser, server, { path: `/products/${product}?tab=policies` });
  await page.getByRole("button", { name: "Add policy" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Add policy" });
  await dialog.getByRole("textbox", { name: "Name" }).fill("Team, 1 year");
  await dialog.getByRole("textbox", { name: "Code" }).fill("team");
  await choose(page, "Type", "Subscription");
  await choose(page, "Ends", "A time after the first activation");
  await choose(page, "Unit of Valid for", "days");
  await dialog.getByRole("textbox", { name: "Valid for", exact: true }).fill("365");
  await choose(page, "Which features", "Those chosen here, with values of their own");
  await dialog.getByRole("checkbox", { name: "Export" }).uncheck();
  await dialog.getByRole("button", { name: "Own values of Render" }).click();
  const own = dialog.getByRole("group", { name: "Feature Render" });
  await own.getByRole("textbox", { name: "Max simultaneous users" }).fill("10");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Add policy" }).click();
  await page
    .getByRole("row", { name: /Team, 1 year/ })
    .getByRole("cell", { name: "1 of 2" })
    .waitFor();
  const policy = async () => (await api.get(`/policies?product=${product}`)).body.data[0];
  const before = await policy();
  assert.equal(before.type, "subscription");
  assert.equal(before.valid_duration_seconds, 365 * 86_400);
  assert.deepEqual(before.features, [{ code: "render", seats: 10 }]);
  await page.getByRole("button", { name: "Edit Team, 1 year" }).click();
  const edit = page.getByRole("dialog", { name: "Edit policy Team, 1 year" });
  await choose(page, "Type", "Perpetual");
  await edit.getByRole("button", { name: "Save" }).click();
  await page.getByRole("cell", { name: "no end" }).waitFor();
  const { type: _, valid_duration_seconds: __, ...kept } = before;
  assert.deepEqual(await policy(), { ...kept, type: "perpetual", valid_duration_seconds: null });
  await page.getByRole("button", { name: "Delete Team, 1 year" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete policy" }).click();
  await page.getByRole("heading", { name: "No policies yet" }).waitFor();
  await expectAccessible(page);
  expectNoFaults(page);
});

test("[UI-11] a version has the address of its file, which can be emptied again", async () => {
  const product = await makeProduct();
  const page = await openUi(browser, server, { path: `/products/${product}?tab=versions` });
  await page.getByRole("button", { name: "Add version" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Add version" });
  await dialog.getByRole("textbox", { name: "Version", exact: true }).fill("2.1.0");
  await dialog.getByRole("textbox", { name: "Address of the file" }).fill("https://example.com/cad-2.1.0.exe");
  await dialog.getByRole("textbox", { name: "Size in bytes" }).fill("12600000");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Add version" }).click();
  await page.getByRole("link", { name: "cad-2.1.0.exe" }).waitFor();
  await page.getByRole("cell", { name: "12.6 MB" }).waitFor();
  await page.getByRole("button", { name: "Edit 2.1.0" }).click();
  const edit = page.getByRole("dialog", { name: "Edit version 2.1.0" });
  await edit.getByRole("textbox", { name: "Address of the file" }).fill("");
  await edit.getByRole("checkbox", { name: "Can be installed" }).uncheck();
  await edit.getByRole("button", { name: "Save" }).click();
  await page.getByText("Taken back").waitFor();
  const [version] = (await api.get(`/versions?product=${product}`)).body.data;
  assert.deepEqual([version.url, version.is_enabled, version.size_bytes], ["", false, 12_600_000]);
  await expectAccessible(page);
  expectNoFaults(page);
});

test("[UI-11] custom fields are edited as rows of names and values", async () => {
  const product = await makeProduct({ custom_fields: [{ name: "limit", value: 12 }] });
  const page = await openUi(browser, server, { path: `/products/${product}?tab=fields` });
  await page.getByRole("button", { name: "Add field" }).click();
  const added = page.getByRole("group", { name: "Custom field 2" });
  await added.getByRole("textbox", { name: "Name" }).fill("limit");
  const twice = page.getByRole("group", { name: "Custom limit" }).last();
  await twice.getByText("There is a field of this name already").waitFor();
  await twice.getByRole("textbox", { name: "Name" }).fill("region");
  await page.getByRole("group", { name: "Custom region" }).getByRole("textbox", { name: "Value" }).fill("EU");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Save custom fields" }).click();
  await page.getByText("The custom fields are saved").waitFor();
  const { body } = await api.get(`/products/${product}`);
  assert.deepEqual(body.custom_fields, [
    { name: "limit", value: 12 },
    { name: "region", value: "EU" },
  ]);
  expectNoFaults(page);
});

test("[UI-4] a viewer sees products, and why nothing of them can be changed", async () => {
  const product = await makeProduct();
  await makeFeature(product, { code: "render", name: "Render" });
  const page = await openUi(browser, server, { role: "viewer", path: `/products/${product}?tab=features` });
  const add = page.getByRole("button", { name: "Add product feature" });
  await page.getByRole("button", { name: "Delete render" }).waitFor();
  await expectAccessible(page);
  await add.focus();
  await page.getByRole("tooltip", { name: "needs the role admin; you are viewer" }).waitFor();
  await add.press("Enter");
  assert.equal(await page.getByRole("dialog").count(), 0);
  expectNoFaults(page);
});

test("[UI-2] pages of a product fit a phone's width", async () => {
  const product = await makeProduct({ custom_fields: [{ name: "region", value: "EU" }] });
  await makeFeature(product, { code: "render", name: "Render", offline_floating: true, seats: 2 });
  const page = await openUi(browser, server, { width: 390, path: `/products/${product}` });
  for (const tab of ["General", "Features", "Policies", "Versions", "Custom fields"]) {
    await page.getByRole("tab", { name: tab }).click();
    await page.getByRole("tabpanel", { name: tab }).getByRole("heading", { level: 2 }).first().waitFor();
    await expectFits(page);
    await expectAccessible(page);
  }
  expectNoFaults(page);
});
