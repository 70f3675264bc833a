import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { giveBack, takeSeat, wantSeat } from "../management/seat-takers.ts";
import { openBrowser } from "../support/browser.ts";
import { startFloatingServer } from "../support/floating-server.ts";
import { makeFeature, makeLicense } from "../support/make-license.ts";
import { expectAccessible, expectNoFaults, openUi } from "./ui.ts";

const MINUTE = 60_000;

const browser = await openBrowser({ after });
const features = [makeFeature({ capacity: 2, timeoutMs: 60 * MINUTE })];
const server = await startFloatingServer({ after }, { licenses: [makeLicense({ features })] });

before(async () => {
  await takeSeat(server, "ann");
  await takeSeat(server, "bob");
  server.clock.advance(30 * MINUTE);
  for (let time = 0; time < 3; time += 1) {
    await wantSeat(server, "cyd");
    server.clock.advance(2 * MINUTE);
  }
  await giveBack(server, "ann");
  await takeSeat(server, "cyd");
  server.clock.advance(30 * MINUTE);
});

test("[USAGE-1] usage shows most, mean, seats and denials as a chart, with its numbers beside it", async () => {
  const page = await openUi(browser, server, { role: "viewer", path: "/usage" });
  const pools = page.getByRole("table", { name: "Usage of pools" });
  await pools.getByRole("button", { name: /^render of/ }).waitFor();
  await page.getByRole("img", { name: /^Chart of render of .*at most 2 seats in use, 3 check-outs denied/ }).waitFor();
  const numbers = page.getByRole("table", { name: /^Usage of render of .* over time$/ });
  await numbers.getByRole("row").nth(1).waitFor();
  const share = page.getByRole("table", { name: "Share of time by seats in use" });
  await share.getByRole("progressbar", { name: "2 seats in use" }).waitFor();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "CSV" }).click();
  assert.match((await download).suggestedFilename(), /^usage-render-of-.*\.csv$/);
  await expectAccessible(page);
  await page.getByText("Month", { exact: true }).click();
  await page.waitForURL(/range=month/);
  await page.getByRole("heading", { name: "By the day" }).waitFor();
  expectNoFaults(page);
});

test("[USAGE-2] retries of one holder are one denial, which tells who was in the seats and what would have been enough", async () => {
  const page = await openUi(browser, server, { role: "viewer", path: "/denials" });
  const row = page.getByRole("row", { name: /cyd/ });
  assert.match((await row.textContent()) ?? "", /34 minafter 2 min/);
  await expectAccessible(page);
  await row.getByRole("button", { name: "cyd" }).click();
  const dialog = page.getByRole("dialog", { name: "Denial" });
  await dialog.getByText("ann").waitFor();
  await dialog.getByText("bob").waitFor();
  assert.match((await dialog.textContent()) ?? "", /Would have needed3/);
  await expectAccessible(page);
  expectNoFaults(page);
});

test("[UI-7] the filter of denials is in the address, and their export fits it", async () => {
  const page = await openUi(browser, server, { role: "viewer", path: "/denials" });
  await page.getByLabel("Holder").fill("nobody");
  await page.waitForURL(/holder\.contains=nobody/);
  await page.getByRole("heading", { name: "Nothing fits these filters" }).waitFor();
  await page.reload();
  assert.equal(await page.getByLabel("Holder").inputValue(), "nobody");
  await page.getByRole("button", { name: "Export" }).click();
  const href = await page.getByRole("menuitem", { name: /CSV/ }).getAttribute("href");
  const csv = await (await page.request.get(new URL(href ?? "", page.url()).href)).text();
  assert.equal(csv.trim().split("\n").length, 1, "the line of names only");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Clear filters" }).click();
  await page.getByRole("row", { name: /cyd/ }).waitFor();
  expectNoFaults(page);
});

test("[ADMIN-6] the audit log shows who did what, and that its chain is whole", async () => {
  const page = await openUi(browser, server, { role: "admin", path: "/audit" });
  await page
    .getByRole("row", { name: /Seat denied.*cyd/ })
    .first()
    .waitFor();
  await page.getByRole("button", { name: "Check the chain" }).click();
  await page.getByText(/Whole: each of \d+ events follows from the one before/).waitFor();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Seat granted" }).first().click();
  await page.getByRole("dialog", { name: /Seat granted, event \d+/ }).waitFor();
  await expectAccessible(page);
  expectNoFaults(page);
});
