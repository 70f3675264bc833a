import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { cloudTerms, makeProductWith } from "../support/make-products.ts";
import { clientOf, type ManagementClient } from "../support/management-client.ts";
import type { TestVendorServer } from "../support/vendor-server.ts";

/** A vendor with a product by keys, one by users, a policy, a customer, an order and two license users. */
export async function setUpVendor(vendor: TestVendorServer): Promise<ManagementClient> {
  const admin = await clientOf(vendor, "admin");
  await makeProductWith(vendor.side, { code: "cad", name: "CAD Studio" }, [
    { code: "render", name: "Render node", capacity: 5, ...cloudTerms },
    { code: "export", name: "Export", capacity: 3, ...cloudTerms, floats: { onPremise: true, cloud: false } },
  ]);
  await makeProductWith(vendor.side, { code: "mail", name: "Mail", authorizationMethod: "user" });
  const terms = { type: "subscription", valid_duration_seconds: 31_536_000 };
  await made(admin, "/policies", { product: "cad", code: "year", name: "Yearly", ...terms });
  const customer = await made(admin, "/customers", { company_name: "Acme", email: "ann@acme.example" });
  await made(admin, "/orders", { store_id: "SO-1", customer_id: customer.id });
  for (const username of ["ada", "bob"]) await made(admin, "/users", { username, password: "correct horse" });
  return admin;
}

/** What a creation by the API gave. */
export async function made(admin: ManagementClient, path: string, body: object) {
  const reply = await admin.post(path, body);
  assert.equal(reply.status, 201, JSON.stringify(reply.body));
  return reply.body;
}

/** A license of `cad` on any number of devices. */
export function issue(admin: ManagementClient, body: object = {}) {
  return made(admin, "/licenses", { product: "cad", allow_unlimited_activations: true, ...body });
}

/** Has a device activate the license. */
export async function activate(vendor: TestVendorServer, key: string, hardwareId: string): Promise<void> {
  const body = { product: "cad", license_key: key, hardware_id: hardwareId, hostname: `host of ${hardwareId}` };
  const reply = await vendor.post("/activate_license", body);
  assert.equal(reply.status, 200, reply.text);
}

/** Has a device check out a cloud feature. */
export async function checkOut(vendor: TestVendorServer, key: string, hardwareId: string): Promise<void> {
  const query = { product: "cad", license_key: key, hardware_id: hardwareId, feature: "render" };
  const reply = await vendor.get("/check_license_feature", query);
  assert.equal(reply.status, 200, reply.text);
}

/** Chooses one of what a list offers. */
export async function choose(page: Page, field: string, option: string | RegExp): Promise<void> {
  await page.getByRole("combobox", { name: field }).click();
  await page.getByRole("option", { name: option }).click();
}

/** Waits for what the page says in passing. */
export async function saw(page: Page, sentence: string): Promise<void> {
  await page.getByRole("alert").filter({ hasText: sentence }).first().waitFor();
}
