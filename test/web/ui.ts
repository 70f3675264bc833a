import assert from "node:assert/strict";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import type { Role } from "../../src/domain/admin.ts";
import type { Store } from "../../src/store/store.ts";
import { createAdmin } from "../../src/use-cases/admins/create-admin.ts";
import { openWindow } from "../support/browser.ts";
import { granted } from "../support/make-products.ts";

export const PASSWORD = "correct horse battery";

/** A server of either side. */
interface Server {
  readonly side: { readonly managementUrl: string; readonly store: Store };
}

interface View {
  readonly role?: Role;
  /** Of the admin; left out: a new one of that role. */
  readonly name?: string;
  /** The page opened first. */
  readonly path?: string;
  readonly width?: number;
  readonly scheme?: "light" | "dark";
}

/** What is not there by then does not come. */
const PATIENCE_MS = 30_000;

const faults = new WeakMap<Page, string[]>();
let made = 0;

/** The pages of a server, in a window of its own, as someone who is logged in. */
export async function openUi(browser: Browser, server: Server, view: View = {}): Promise<Page> {
  const { role = "admin", path = "/", name } = view;
  const admin = name ?? `${role}-${++made}`;
  if (name === undefined) granted(await createAdmin(server.side.store, { name: admin, password: PASSWORD, role }));
  const page = await openPage(browser, view);
  const origin = server.side.managementUrl;
  const reply = await page.request.post(`${origin}/manage/v1/session`, { data: { name: admin, password: PASSWORD } });
  assert.equal(reply.status(), 201);
  await page.goto(`${origin}${path}`);
  await page.getByRole("navigation").waitFor({ state: "attached" });
  return page;
}

/** A window with nobody logged in. What the page should not do — ask another host, break a policy, throw — is noted. */
export async function openPage(browser: Browser, { width = 1280, scheme = "light" }: View = {}): Promise<Page> {
  const window = await openWindow(browser, { viewport: { width, height: 800 }, colorScheme: scheme });
  window.setDefaultTimeout(PATIENCE_MS);
  const page = await window.newPage();
  const found: string[] = [];
  faults.set(page, found);
  page.on("pageerror", ({ message }) => found.push(message));
  page.on("console", (message) => {
    // A refusal of the API is shown on the page, and in the console too.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) found.push(message.text());
  });
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (["http:", "https:"].includes(url.protocol) && url.hostname !== "127.0.0.1") found.push(`asked ${url.host}`);
  });
  return page;
}

/** Nothing went wrong behind what is seen. */
export function expectNoFaults(page: Page): void {
  assert.deepEqual(faults.get(page), []);
}

/** Colors on their way from one scheme to the other are of neither; a loader turns for ever. */
const ANIMATIONS_ENDED = `new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go))).then(() =>
  Promise.allSettled(
    document.getAnimations().filter((each) => each.effect?.getComputedTiming().endTime !== Infinity).map((each) => each.finished),
  ),
)`;

/** By how many pixels the page is too wide, once what folds away has done so; in the page, where no policy forbids it. */
const SETTLED_OVERFLOW = `new Promise((go) => {
  const end = performance.now() + 3000;
  const look = () => {
    const over = document.documentElement.scrollWidth - innerWidth;
    if (over <= 0 || performance.now() > end) go(over);
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(() => requestAnimationFrame(look));
})`;

/** No violation that axe knows of, in light and in dark. [UI-2] */
export async function expectAccessible(page: Page): Promise<void> {
  for (const scheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await page.evaluate(ANIMATIONS_ENDED);
    const { violations } = await new AxeBuilder({ page })
      .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
      .analyze();
    const told = violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, any }) => `${id}: ${html.slice(0, 300)} ${any.map(({ message }) => message).join("; ")}`),
    );
    assert.deepEqual(told, [], `${page.url()} in ${scheme}`);
  }
}

/** The page scrolls down only; what is wider scrolls in a region of its own. */
export async function expectFits(page: Page): Promise<void> {
  const over = Number(await page.evaluate(SETTLED_OVERFLOW));
  assert.ok(over <= 0, `${page.url()} is ${over} pixels too wide`);
}
