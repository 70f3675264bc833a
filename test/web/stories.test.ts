import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import type { Page } from "playwright-core";
import { openBrowser } from "../support/browser.ts";
import { useTempFolder } from "../support/temp-folder.ts";
import { chooseFile, downloadBy, dropFiles } from "./file-drop.ts";
import { startSide } from "./side-process.ts";
import { expectAccessible, expectNoFaults, openPage, PASSWORD } from "./ui.ts";

/*
 * What the vendor and the license admin do from two empty folders to a released seat, with nothing but the pages, two
 * servers as they are started, and the check-outs of an application.
 */

const WITHIN_A_SECOND = { timeout: 1_000 };

// A server that a test starts goes on after that test.
const cleanUps: (() => void | Promise<void>)[] = [];
const file = { after: (cleanUp: () => void | Promise<void>) => void cleanUps.push(cleanUp) };
after(() => Promise.all(cleanUps.map((cleanUp) => cleanUp())));

const browser = await openBrowser({ after });
const folder = useTempFolder({ after });
const vendor = await startSide({ after }, "vendor", join(folder, "vendor"));
const desk = await openPage(browser);
const office = await openPage(browser);

/** What the vendor hands to the customer. */
const parcel = {
  licenseKey: "",
  apiKey: "",
  sharedKeyFile: join(folder, "shared.key"),
  publicKeyFile: join(folder, "vendor.pem"),
};
let floating: Awaited<ReturnType<typeof startSide>>;
let request = "";
let answer = "";

test("[UI-9] the vendor comes by the one-time link, which works once and leaves no trace in the address", async () => {
  await setUp(desk, vendor.adminLink, "vera");
  await desk.getByRole("heading", { level: 1, name: "Products" }).waitFor();
  assert.ok(!desk.url().includes("setup"));
  const again = await openPage(browser);
  await fillSetUp(again, vendor.adminLink, "mallory");
  await again.getByRole("alert").getByText("setup_not_possible").waitFor();
  assert.equal((await again.request.get(`${vendor.management}/manage/v1/session`)).status(), 401);
});

test("[UI-11] the vendor makes a product with an offline floating feature, and issues a license of it", async () => {
  await desk.getByRole("button", { name: "Add product" }).first().click();
  const adding = desk.getByRole("dialog", { name: "Add product" });
  await adding.getByRole("textbox", { name: "Name" }).fill("CAD Studio");
  await adding.getByRole("textbox", { name: "Code" }).fill("cad");
  await adding.getByRole("button", { name: "Add product" }).click();
  await desk.getByRole("heading", { level: 1, name: "CAD Studio" }).waitFor();
  await desk.getByRole("tab", { name: "Features" }).click();
  await desk.getByRole("button", { name: "Add product feature" }).first().click();
  const feature = desk.getByRole("dialog", { name: "Add product feature" });
  await feature.getByRole("textbox", { name: "Name" }).fill("Render node");
  await feature.getByRole("textbox", { name: "Code" }).fill("render");
  await feature.getByRole("checkbox", { name: "Offline Floating Feature" }).check();
  await feature.getByRole("textbox", { name: "Max simultaneous users" }).fill("2");
  await feature.getByRole("button", { name: "Add feature" }).click();
  await desk
    .getByRole("row", { name: /render/ })
    .getByRole("cell", { name: "Offline", exact: true })
    .waitFor();

  await desk.getByRole("link", { name: "Licenses", exact: true }).click();
  await desk.getByRole("button", { name: "Issue license" }).first().click();
  await choose(desk, "Product", /CAD Studio/);
  await desk.getByRole("button", { name: "2. Terms" }).click();
  await desk.getByRole("checkbox", { name: "Floating (offline)" }).check();
  await desk.getByRole("textbox", { name: "Max simultaneous users" }).fill("10");
  await desk.getByRole("button", { name: "5. Review" }).click();
  await desk.getByRole("button", { name: "Issue license" }).click();
  await desk.getByRole("button", { name: "Copy license key" }).waitFor();
  parcel.licenseKey = (await desk.getByRole("heading", { level: 1 }).textContent()) ?? "";
  assert.match(parcel.licenseKey, /^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/);
  expectNoFaults(desk);
});

test("[UI-11] the vendor makes an API key for the customer, and takes the public key along", async () => {
  await desk.getByRole("link", { name: "API keys" }).click();
  await desk.getByRole("button", { name: "Add API key" }).first().click();
  const adding = desk.getByRole("dialog", { name: "Add API key" });
  await adding.getByRole("textbox", { name: "Name" }).fill("Customer");
  await adding.getByRole("button", { name: "Add API key" }).click();
  const once = desk.getByRole("dialog").filter({ hasText: "Shown this once" });
  parcel.apiKey = (await once.getByLabel("API key", { exact: true }).textContent()) ?? "";
  writeFileSync(parcel.sharedKeyFile, (await once.getByLabel("Shared key", { exact: true }).textContent()) ?? "");
  await desk.keyboard.press("Escape");
  await desk.getByRole("link", { name: "Signing keys" }).click();
  const pem = await downloadBy(desk, () => desk.getByRole("link", { name: "Download vendor.pem" }).click());
  assert.match(pem.text, /^-----BEGIN PUBLIC KEY-----/);
  writeFileSync(parcel.publicKeyFile, pem.text);
  expectNoFaults(desk);
});

test("[UI-10] the license admin sets the floating server up, and writes a request", async () => {
  floating = await startSide(
    file,
    "floating",
    join(folder, "floating"),
    ...["--vendor.public-key-file", parcel.publicKeyFile],
    ...["--vendor.api-key", parcel.apiKey],
    ...["--vendor.shared-key-file", parcel.sharedKeyFile],
  );
  await setUp(office, floating.adminLink, "grace");
  await office.getByRole("heading", { level: 1, name: "Live seats" }).waitFor();
  await expectAccessible(office);
  await office.getByRole("link", { name: "Requests" }).click();
  await office.getByRole("button", { name: "Create activation request" }).first().click();
  const dialog = office.getByRole("dialog", { name: "Create activation request" });
  await dialog.getByLabel("Product code").fill("cad");
  await dialog.getByRole("textbox", { name: "License key" }).fill(parcel.licenseKey);
  request = (await downloadBy(office, () => dialog.getByRole("button", { name: "Create request" }).click())).text;
  expectNoFaults(office);
});

test("[UI-10] the vendor's offline portal shows the request, and answers it", async () => {
  await desk.getByRole("link", { name: "Offline portal" }).click();
  await chooseFile(desk, /request file/i, "cad.req", request);
  await desk.getByRole("heading", { name: "Activation request" }).waitFor();
  await desk.getByText("The signature is good").waitFor();
  answer = (await downloadBy(desk, () => desk.getByRole("button", { name: "Answer", exact: true }).click())).text;
  expectNoFaults(desk);
});

test("[UI-10] a broken file changes nothing; the good one is imported by drop, after a preview", async () => {
  await office.getByRole("link", { name: "Import the license file" }).click();
  await dropFiles(office, /^Drop a license file/, [{ name: "cut-off.lic", text: answer.slice(0, -40) }]);
  await office.getByRole("alert").getByText("license_file_invalid").waitFor();
  await office.reload();
  await dropFiles(office, /^Drop a license file/, [{ name: "cad.lic", text: answer }]);
  await office.getByText("The signature is good").waitFor();
  await office.getByText("This license is new here.").waitFor();
  await office.getByRole("region", { name: "Features" }).getByText("2 seats").waitFor();
  await office.getByRole("button", { name: "Import", exact: true }).click();
  await office.getByRole("heading", { level: 1, name: parcel.licenseKey }).waitFor();
  expectNoFaults(office);
});

test("[UI-3] a check-out over HTTP appears within a second, and who is denied is shown", async () => {
  await office.getByRole("link", { name: "Live seats" }).click();
  await office.getByText("Live", { exact: true }).waitFor();
  assert.equal(await checkOut("ada"), 200);
  await office.getByRole("cell", { name: "ada" }).first().waitFor(WITHIN_A_SECOND);
  assert.equal(await checkOut("bob"), 200);
  await office.getByRole("progressbar", { name: /render.*2 of 2 seats in use/ }).waitFor(WITHIN_A_SECOND);
  assert.equal(await checkOut("cy"), 400);
  await office.getByRole("link", { name: "Denials" }).click();
  await office.getByRole("button", { name: "cy" }).click();
  const denial = office.getByRole("dialog", { name: "Denial" });
  await denial.getByText("ada").waitFor();
  await denial.getByText("bob").waitFor();
  await office.keyboard.press("Escape");
  expectNoFaults(office);
});

test("[UI-12] a stuck seat is released and held, and another browser sees it", async () => {
  const other = await openPage(browser, { width: 390 });
  await other.request.post(`${floating.management}/manage/v1/session`, { data: { name: "grace", password: PASSWORD } });
  await other.goto(`${floating.management}/seats`);
  await other.getByRole("progressbar", { name: /render.*2 of 2 seats in use/ }).waitFor();
  await office.getByRole("link", { name: "Live seats" }).click();
  await office.getByRole("button", { name: "Release ada's seat of render" }).click();
  const dialog = office.getByRole("dialog", { name: "Release ada's seat of render" });
  await dialog.getByText(/^Active/).waitFor();
  await dialog.getByRole("textbox", { name: "Reason" }).fill("went home");
  await dialog.getByRole("button", { name: "Release and hold 10 min" }).click();
  await other.getByRole("progressbar", { name: /render.*1 of 2 seats in use/ }).waitFor();
  assert.equal(await checkOut("ada"), 400, "held");
  assert.equal(await checkOut("cy"), 200);
  await other.getByRole("progressbar", { name: /render.*2 of 2 seats in use/ }).waitFor();
  expectNoFaults(other);
  expectNoFaults(office);
});

test("[USAGE-1] the usage chart shows all of it", async () => {
  await office.getByRole("link", { name: "Usage" }).click();
  await office.getByRole("button", { name: "render of cad" }).click();
  await office
    .getByRole("img", { name: /^Chart of render of cad: at most 2 seats in use, [1-9]\d* check-outs? denied/ })
    .waitFor();
  await expectAccessible(office);
  expectNoFaults(office);
});

test("[ADMIN-6] the audit log shows who did what", async () => {
  await office.getByRole("link", { name: "Audit" }).click();
  const row = (what: RegExp) => office.getByRole("row").filter({ has: office.getByRole("button", { name: what }) });
  await row(/Seat (force )?released/i)
    .filter({ hasText: "grace" })
    .first()
    .waitFor();
  await row(/License imported/i)
    .filter({ hasText: "grace" })
    .first()
    .waitFor();
  await row(/Seat denied/i)
    .filter({ hasText: "cy" })
    .first()
    .waitFor();
  await office.getByRole("button", { name: "Check the chain" }).click();
  await office.getByText(/^Whole: each of \d+ events/).waitFor();
  await desk.getByRole("link", { name: "Audit" }).click();
  await desk.getByRole("row", { name: /License issued.*vera/ }).waitFor();
  expectNoFaults(office);
  expectNoFaults(desk);
});

async function setUp(page: Page, link: string, name: string): Promise<void> {
  await fillSetUp(page, link, name);
  await page.getByRole("navigation", { name: "Pages" }).waitFor();
}

async function fillSetUp(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link);
  await page.getByRole("textbox", { name: "Name" }).fill(name);
  await page.getByLabel(/^Password( \*)?$/).fill(PASSWORD);
  await page.getByLabel(/^Password again/).fill(PASSWORD);
  await page.getByRole("button", { name: "Make the first admin" }).click();
}

async function choose(page: Page, label: string, option: RegExp): Promise<void> {
  await page.getByRole("combobox", { name: label }).click();
  await page.getByRole("option", { name: option }).click();
}

/** As an application does it. @returns the status */
async function checkOut(user: string): Promise<number> {
  const reply = await fetch(`${floating.api}/api/v4/featureRegister`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ product: "cad", feature: "render", user }),
  });
  return reply.status;
}
