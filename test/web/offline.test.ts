import assert from "node:assert/strict";
import { after, test } from "node:test";
import { openBrowser } from "../support/browser.ts";
import { clientOf } from "../support/management-client.ts";
import { startOfflinePair } from "../support/offline-pair.ts";
import { chooseFile, downloadBy, dropFiles } from "./file-drop.ts";
import { expectAccessible, expectFits, expectNoFaults, openUi } from "./ui.ts";

const browser = await openBrowser({ after });
const { vendor, floating, issue, request, answer, import: importHere } = await startOfflinePair({ after });
const atVendor = await clientOf(vendor, "admin", "offline test");
const atFloating = await clientOf(floating, "operator", "offline test");

const PLACE = /^Drop (a|another) request file here$/;
const openPortal = (view: Parameters<typeof openUi>[2] = {}) =>
  openUi(browser, vendor, { role: "operator", path: "/offline", ...view });
const devicesOf = async (license: number) => (await atVendor.get(`/licenses/${license}/devices`)).body.data;

test("[UI-10] a request is shown before it is answered, and answered once, by the file that its server imports", async () => {
  const license = await issue();
  const file = await request(license);
  const page = await openPortal();
  await page.getByRole("heading", { name: "Offline portal" }).waitFor();
  await expectAccessible(page);
  await dropFiles(page, PLACE, [{ name: "cad.req", text: file }]);
  await page.getByRole("heading", { name: "Activation request" }).waitFor();
  await page.getByText("The signature is good").waitFor();
  await page.getByText("active on 0 of 1 devices").waitFor();
  for (const shown of [license.details.key ?? "", floating.hardwareId, "new on this license"]) {
    await page.getByText(shown, { exact: true }).waitFor();
  }
  assert.equal(
    await page.getByRole("link", { name: `License ${license.id}` }).getAttribute("href"),
    `/licenses/${license.id}`,
  );
  assert.deepEqual(await devicesOf(license.id), [], "nothing was done by looking");
  await expectAccessible(page);

  const saved = await downloadBy(page, () => page.getByRole("button", { name: "Answer", exact: true }).click());
  assert.equal(saved.name, `cad-${floating.hardwareId}.lic`);
  await page.getByRole("heading", { name: "Answered: the device is active on the license" }).waitFor();
  const again = await downloadBy(page, () => page.getByRole("button", { name: "Download license file" }).click());
  assert.deepEqual(again, saved);
  await page.getByText("As text, to copy").click();
  assert.equal(await page.getByRole("region", { name: "license file" }).textContent(), saved.text);
  await expectAccessible(page);
  assert.equal((await devicesOf(license.id))[0].is_active, true);
  assert.equal((await atFloating.post("/licenses/import", { file: saved.text })).body.result, "new");

  await chooseFile(page, PLACE, "cad.req", file);
  await page.getByText("A request is answered once").waitFor();
  assert.equal(await page.getByRole("button", { name: "Answer", exact: true }).count(), 0);
  await page.getByRole("tab", { name: "Answered" }).click();
  await page
    .getByRole("region", { name: "Answered requests" })
    .getByRole("link", { name: String(license.id) })
    .waitFor();
  await expectAccessible(page);
  expectNoFaults(page);
});

test("[UI-10] a deactivation request takes its device off, once and after a question", async () => {
  const license = await issue();
  await importHere(license);
  const { file } = (await atFloating.post(`/licenses/${license.id}/request-deactivation`)).body;
  const page = await openPortal();
  await chooseFile(page, PLACE, "back.req", file);
  await page.getByRole("heading", { name: "Deactivation request" }).waitFor();
  await page.getByRole("button", { name: "Deactivate device" }).click();
  const dialog = page.getByRole("dialog", { name: "Deactivate device" });
  await dialog.getByText(floating.hardwareId).waitFor();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await dialog.waitFor({ state: "detached" });
  assert.equal((await devicesOf(license.id))[0].is_active, true);
  await page.getByRole("button", { name: "Deactivate device" }).click();
  await dialog.getByRole("button", { name: "Deactivate device" }).click();
  await page.getByRole("status").getByText("The device is off the license").waitFor();
  assert.equal((await devicesOf(license.id))[0].is_active, false);
  await dropFiles(page, PLACE, [{ name: "back.req", text: file }]);
  await page.getByText("This was done before").waitFor();
  expectNoFaults(page);
});

test("[UI-10] a request file that is broken, forged or for nothing says why, and changes nothing", async () => {
  const license = await issue();
  const file = await request(license);
  const forged = Buffer.from(Buffer.from(file, "base64").toString().replace(floating.hardwareId, "sk-forged"));
  const ofNothing = (await atFloating.post("/requests", { product: "cad", license_key: "NOTHING" })).body.file;
  const page = await openPortal();
  const { last_event_id } = (await atVendor.get("/status")).body;
  await chooseFile(page, PLACE, "x.req", "no request");
  const alert = page.getByRole("alert");
  await alert.getByText("This is no request that can be read").waitFor();
  await alert.getByRole("link", { name: "request_file_invalid" }).waitFor();
  await page.getByText("Nothing was done.").waitFor();
  await expectAccessible(page);
  await chooseFile(page, PLACE, "x.req", forged.toString("base64"));
  await alert.getByText("The signature is not good").waitFor();
  await chooseFile(page, PLACE, "x.req", ofNothing);
  await alert.getByText("There is no such license").waitFor();
  await dropFiles(
    page,
    PLACE,
    [1, 2].map((each) => ({ name: `${each}.req`, text: file })),
  );
  await page.getByText("One file at a time, of 1 MB at most").waitFor();
  assert.deepEqual(await devicesOf(license.id), []);
  assert.equal((await atVendor.get("/status")).body.last_event_id, last_event_id);
  expectNoFaults(page);
});

test("[UI-10] [FILE-4] a license that was changed is refreshed by a file, found by its key and the keyboard", async () => {
  const license = await issue();
  await importHere(license);
  await atVendor.patch(`/licenses/${license.id}`, { valid_until: "2031-01-01T00:00:00Z" });
  const page = await openPortal();
  await page.getByRole("tab", { name: "Refresh" }).click();
  await page.getByRole("combobox", { name: "License" }).fill((license.details.key ?? "").slice(0, 9));
  await page.waitForResponse(/key\.contains=/);
  await page.getByRole("option", { name: new RegExp(license.details.key ?? "") }).waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/offline?tab=refresh&license=${license.id}`);
  const write = page.getByRole("button", { name: "Write refresh file" });
  await write.waitFor();
  await expectAccessible(page);
  const saved = await downloadBy(page, () => write.click());
  assert.equal(saved.name, `cad-${floating.hardwareId}-refresh.lic`);
  await page.getByRole("heading", { name: "The refresh file is written" }).waitFor();
  await expectAccessible(page);
  const tried = await atFloating.post("/licenses/import", { file: saved.text, dry_run: true });
  assert.deepEqual(
    tried.body.changes.map(({ field }: { field: string }) => field),
    ["valid_until"],
  );
  expectNoFaults(page);
});

test("[UI-4] a viewer sees what a request asks for, and why it is for others to answer", async () => {
  const license = await issue();
  const file = await request(license);
  const page = await openPortal({ role: "viewer", width: 390 });
  await chooseFile(page, PLACE, "cad.req", file);
  const button = page.getByRole("button", { name: "Answer", exact: true });
  await button.hover();
  await page.getByRole("tooltip", { name: "needs the role operator; you are viewer" }).waitFor();
  await button.click({ force: true });
  await expectFits(page);
  await page.getByRole("tab", { name: "Answered" }).click();
  await page.getByText("This needs the role operator; you are viewer.").waitFor();
  assert.deepEqual(await devicesOf(license.id), []);
  await answer(file);
  expectNoFaults(page);
});
