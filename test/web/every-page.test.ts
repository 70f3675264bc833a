import assert from "node:assert/strict";
import { after, test } from "node:test";
import { liveDemo } from "../../scripts/screenshots/lived-demo.ts";
import { pagesOf } from "../../scripts/screenshots/pages.ts";
import { openBrowser } from "../support/browser.ts";
import { expectAccessible, expectFits, expectNoFaults, openPage } from "./ui.ts";

/*
 * What holds for every page of both sides, whatever is on it: a demo that was used for two days.
 */

const browser = await openBrowser({ after });
const demo = await liveDemo({ after });

for (const side of ["vendor", "floating"] as const) {
  const { origin, admin } = demo[side];
  const page = await openPage(browser);
  await page.request.post(`${origin}/manage/v1/session`, { data: admin });

  for (const { name, path, open } of pagesOf(side, demo)) {
    test(`[UI-2] ${side}: ${name} has no violation in light and dark, fits a phone, and asks nobody else`, async () => {
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.goto(`${origin}${path}`);
      const heading = page.getByRole("heading", { level: 1 });
      await heading.waitFor();
      await page.getByLabel("Loading").first().waitFor({ state: "detached" });
      assert.equal(await page.title(), `${await heading.textContent()} · Seatkeeper`);
      await open?.(page);
      await expectAccessible(page);
      await page.setViewportSize({ width: 390, height: 844 });
      await expectFits(page);
      expectNoFaults(page);
    });
  }
}
