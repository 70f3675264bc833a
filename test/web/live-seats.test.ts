import assert from "node:assert/strict";
import { after, type TestContext, test } from "node:test";
import type { Locator, Page } from "playwright-core";
import { checkOutFeature } from "../../src/use-cases/check-out.ts";
import { startCloudSite } from "../license-api/cloud-site.ts";
import { giveBack, takeSeat } from "../management/seat-takers.ts";
import { openBrowser } from "../support/browser.ts";
import { startFloatingServer, type TestServer } from "../support/floating-server.ts";
import { makeFeature, makeLicense, makeProduct } from "../support/make-license.ts";
import { startVendorServer } from "../support/vendor-server.ts";
import { expectAccessible, expectNoFaults, openUi } from "./ui.ts";

const browser = await openBrowser({ after });
const SECOND = 1_000;
/** Where nothing is measured: the machine may do other things too. */
const SOON = { timeout: 3 * SECOND };

const twoFeatures = makeLicense({
  features: [makeFeature(), makeFeature({ id: 12, code: "export", capacity: 2, canBorrow: false })],
});

/** The card of a pool, by what is on it. */
const card = (page: Page, text: RegExp) =>
  page.getByRole("region", { name: "Pools" }).getByRole("button", { name: text });
const table = (page: Page) => page.getByRole("table", { name: "Holders" });
const holders = (page: Page, name: string | RegExp) => table(page).getByRole("row").filter({ hasText: name });

test("[UI-3] cards and holders follow the seats within a second", async (t) => {
  const server = await startFloatingServer(t, { licenses: [twoFeatures] });
  const page = await openUi(browser, server, { path: "/seats" });
  await page.getByRole("status").getByText("Live", { exact: true }).waitFor();
  await page.getByRole("heading", { name: "No seat is in use" }).waitFor();
  await expectAccessible(page);
  await takeSeat(server, "ann");
  await card(page, /render.*1 \/ 2/).waitFor(SOON);
  await holders(page, "render").waitFor();
  await takeSeat(server, "bob");
  await card(page, /render.*2 \/ 2.*Full/).waitFor(SOON);
  await giveBack(server, "ann");
  await card(page, /render.*1 \/ 2/).waitFor(SOON);
  await holders(page, "ann").first().waitFor({ state: "detached" });
  server.clock.advance(3_600 * SECOND);
  await card(page, /render.*0 \/ 2/).waitFor(SOON);
  expectNoFaults(page);
});

test("[UI-3] pools of a license that came later have cards", async (t) => {
  const server = await startFloatingServer(t, { licenses: [twoFeatures] });
  const page = await openUi(browser, server, { path: "/seats" });
  await card(page, /render/).waitFor();
  const late = makeLicense({ id: 2, product: { ...makeProduct("viewer"), id: 2 }, features: [] });
  await server.import(late);
  await card(page, /viewer · license 2/).waitFor(SOON);
  expectNoFaults(page);
});

test("[UI-7] a pool that is pressed, a filter and the order are in the address", async (t) => {
  const license = { ...twoFeatures, features: [...twoFeatures.features, makeFeature({ id: 13, code: "print" })] };
  const server = await startFloatingServer(t, { licenses: [license] });
  for (const user of ["ann", "bob"]) await takeSeat(server, user);
  await takeSeat(server, "bob", "export");
  const page = await openUi(browser, server, { path: "/seats" });
  await card(page, /export/).click();
  await page.waitForURL("**/seats?license=1&feature=export");
  await page.getByText("1 seat fit").waitFor();
  await card(page, /render/).waitFor();
  assert.equal(await card(page, /export/).getAttribute("aria-pressed"), "true");
  await card(page, /License seats/).click();
  await page.waitForURL("**/seats?license=1&feature=null");
  await page.getByText("2 seats fit").waitFor();
  await page.getByRole("textbox", { name: "Holder" }).fill("NN");
  await page.getByText("1 seat fit").waitFor();
  await page.getByRole("button", { name: "Holder" }).click();
  await page.waitForURL("**order=holder");
  await page.reload();
  await holders(page, "ann").waitFor();
  assert.equal(await holders(page, "bob").count(), 0);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page
      .getByRole("button", { name: "Export", exact: true })
      .click()
      .then(() => page.getByRole("menuitem", { name: "CSV" }).click()),
  ]);
  assert.match(download.url(), /holder\.contains=NN/);
  await page.getByRole("textbox", { name: "Holder" }).fill("nobody");
  await page.getByRole("heading", { name: "No seat in use fits" }).waitFor();
  await page.getByRole("search", { name: "Holders" }).getByRole("button", { name: "Clear filters" }).click();
  await page.getByText("5 seats in use").waitFor();
  await page.getByRole("textbox", { name: "Find pools" }).fill("export");
  await card(page, /render/).waitFor({ state: "detached" });
  await card(page, /export/).waitFor();
  expectNoFaults(page);
});

test("[UI-3] without a stream the page asks every 2 seconds, and goes on when there is one", async (t) => {
  const server = await startFloatingServer(t, { licenses: [twoFeatures] });
  const page = await openUi(browser, server, { path: "/team" });
  await page.route("**/manage/v1/live", (route) => route.abort());
  await page.getByRole("link", { name: "Live seats" }).click();
  await page.getByRole("status").getByText("Asking every 2 seconds").waitFor();
  await card(page, /render/).waitFor();
  await takeSeat(server, "ann");
  await card(page, /render.*1 \/ 2/).waitFor(SOON);
  await page.unroute("**/manage/v1/live");
  await page.getByRole("status").getByText("Live", { exact: true }).waitFor();
  expectNoFaults(page);
});

test("[UI-2] the page is accessible on a phone, and does not scroll sideways", async (t) => {
  const server = await startFloatingServer(t, { licenses: [twoFeatures] });
  for (const user of ["ann", "bob"]) await takeSeat(server, user);
  const page = await openUi(browser, server, { path: "/seats", width: 390 });
  await holders(page, "ann").first().waitFor();
  await expectAccessible(page);
  assert.equal(await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), true);
  expectNoFaults(page);
});

test("[UI-2] where there is nothing yet the page says what to do", async (t) => {
  const floating = await startFloatingServer(t);
  const page = await openUi(browser, floating, { path: "/seats" });
  await page.getByRole("heading", { name: "No license imported yet" }).waitFor();
  await expectAccessible(page);
  assert.equal(await page.getByRole("link", { name: "Import a license" }).getAttribute("href"), "/licenses/import");
  await floating.import(twoFeatures);
  await page.getByRole("heading", { name: "No seat is in use" }).waitFor();
  const curl = await page.getByLabel("command that takes a seat", { exact: true }).textContent();
  const [, url = "", body = ""] = /curl -sS (\S+) .* -d '(.*)'/.exec(curl ?? "") ?? [];
  const headers = { "content-type": "application/json" };
  assert.equal((await fetch(url, { method: "POST", headers, body })).status, 200);
  await holders(page, "render").waitFor(SOON);
  expectNoFaults(page);

  const vendor = await startVendorServer(t);
  const atVendor = await openUi(browser, vendor, { path: "/seats" });
  await atVendor.getByRole("heading", { name: "No license issued yet" }).waitFor();
  await expectAccessible(atVendor);
  expectNoFaults(atVendor);
});

test("[UI-3] the same at the vendor, for devices in the seats of its cloud", async (t) => {
  const { vendor, licenseId, ann, check } = await startCloudSite(t);
  const page = await openUi(browser, vendor, { path: "/seats" });
  await page.getByText("check_license_feature").waitFor();
  await expectAccessible(page);
  assert.equal((await check(ann)).status, 200);
  await card(page, new RegExp(`export.*license ${licenseId}.*1 / 1`)).waitFor(SOON);
  await holders(page, "ann").waitFor();
  expectNoFaults(page);
});

const MANY = 10_000;
/** Scrolls by nine rows at each frame. @returns how long the frames took, in order of that */
const scroll = (found: Locator): Promise<number[]> =>
  found.evaluate(async (element) => {
    const waits: number[] = [];
    for (let step = 0; step < 60; step += 1) {
      const before = performance.now();
      element.scrollTop += 400;
      await new Promise((resolve) => element.ownerDocument.defaultView?.requestAnimationFrame(resolve));
      waits.push(performance.now() - before);
    }
    return waits.sort((a, b) => a - b);
  });
const hasFocus = (found: Locator) => found.evaluate((element) => element === element.ownerDocument.activeElement);

/** A pool that many are in already. */
async function startCrowded(t: TestContext): Promise<TestServer> {
  const terms = { capacity: MANY + 10, timeoutMs: 3_600_000 };
  const license = makeLicense({ floats: { onPremise: false, cloud: false }, features: [makeFeature(terms)] });
  const server = await startFloatingServer(t, { licenses: [license] });
  const context = { store: server.store, channel: "onPremise", graceMs: 0 } as const;
  const take = (index: number) => {
    const holder = `user-${String(index).padStart(5, "0")}`;
    const details = { hostname: `${holder}-pc`, localIp: "10.0.0.1" };
    return checkOutFeature(context, "render", { license: { product: "cad" }, holder, borrow: "none", details });
  };
  for (let from = 0; from < MANY; from += 500) {
    await Promise.all(Array.from({ length: 500 }, (_, index) => take(from + index)));
  }
  assert.equal((await server.store.seats()).length, MANY);
  return server;
}

test("[UI-3] ten thousand holders of one pool are shown, scrolled, and followed within a second", async (t) => {
  const server = await startCrowded(t);
  const page = await openUi(browser, server, { path: "/team" });
  const began = performance.now();
  await page.getByRole("link", { name: "Live seats" }).click();
  await holders(page, "user-00000").waitFor();
  t.diagnostic(`first rows after ${Math.round(performance.now() - began)} ms`);
  await page.getByText("10,000 seats in use").waitFor();
  assert.equal(await table(page).getAttribute("aria-rowcount"), String(MANY + 1));
  const inPage = await table(page).getByRole("row").count();
  assert.ok(inPage < 60, `${inPage} rows are in the page`);

  const region = page.getByRole("region", { name: "Holders" });
  const frames = await scroll(region);
  t.diagnostic(
    `a frame while scrolling: ${Math.round(frames[30] ?? 0)} ms, the slowest ${Math.round(frames[59] ?? 0)} ms`,
  );
  await region.focus();
  await page.keyboard.press("End");
  await holders(page, "user-09999").waitFor();

  const waits: number[] = [];
  for (let index = 0; index < 5; index += 1) {
    const since = performance.now();
    await takeSeat(server, `late-${index}`);
    await card(page, new RegExp(`${MANY + index + 1} / ${MANY + 10}`)).waitFor(SOON);
    waits.push(Math.round(performance.now() - since));
  }
  const [, , median = Number.NaN] = waits.toSorted((a, b) => a - b);
  assert.ok(median <= SECOND, `${waits} ms`);
  t.diagnostic(`a check-out is on the card after ${waits.join(", ")} ms`);
  await page.getByText("10,005 seats in use").waitFor();
  // Below what is in sight: nothing has moved.
  await holders(page, "user-09999").waitFor();
  const since = performance.now();
  await takeSeat(server, "last");
  await page.getByText("10,006 seats in use").waitFor(SOON);
  t.diagnostic(`and among the holders after ${Math.round(performance.now() - since)} ms`);
  await page.keyboard.press("End");
  await holders(page, /^last/).waitFor();
  expectNoFaults(page);
});

test("[UI-3] rows that come and go leave the scrolling, the selection and the focus as they are", async (t) => {
  const license = makeLicense({ capacity: 200, features: [makeFeature({ capacity: 200 })] });
  const server = await startFloatingServer(t, { licenses: [license] });
  const names = Array.from({ length: 100 }, (_, index) => `user-${String(index).padStart(3, "0")}`);
  for (const name of names) await takeSeat(server, name);
  const page = await openUi(browser, server, { path: "/seats?feature=render&order=holder" });
  const region = page.getByRole("region", { name: "Holders" });
  await holders(page, "user-000").waitFor();
  await region.evaluate((element) => element.scrollTo(0, 50 * 44));
  const box = page.getByRole("checkbox", { name: "Select user-055's seat of render" });
  await box.check();
  const placeOf = async () => Math.round((await box.boundingBox())?.y ?? Number.NaN);
  const place = await placeOf();
  for (const name of names.slice(0, 5)) await giveBack(server, name);
  await takeSeat(server, "aaa");
  await page.getByText("96 seats fit").waitFor();
  assert.deepEqual([await placeOf(), await box.isChecked()], [place, true]);
  assert.equal(await hasFocus(box), true);
  await giveBack(server, "user-055");
  await box.waitFor({ state: "detached" });
  assert.equal(await hasFocus(region), true);
  await page.getByRole("button", { name: "Release selected", exact: true }).waitFor();
  expectNoFaults(page);
});
