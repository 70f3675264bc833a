import assert from "node:assert/strict";
import { after, test } from "node:test";
import { openBrowser } from "../support/browser.ts";
import { clientOf } from "../support/management-client.ts";
import { startVendorServer } from "../support/vendor-server.ts";
import { expectAccessible, expectNoFaults, openUi } from "./ui.ts";

const browser = await openBrowser({ after });
const server = await startVendorServer({ after });
const api = await clientOf(server, "admin");
for (const code of ["cad", "cam"]) await api.post("/products", { code, name: code.toUpperCase() });
await api.post("/products", { code: "saas", name: "Service", authorization_method: "user" });

test("[UI-11] a bundle is added, and its licenses are issued with one key", async () => {
  await api.post("/customers", { company_name: "Acme", email: "ann@acme.example" });
  const page = await openUi(browser, server, { path: "/bundles" });
  await expectAccessible(page);
  await page.getByRole("button", { name: "Add bundle" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Add bundle" });
  await dialog.getByRole("textbox", { name: "Name" }).fill("The suite");
  await dialog.getByRole("textbox", { name: "Code" }).fill("suite");
  for (const product of ["CAD (cad)", "Service (saas)"]) {
    await dialog.getByRole("combobox", { name: "Products" }).click();
    await page.getByRole("option", { name: product }).click();
  }
  await page.keyboard.press("Tab");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Add bundle" }).click();
  await dialog
    .getByRole("alert")
    .getByText(/all key-based or all user-based/)
    .waitFor();
  await dialog.getByRole("combobox", { name: "Products" }).press("Backspace");
  await page.getByRole("option", { name: "CAM (cam)" }).click();
  await page.keyboard.press("Tab");
  await dialog.getByRole("button", { name: "Add bundle" }).click();
  await page.getByRole("button", { name: "Issue The suite" }).click();
  const issue = page.getByRole("dialog", { name: "Issue The suite" });
  await issue.getByRole("textbox", { name: "Max devices" }).fill("3");
  await issue.getByRole("combobox", { name: "Customer" }).fill("acm");
  await page.getByRole("option", { name: "Acme, ann@acme.example" }).click();
  await expectAccessible(page);
  await issue.getByRole("button", { name: "Issue licenses" }).click();
  const issued = page.getByRole("dialog", { name: "The licenses are issued" });
  const key = await issued.getByLabel("license key", { exact: true }).textContent();
  await expectAccessible(page);
  const licenses = (await api.get(`/licenses?bundle=suite&order=id`)).body.data;
  assert.deepEqual(
    licenses.map(({ key, product, max_activations }: Record<string, unknown>) => [key, product, max_activations]),
    [
      [key, "cad", 3],
      [key, "cam", 3],
    ],
  );
  assert.ok(licenses.every(({ customer_id }: { customer_id: number }) => customer_id === 1));
  await issued.getByRole("link", { name: /of cam/ }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Delete The suite" }).click();
  const confirm = page.getByRole("dialog", { name: "Delete bundle The suite?" });
  await confirm.getByRole("button", { name: "Delete bundle" }).click();
  await confirm
    .getByRole("alert")
    .getByText(/in use: 2 licenses/)
    .waitFor();
  expectNoFaults(page);
});

test("[UI-11] the licenses of a user-based bundle are issued to license users", async () => {
  await api.post("/users", { username: "ann", password: "a long password" });
  await api.post("/bundles", { code: "online", name: "Online", product_codes: ["saas"] });
  const page = await openUi(browser, server, { path: "/bundles" });
  await page.getByRole("button", { name: "Issue Online" }).click();
  const issue = page.getByRole("dialog", { name: "Issue Online" });
  await issue.getByRole("combobox", { name: "User names" }).fill("ann");
  await issue.getByRole("combobox", { name: "User names" }).press("Enter");
  await issue.getByRole("textbox", { name: "Devices of ann" }).fill("2");
  await expectAccessible(page);
  await issue.getByRole("button", { name: "Issue licenses" }).click();
  await page.getByText("Their users can activate them now.").waitFor();
  const [license] = (await api.get("/licenses?bundle=online")).body.data;
  assert.equal(license.users[0].max_activations, 2);
  expectNoFaults(page);
});

test("[UI-7] bundles are filtered by the address, edited and deleted", async () => {
  await api.post("/bundles", { code: "pair", name: "A pair", product_codes: ["cad", "cam"] });
  const page = await openUi(browser, server, { path: "/bundles?code.contains=pair", width: 390 });
  await page.getByRole("button", { name: "Edit A pair" }).click();
  const edit = page.getByRole("dialog", { name: "Edit bundle A pair" });
  await edit.getByRole("textbox", { name: "Name" }).fill("One");
  await edit.getByRole("combobox", { name: "Products" }).press("Backspace");
  await page.keyboard.press("Tab");
  await edit.getByRole("button", { name: "Save" }).click();
  await page.getByRole("button", { name: "Delete One" }).waitFor();
  assert.deepEqual((await api.get("/bundles/pair")).body.product_codes, ["cad"]);
  await page.getByRole("button", { name: "Delete One" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete bundle" }).click();
  await page.getByRole("heading", { name: "Nothing fits these filters" }).waitFor();
  assert.equal((await api.get("/bundles/pair")).status, 404);
  expectNoFaults(page);
});
