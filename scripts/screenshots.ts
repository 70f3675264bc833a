// Takes a picture of every page of the web UI, at 1280 and at 390 pixels, into docs/images/.
//   npm run screenshots            all pages
//   npm run screenshots -- seats   those whose names contain one of the words
import { mkdirSync } from "node:fs";
import type { Browser } from "playwright-core";
import { openBrowser, openWindow } from "../test/support/browser.ts";
import { type LivedDemo, liveDemo } from "./screenshots/lived-demo.ts";
import { pagesOf } from "./screenshots/pages.ts";

const words = process.argv.slice(2);
const FOLDER = "docs/images";
const VIEWS = [
  { ending: "", width: 1280, height: 800 },
  { ending: "-phone", width: 390, height: 844 },
] as const;

const cleanUps: (() => void | Promise<void>)[] = [];
const lifetime = { after: (cleanUp: () => void | Promise<void>) => void cleanUps.push(cleanUp) };
mkdirSync(FOLDER, { recursive: true });
try {
  const demo = await liveDemo(lifetime);
  const browser = await openBrowser(lifetime);
  for (const view of VIEWS) await takePictures(browser, demo, view);
} finally {
  for (const cleanUp of cleanUps.toReversed()) await cleanUp();
}

async function takePictures(browser: Browser, demo: LivedDemo, { ending, width, height }: (typeof VIEWS)[number]) {
  for (const side of ["vendor", "floating"] as const) {
    const window = await openWindow(browser, { viewport: { width, height } });
    const { origin, admin } = demo[side];
    await window.request.post(`${origin}/manage/v1/session`, { data: admin });
    const page = await window.newPage();
    for (const { name, path, open } of pagesOf(side, demo)) {
      const file = `${side}-${name}${ending}`;
      if (words.length > 0 && !words.some((word) => file.includes(word))) continue;
      await page.goto(`${origin}${path}`);
      await page.getByRole("heading", { level: 1 }).waitFor();
      // Everything asked for has come; the stream of live seats never ends.
      await page.waitForLoadState("load");
      await page.getByLabel("Loading").waitFor({ state: "detached" });
      await open?.(page);
      await page.screenshot({ path: `${FOLDER}/${file}.png`, animations: "disabled" });
      process.stdout.write(`${FOLDER}/${file}.png\n`);
    }
    await window.close();
  }
}
