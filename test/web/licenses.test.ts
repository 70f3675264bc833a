import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, test } from "node:test";
import { openBrowser } from "../support/browser.ts";
import { startFloatingServer } from "../support/floating-server.ts";
import { makeFeature, makeLicense } from "../support/make-license.ts";
import { clientOf } from "../support/management-client.ts";
import { startVendorServer } from "../support/vendor-server.ts";
import { activate, checkOut, choose, issue, saw, setUpVendor } from "./license-desk.ts";
import { expectAccessible, expectNoFaults, openUi } from "./ui.ts";

const browser = await openBrowser({ after });
const vendor = await startVendorServer({ after });
const admin = await setUpVendor(vendor);
const show = async (id: number) => (await admin.get(`/licenses/${id}`)).body;

test("[UI-7] licenses are filtered by the address, and told by their states", async () => {
  const [, off, trial] = [
    await issue(admin, { key: "LIST-1", customer_id: 1 }),
    await issue(admin, { key: "LIST-2" }),
    await issue(admin, { key: "LIST-3", is_trial: true, type: "time-limited", valid_until: "2020-01-01T00:00:00Z" }),
  ];
  await admin.post(`/licenses/${off.id}/disable`);
  const page = await openUi(browser, vendor, { path: "/licenses?key.contains=LIST-" });
  const row = (key: string) => page.getByRole("row").filter({ has: page.getByRole("link", { name: key }) });
  await row("LIST-1").getByText("Not activated").waitFor();
  await row("LIST-1").getByRole("link", { name: "Acme" }).waitFor();
  await row("LIST-2").getByText("Disabled").waitFor();
  await row(trial.key).getByText("Expired").waitFor();
  await row(trial.key).getByText("Trial").waitFor();
  await expectAccessible(page);
  await choose(page, "Enabled", "No");
  await page.waitForURL(/is_enabled=false/);
  await row("LIST-1").waitFor({ state: "detached" });
  await row("LIST-2").waitFor();
  await page.getByRole("button", { name: "Export" }).click();
  const file = await page.getByRole("menuitem", { name: /CSV/ }).getAttribute("href");
  assert.match(file ?? "", /is_enabled=false/);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Clear filters" }).click();
  await choose(page, "Customer", /Acme/);
  await page.waitForURL(/customer_id=1/);
  await row("LIST-2").waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Clear filters" }).click();
  await row("LIST-2").waitFor();
  // As the page of orders leads here.
  await page.goto(`${page.url().split("?")[0]}?order_id=1`);
  await page.getByRole("heading", { name: "Nothing fits these filters" }).waitFor();
  assert.equal(await page.getByRole("combobox", { name: "Order" }).inputValue(), "SO-1");
  await page.getByRole("button", { name: "Clear filters" }).click();
  await row("LIST-1").getByRole("link", { name: "LIST-1" }).click();
  await page.getByRole("heading", { level: 1, name: "LIST-1" }).waitFor();
  expectNoFaults(page);
});

test("[UI-8] many licenses are changed at once, and those that were not are told", async () => {
  const [one, two] = [await issue(admin, { key: "BULK-1" }), await issue(admin, { key: "BULK-2" })];
  const page = await openUi(browser, vendor, { path: "/licenses?key.contains=BULK-" });
  for (const key of ["BULK-1", "BULK-2"]) await page.getByRole("checkbox", { name: `Select ${key}` }).check();
  await page.getByText("2 selected").waitFor();
  await admin.delete(`/licenses/${two.id}`);
  await page.getByRole("button", { name: "Disable", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Disable 2 licenses?" });
  await dialog.getByText("floating server that has imported it goes on").waitFor();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "As command" }).click();
  await page
    .getByText(`seatkeeper license bulk --action disable --ids ${two.id},${one.id}`)
    .or(page.getByText(`seatkeeper license bulk --action disable --ids ${one.id},${two.id}`))
    .waitFor();
  await page.keyboard.press("Escape");
  await dialog.getByRole("button", { name: "Disable", exact: true }).click();
  const told = dialog.getByRole("alert");
  await told.getByText("1 disabled, 1 not").waitFor();
  await told.getByText(`License ${two.id}: it is not there any more`).waitFor();
  await dialog.getByRole("button", { name: "Close" }).last().click();
  assert.equal((await show(one.id)).is_enabled, false);
  await page.getByRole("row").filter({ hasText: "BULK-1" }).getByText("Disabled").waitFor();
  await page.getByRole("button", { name: "Select none" }).click();
  await page.getByRole("checkbox", { name: "Select BULK-1" }).check();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await saw(page, "1 license deleted");
  await page.getByText("Nothing fits these filters").waitFor();
  assert.equal((await admin.get(`/licenses/${one.id}`)).status, 404);
  expectNoFaults(page);
});

test("[UI-2] a license is issued step by step, with what differs from product and policy", async () => {
  const page = await openUi(browser, vendor, { path: "/licenses" });
  await page.getByRole("button", { name: "Issue license" }).click();
  await page.getByRole("heading", { level: 1, name: "Issue license" }).waitFor();
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByText("This is needed").waitFor();
  await choose(page, "Product", /CAD Studio/);
  await choose(page, "Policy", /Yearly/);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Next" }).press("Enter");
  await page.getByRole("heading", { name: "Terms", level: 2 }).waitFor();
  // What the policy says is there, and what does not apply is not.
  assert.equal(await page.getByRole("combobox", { name: "Type", exact: true }).inputValue(), "Subscription");
  assert.equal(await page.getByRole("textbox", { name: "Valid for" }).inputValue(), "365");
  assert.equal(await page.getByLabel("Max consumption").count(), 0);
  await page.getByRole("textbox", { name: "Max devices" }).fill("4");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Next" }).press("Enter");
  await page.getByRole("checkbox", { name: "Export (export)" }).uncheck();
  await page.getByRole("button", { name: "Change render for this license" }).click();
  await page.getByRole("textbox", { name: "Max simultaneous users" }).fill("12");
  await page.getByText("Changed for this license").waitFor();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Next" }).press("Enter");
  await choose(page, "Customer", /Acme/);
  await choose(page, "Order", "SO-1");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Next" }).press("Enter");
  await page.getByText("floats: cloud · 12 seats · timeout 15 min · borrow up to 3 d").waitFor();
  await page.getByText("Acme · ann@acme.example").waitFor();
  await expectAccessible(page);
  await page.getByRole("button", { name: "As command" }).click();
  await page.getByText(/seatkeeper license create --product cad --policy-id 1 --max-activations 4/).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Issue license" }).click();
  await page.getByRole("button", { name: "Copy license key" }).waitFor();
  const id = Number(/\d+$/.exec(new URL(page.url()).pathname)?.[0]);
  const license = await show(id);
  assert.partialDeepStrictEqual(license, {
    type: "subscription",
    valid_duration_seconds: 31_536_000,
    max_activations: 4,
    customer_id: 1,
    order_store_id: "SO-1",
    policy_id: 1,
    features: [{ code: "render", seats: 12, cloud_floating: true, offline_floating: false, timeout_seconds: 900 }],
  });
  await page.getByRole("heading", { level: 1, name: license.key }).waitFor();
  expectNoFaults(page);
});

test("[UI-2] what the server refuses of a license leads to the step and the field that has it", async () => {
  await issue(admin, { key: "TAKEN-1" });
  const page = await openUi(browser, vendor, { path: "/licenses/issue?product=cad", width: 390 });
  await page.getByRole("button", { name: "4. Customer and users" }).click();
  await page.getByRole("textbox", { name: "License key" }).fill("TAKEN-1");
  await page.getByRole("button", { name: "5. Review" }).click();
  await page.getByRole("button", { name: "Issue license" }).click();
  await page.getByRole("heading", { level: 2, name: "Customer and users" }).waitFor();
  const key = page.getByRole("textbox", { name: "License key" });
  assert.equal(await key.getAttribute("aria-invalid"), "true");
  await page.getByRole("alert").getByText("already_exists").waitFor();
  await expectAccessible(page);
  await key.fill("FREE-1");
  await page.getByRole("button", { name: "2. Terms" }).click();
  await page.getByRole("checkbox", { name: "Floating (cloud)" }).check();
  await page.getByRole("textbox", { name: "Timeout" }).fill("0");
  await page.getByRole("button", { name: "5. Review" }).click();
  await page.getByText("More than 0 is needed where seats float").waitFor();
  await page.getByRole("heading", { level: 2, name: "Terms" }).waitFor();
  assert.equal(await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), true);
  expectNoFaults(page);
});

test("[UI-2] a license of a user-based product is for users, who are assigned and taken off", async () => {
  const page = await openUi(browser, vendor, { path: "/licenses/issue?product=mail" });
  await page.getByText("activated by license users").waitFor();
  await page.getByRole("button", { name: "5. Review" }).click();
  await page.getByText("Somebody has to be able to activate it").waitFor();
  await choose(page, "Add a user", "ada");
  await page.getByRole("group", { name: "ada" }).getByRole("textbox", { name: "Max devices" }).fill("2");
  await page.getByRole("button", { name: "5. Review" }).click();
  await page.getByRole("button", { name: "Issue license" }).click();
  await page.getByRole("tab", { name: "Users" }).click();
  await page.getByRole("cell", { name: "ada", exact: true }).waitFor();
  await choose(page, "License user", "bob");
  await page.getByRole("button", { name: "Assign user" }).click();
  const dialog = page.getByRole("dialog", { name: "Let bob activate this license" });
  await dialog.getByRole("checkbox", { name: "Any number of devices" }).check();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Assign" }).click();
  await page.getByRole("row").filter({ hasText: "bob" }).getByText("any number").waitFor();
  await page.getByRole("button", { name: "Unassign ada" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Unassign" }).click();
  await page.getByRole("cell", { name: "ada", exact: true }).waitFor({ state: "detached" });
  await expectAccessible(page);
  const id = Number(/\d+$/.exec(new URL(page.url()).pathname)?.[0]);
  const { users } = await show(id);
  assert.deepEqual(
    users.map(({ max_activations, allow_unlimited_activations }: Record<string, unknown>) => [
      max_activations,
      allow_unlimited_activations,
    ]),
    [[1, true]],
  );
  expectNoFaults(page);
});

test("[UI-2] terms and details of a license are changed; a change that somebody else overtook is refused", async () => {
  const { id } = await issue(admin, { key: "EDIT-1" });
  const page = await openUi(browser, vendor, { path: `/licenses/${id}` });
  await page.getByRole("button", { name: "Edit terms" }).click();
  const dialog = page.getByRole("dialog", { name: "Edit terms" });
  await dialog.getByText("by a refresh file").waitFor();
  await dialog.getByRole("combobox", { name: "Type", exact: true }).click();
  await page.getByRole("option", { name: "Consumption" }).click();
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.getByText("This is needed, unless it is unlimited").waitFor();
  await dialog.getByRole("textbox", { name: "Max consumption" }).fill("500");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Save" }).click();
  await saw(page, "The terms are changed");
  assert.partialDeepStrictEqual(await show(id), { type: "consumption", max_consumptions: 500 });

  await page.getByRole("button", { name: "Edit details" }).click();
  const details = page.getByRole("dialog", { name: "Edit details" });
  await details.getByRole("button", { name: "Add a row" }).click();
  await details.getByRole("textbox", { name: "Name" }).fill("region");
  await details.getByRole("textbox", { name: "Value" }).fill("EU");
  await expectAccessible(page);
  await admin.patch(`/licenses/${id}`, { max_activations: 9 });
  await details.getByRole("button", { name: "Save" }).click();
  await details.getByText("changed by somebody else meanwhile").waitFor();
  assert.deepEqual((await show(id)).custom_fields, []);
  await details.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "Edit details" }).click();
  await details.getByRole("combobox", { name: "Customer" }).click();
  await page.getByRole("option", { name: /Acme/ }).click();
  await details.getByRole("button", { name: "Save" }).click();
  await page.getByRole("link", { name: "Acme" }).waitFor();
  assert.equal((await show(id)).customer_id, 1);
  expectNoFaults(page);
});

test("[UI-2] features of a license are changed for it alone, and chosen among its product's", async () => {
  const { id } = await issue(admin, { key: "FEAT-1" });
  const page = await openUi(browser, vendor, { path: `/licenses/${id}?tab=features` });
  await page.getByRole("button", { name: "Edit render" }).click();
  const dialog = page.getByRole("dialog", { name: "Edit the feature render of this license" });
  await dialog.getByRole("textbox", { name: "Max simultaneous users" }).fill("8");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Save" }).click();
  await page.getByText("0 / 8").waitFor();
  const codes = async () =>
    (await show(id)).features.map(({ code, seats }: Record<string, unknown>) => `${code} ${seats}`);
  assert.deepEqual(await codes(), ["render 8", "export 3"]);
  await page.getByRole("button", { name: "Choose features" }).click();
  await page.getByRole("checkbox", { name: "Export (export)" }).uncheck();
  await page.getByText("Takes away export").waitFor();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("cell", { name: "export", exact: true }).waitFor({ state: "detached" });
  assert.deepEqual(await codes(), ["render 8"]);
  await expectAccessible(page);
  await page.getByRole("tab", { name: "History" }).click();
  await page
    .getByRole("button", { name: /Show License changed/ })
    .first()
    .click();
  await page.getByRole("dialog", { name: "License changed" }).getByText("Features › export › Code").waitFor();
  await expectAccessible(page);
  expectNoFaults(page);
});

test("[UI-3] seats of a license are seen as they are taken", async () => {
  const { id, key } = await issue(admin, { key: "SEAT-1" });
  await activate(vendor, key, "hw-seat");
  const page = await openUi(browser, vendor, { path: `/licenses/${id}?tab=seats` });
  await page.getByText("0 / 5").waitFor();
  await page.getByText("No seat is in use").waitFor();
  await page.getByText("Live", { exact: true }).waitFor();
  await checkOut(vendor, key, "hw-seat");
  await page.getByText("1 / 5").waitFor();
  await page.getByRole("cell", { name: "hw-seat", exact: true }).waitFor();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Release hw-seat's seat of render" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Release", exact: true }).click();
  await page.getByText("0 / 5").waitFor();
  await page.getByText("No seat is in use").waitFor();
  await page
    .getByRole("link", { name: /Live seats/ })
    .last()
    .click();
  await page.waitForURL(`**/seats?license=${id}`);
  expectNoFaults(page);
});

test("[UI-2] devices of a license are barred, admitted, deactivated, and given variables", async () => {
  const { id, key } = await issue(admin, { key: "DEV-1" });
  await activate(vendor, key, "hw a");
  const page = await openUi(browser, vendor, { path: `/licenses/${id}?tab=devices` });
  const row = page.getByRole("row").filter({ hasText: "host of hw a" });
  const act = async (name: string) => {
    await page.getByRole("button", { name: "Actions for hw a" }).click();
    await page.getByRole("menuitem", { name }).click();
  };
  await row.getByText("Active").waitFor();
  await page.getByRole("button", { name: "Actions for hw a" }).click();
  await page.getByRole("menuitem", { name: "Deactivate" }).waitFor();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await act("Set variables");
  const dialog = page.getByRole("dialog", { name: "Set variables of this device" });
  await dialog.getByRole("button", { name: "Add a row" }).click();
  await dialog.getByRole("button", { name: "Set variables" }).click();
  await dialog.getByText("Every row needs a name").waitFor();
  await dialog.getByRole("textbox", { name: "Name" }).fill("theme");
  await dialog.getByRole("textbox", { name: "Value" }).fill("dark");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Set variables" }).click();
  await saw(page, "The variables are set");
  const device = async () => (await admin.get(`/licenses/${id}/devices/hw%20a`)).body;
  assert.partialDeepStrictEqual((await device()).variables, [{ name: "theme", value: "dark" }]);
  await act("Details and variables");
  await page.getByRole("dialog", { name: "Device" }).getByText("theme").waitFor();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await act("Blacklist");
  await expectAccessible(page);
  await page.getByRole("dialog").getByRole("button", { name: "Blacklist" }).click();
  await row.getByText("Blacklisted").waitFor();
  await act("Admit");
  await page.getByRole("dialog").getByRole("button", { name: "Admit" }).click();
  await row.getByText("Blacklisted").waitFor({ state: "detached" });
  await act("Deactivate");
  await page.getByRole("dialog").getByText("another device may take its place").waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Deactivate" }).click();
  await row.getByText("Off").waitFor();
  assert.deepEqual([(await device()).is_active, (await show(id)).times_activated], [false, 0]);
  await page.getByRole("button", { name: "Actions for hw a" }).click();
  await page.getByText("it is not active on this license").first().waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Blacklist a device" }).click();
  await page.getByRole("textbox", { name: "Hardware id" }).last().fill("hw never seen");
  await page.getByRole("dialog").getByRole("button", { name: "Blacklist" }).click();
  await page.getByRole("row").filter({ hasText: "hw never seen" }).getByText("Blacklisted").waitFor();
  expectNoFaults(page);
});

test("[UI-2] a license is disabled, enabled, reset, refreshed and deleted from its page", async () => {
  const { id, key } = await issue(admin, { key: "STATE-1" });
  await activate(vendor, key, "hw-1");
  const page = await openUi(browser, vendor, { path: `/licenses/${id}` });
  const confirm = async (button: string) => page.getByRole("dialog").getByRole("button", { name: button }).click();
  const more = async (name: string) => {
    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name }).click();
  };
  await page.getByRole("button", { name: "Disable" }).click();
  await expectAccessible(page);
  await confirm("Disable");
  await page.getByText("Disabled").first().waitFor();
  assert.equal((await show(id)).is_enabled, false);
  await page.getByRole("button", { name: "Enable" }).click();
  await confirm("Enable");
  await page.getByRole("button", { name: "Disable" }).waitFor();

  await more("Refresh file");
  await page.getByRole("dialog").getByRole("combobox", { name: "Floating server" }).click();
  await page.getByRole("option", { name: /hw-1/ }).click();
  await expectAccessible(page);
  const [download] = await Promise.all([page.waitForEvent("download"), confirm("Download refresh file")]);
  assert.equal(download.suggestedFilename(), "cad-refresh.lic");
  const text = await readFile(await download.path(), "utf8");
  assert.equal(JSON.parse(Buffer.from(text, "base64").toString()).license_key, "STATE-1");

  await more("Reset");
  await page.getByRole("dialog").getByText("This cannot be undone").waitFor();
  await confirm("Reset");
  await page.getByText("Not activated").first().waitFor();
  assert.equal((await show(id)).times_activated, 0);
  await more("Delete");
  await confirm("Delete");
  await page.waitForURL("**/licenses");
  assert.equal((await admin.get(`/licenses/${id}`)).status, 404);
  await page.goto(`${vendor.side.managementUrl}/licenses/${id}`);
  await page.getByText("There is no such license").waitFor();
  await expectAccessible(page);
  expectNoFaults(page);
});

test("[UI-4] a viewer sees what could be done with a license, and why not", async () => {
  const { id, key } = await issue(admin, { key: "VIEW-1" });
  await activate(vendor, key, "hw-view");
  const page = await openUi(browser, vendor, { role: "viewer", path: `/licenses/${id}` });
  const disable = page.getByRole("button", { name: "Disable" });
  await disable.hover();
  await page.getByRole("tooltip").filter({ hasText: "needs the role admin; you are viewer" }).waitFor();
  await disable.click({ force: true });
  assert.equal(await page.getByRole("dialog").count(), 0);
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Refresh file" }).getByText("needs the role operator").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("tab", { name: "Devices" }).click();
  await page.getByRole("button", { name: "Actions for hw-view" }).click();
  await page.getByRole("menuitem", { name: "Blacklist" }).getByText("needs the role admin").waitFor();
  await expectAccessible(page);
  const viewer = await clientOf(vendor, "viewer");
  assert.equal((await viewer.post(`/licenses/${id}/disable`)).status, 403);
  expectNoFaults(page);
});

test("[UI-10] a floating server shows its licenses, and gives one back by a file", async (t) => {
  const license = makeLicense({ features: [makeFeature({ id: 11, code: "render", capacity: 5 })] });
  const site = await startFloatingServer(t, { licenses: [license] });
  const user = await site.post("/api/v4/featureRegister", { product: "cad", feature: "render", user: "ada" });
  assert.equal(user.status, 200);
  const page = await openUi(browser, site, { role: "operator", path: "/licenses" });
  await page.getByRole("button", { name: "Import license file" }).waitFor();
  await page.getByRole("button", { name: "Create activation request" }).waitFor();
  assert.equal(await page.getByRole("button", { name: "Issue license" }).count(), 0);
  await expectAccessible(page);
  await page.getByRole("link", { name: "KEY-1" }).click();
  await page.getByRole("tab", { name: "History" }).waitFor();
  assert.deepEqual(await page.getByRole("tab").allTextContents(), ["Overview", "Seats", "Features", "History"]);
  await expectAccessible(page);
  await page.getByRole("tab", { name: "Seats" }).click();
  await page.getByText("1 / 5").waitFor();
  await page.getByRole("cell", { name: "ada" }).first().waitFor();
  await page.getByRole("button", { name: "Remove" }).click();
  await page.getByRole("dialog").getByText("2 seats of it are in use and end").waitFor();
  await expectAccessible(page);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("dialog").getByRole("button", { name: "Remove and download the file" }).click(),
  ]);
  assert.match(download.suggestedFilename(), /^deactivate-cad-.*\.req$/);
  const text = Buffer.from(await readFile(await download.path(), "utf8"), "base64").toString();
  assert.equal(JSON.parse(text).request.request, "deactivation");
  await page.getByText("No licenses yet").waitFor();
  await expectAccessible(page);
  assert.deepEqual(await site.store.licenses(), []);
  expectNoFaults(page);
});
