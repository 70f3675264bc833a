import chromium from "@sparticuz/chromium";
import { type Browser, type BrowserContext, chromium as playwright } from "playwright-core";

/** Something that runs clean-ups when it is over: a test, or a file's `{ after }`. */
interface Finishing {
  after(cleanUp: () => void | Promise<void>): void;
}

// Its sandbox needs what containers do not give; the pages are our own.
const SANDBOX = ["--no-sandbox"];

/** A real headless Chromium: the one inside the npm package, or an installed Chrome where that has none. */
export async function openBrowser(test: Finishing): Promise<Browser> {
  const isCarried = process.platform === "linux" && process.arch === "x64";
  const browser = await playwright.launch(
    isCarried
      ? { executablePath: await chromium.executablePath(), args: SANDBOX, headless: true }
      : { channel: "chrome", headless: true },
  );
  test.after(() => browser.close());
  return browser;
}

/** A window of a reader of its own: other cookies, other settings. */
export function openWindow(
  browser: Browser,
  options: Parameters<Browser["newContext"]>[0] = {},
): Promise<BrowserContext> {
  return browser.newContext({ locale: "en-GB", timezoneId: "UTC", reducedMotion: "reduce", ...options });
}
