import assert from "node:assert/strict";
import { after, test } from "node:test";
import { openBrowser } from "../support/browser.ts";
import { clientOf } from "../support/management-client.ts";
import { startOfflinePair } from "../support/offline-pair.ts";
import { writeTestRequest } from "../support/offline-requests.ts";
import { chooseFile, downloadBy, dropFiles } from "./file-drop.ts";
import { expectAccessible, expectFits, expectNoFaults, openUi } from "./ui.ts";

const browser = await openBrowser({ after });
const tokens = { max: 100, allowOverages: true, maxOverages: 20, resets: "monthly" } as const;
const { vendor, floating, issue, answer, import: importHere } = await startOfflinePair({ after }, tokens);
const atVendor = await clientOf(vendor, "admin", "import test");
const atFloating = await clientOf(floating, "operator", "import test");

const PLACE = /^Drop (a|another) license file here$/;
const open = (path: string, view: Parameters<typeof openUi>[2] = {}) =>
  openUi(browser, floating, { role: "operator", path, ...view });
const idsHere = async () => (await floating.store.licenses()).map(({ id }) => id);
const refreshOf = async (license: number, hardware_id = floating.hardwareId): Promise<string> =>
  (await atVendor.post(`/licenses/${license}/refresh-file`, { hardware_id })).body.file;

test("[UI-10] a license comes by a request that is written here, its answer, and an import that is shown first", async () => {
  const license = await issue();
  const page = await open("/requests");
  await page.getByRole("heading", { name: "No requests yet" }).waitFor();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Create activation request" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Create activation request" });
  await dialog.getByRole("button", { name: "Create request" }).click();
  await dialog.getByText("product is missing").first().waitFor();
  await dialog.getByLabel("Product code").fill("cad");
  await dialog.getByRole("textbox", { name: "License key" }).fill(license.details.key ?? "");
  await expectAccessible(page);
  const written = await downloadBy(page, () => dialog.getByRole("button", { name: "Create request" }).click());
  assert.match(written.name, /^activate-[0-9a-f]{8}\.req$/);
  await page.getByRole("dialog", { name: "The activation request is written" }).waitFor();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Import the license file" }).click();
  await page.waitForURL("**/licenses/import");

  await dropFiles(page, PLACE, [{ name: "cad.lic", text: await answer(written.text) }]);
  await page.getByText("The signature is good").waitFor();
  await page.getByText("This license is new here.").waitFor();
  await page.getByRole("region", { name: "Features" }).getByText("3 seats").waitFor();
  await page.getByRole("region", { name: "Features" }).getByText("up to 100").waitFor();
  await expectAccessible(page);
  assert.deepEqual(await idsHere(), [], "nothing was done by looking");
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await page.waitForURL(`**/licenses/${license.id}`);
  assert.deepEqual(await idsHere(), [license.id]);

  await page.getByRole("link", { name: "Requests", exact: true }).click();
  await page.getByRole("region", { name: "Requests" }).getByText("license imported").waitFor();
  await expectAccessible(page);
  expectNoFaults(page);
});

test("[UI-10] a file tells field by field what it changes, and that it changes nothing the second time", async () => {
  const license = await issue();
  await importHere(license);
  await atVendor.patch(`/licenses/${license.id}`, {
    valid_until: "2031-01-01T00:00:00Z",
    metadata: { tier: "gold" },
    features: [{ code: "render", seats: 9, timeout_seconds: 600 }],
  });
  const file = await refreshOf(license.id);
  const page = await open("/licenses/import", { width: 390 });
  await chooseFile(page, PLACE, "cad.lic", file);
  const changes = page.getByRole("table", { name: "Changes" });
  for (const row of [
    "Valid until – 1 Jan 2031, 00:00:00",
    "render: Max simultaneous users 3 9",
    "render: Timeout 15 min 10 min",
    "Feature tokens Tokens, 0 seats not there",
    "Metadata: tier – gold",
  ]) {
    await changes.getByRole("row", { name: row, exact: true }).waitFor();
  }
  await expectAccessible(page);
  await expectFits(page);
  const capacity = async () => (await floating.store.findLicenses({ licenseId: license.id }))[0]?.features[0]?.capacity;
  assert.equal(await capacity(), 3);
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await page.waitForURL(`**/licenses/${license.id}`);
  assert.equal(await capacity(), 9);
  await page.goBack();
  await chooseFile(page, PLACE, "cad.lic", file);
  await page.getByText("This license is here as the file has it.").waitFor();
  assert.equal(await page.getByRole("button", { name: "Import", exact: true }).count(), 0);
  expectNoFaults(page);
});

test("[UI-10] a license file that is broken, forged, outdated or for another gets a clear verdict, and changes nothing", async () => {
  const license = await issue();
  await importHere(license);
  const old = await refreshOf(license.id);
  vendor.clock.advance(60_000);
  floating.clock.advance(60_000);
  await atFloating.post("/licenses/import", { file: await refreshOf(license.id) });
  const forged = Buffer.from(old, "base64").toString().replace('"floating_users":3', '"floating_users":99');
  const unasked = writeTestRequest(vendor, {
    licenseKey: (await issue()).details.key ?? "",
    hardwareId: "sk-elsewhere",
  });
  const elsewhere = await answer(unasked);
  const page = await open("/licenses/import");
  const before = await floating.store.events(0, 10_000);
  const verdicts = [
    ["no license", "This is no license file that can be read", "license_file_invalid"],
    [forged, "The signature is not good: your vendor did not make this file as it is now", "license_file_invalid"],
    [old, "The signature is good, but the file is outdated", "license_file_outdated"],
    [elsewhere, "The signature is good, but the file is for another server", "hardware_id_mismatch"],
  ] as const;
  for (const [text, verdict, code] of verdicts) {
    await chooseFile(page, PLACE, "x.lic", text);
    await page.getByRole("alert").getByText(verdict).waitFor();
    await page.getByRole("link", { name: code }).waitFor();
    await page.getByText("Nothing was done.").waitFor();
    assert.equal(await page.getByRole("button", { name: "Import", exact: true }).count(), 0, verdict);
  }
  await expectAccessible(page);
  assert.deepEqual(await floating.store.events(0, 10_000), before);
  expectNoFaults(page);
});

test("[UI-4] a viewer sees why importing and requests are for others, and nothing of a dropped file is sent", async () => {
  const page = await open("/licenses/import", { role: "viewer" });
  const sent: string[] = [];
  page.on("request", (each) => each.method() === "POST" && sent.push(each.url()));
  await page.getByRole("button", { name: "Choose a file" }).hover();
  await page.getByRole("tooltip", { name: "needs the role operator; you are viewer" }).waitFor();
  await page.mouse.move(0, 0);
  await page.getByRole("tooltip").waitFor({ state: "hidden" });
  await dropFiles(page, PLACE, [{ name: "x.lic", text: "x" }]);
  await page.getByRole("alert").getByText("needs the role operator; you are viewer").waitFor();
  await expectAccessible(page);
  assert.deepEqual(sent, []);
  await page.goto(`${floating.side.managementUrl}/requests`);
  await page.getByText("this needs the role operator; you are viewer").waitFor();
  await expectAccessible(page);
  expectNoFaults(page);
});

test("[UI-10] the file of a deactivation is there to be downloaded again; a request names key or user, not both", async () => {
  const license = await issue();
  await importHere(license);
  const { file, request_id } = (await atFloating.post(`/licenses/${license.id}/request-deactivation`)).body;
  const page = await open("/requests?kind=deactivation", { width: 390, scheme: "dark" });
  const button = page.getByRole("button", { name: `Download the file of request ${request_id}` });
  const saved = await downloadBy(page, () => button.click());
  assert.equal(saved.name, `deactivate-cad-${request_id.slice(0, 8)}.req`);
  assert.equal(saved.text, file);
  await expectFits(page);
  await page.getByRole("button", { name: "Create activation request" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Product code").fill("cad");
  await dialog.getByRole("textbox", { name: "License key" }).fill("KEY");
  await dialog.getByText("License user", { exact: true }).click();
  await dialog.getByLabel("User name").fill("ada");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Create request" }).click();
  await dialog.getByText("password is missing").first().waitFor();
  await dialog.getByRole("textbox", { name: "Password" }).fill("pw");
  const written = await downloadBy(page, () => dialog.getByRole("button", { name: "Create request" }).click());
  const shown = (await atVendor.post("/requests/inspect", { file: written.text })).body;
  assert.deepEqual([shown.username, shown.license_key], ["ada", null]);
  expectNoFaults(page);
});

test("[CONS-4] [UI-7] consumption shows what is counted, how far it may go, and its history by the address", async () => {
  const license = await issue();
  await importHere(license);
  const add = (consumptions: number) =>
    floating.post("/api/v4/add_feature_consumption", {
      product: "cad",
      feature: "tokens",
      license_id: license.id,
      user: "ada",
      consumptions,
    });
  for (const amount of [40, 65, 500]) await add(amount);
  const page = await open("/consumption", { role: "viewer" });
  await page.getByLabel("License key").fill(license.details.key ?? "");
  await page.getByText("1 in all").waitFor();
  const counters = page.getByRole("region", { name: "Counters" });
  await counters.getByText("105 / 100").waitFor();
  await counters.getByText("5 of 20").waitFor();
  await counters.getByText("Monthly, in 17 days").waitFor();
  await expectAccessible(page);
  await add(10);
  await counters.getByText("115 / 100").waitFor();
  await counters.getByRole("link", { name: "Show history of tokens" }).click();
  await page.waitForURL(`**/consumption?tab=history&license=${license.id}&feature=tokens`);
  const history = page.getByRole("region", { name: "History of consumption" });
  await page.getByText("4 in all").waitFor();
  assert.equal(await history.getByText("refused", { exact: true }).count(), 1);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Export" }).click();
  const csv = await downloadBy(page, () => page.getByRole("menuitem", { name: /CSV/ }).click());
  assert.equal(csv.text.trim().split("\n").length, 5, "its heading, and what fits");
  expectNoFaults(page);
});
