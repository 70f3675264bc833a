import assert from "node:assert/strict";
import { after, test } from "node:test";
import { gzipSync } from "node:zlib";
import { openBrowser } from "../support/browser.ts";
import { startFloatingServer } from "../support/floating-server.ts";
import { startVendorServer } from "../support/vendor-server.ts";
import { expectAccessible, expectNoFaults, openUi } from "./ui.ts";

const browser = await openBrowser({ after });
const server = await startVendorServer({ after });

test("[UI-1] the page may ask this server only, and every address outside /manage is the page", async () => {
  const reply = await fetch(`${server.side.managementUrl}/licenses/1`);
  assert.equal(reply.status, 200);
  const policy = reply.headers.get("content-security-policy") ?? "";
  assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'self' 'nonce-[\w+/=]{20,}'/);
  assert.match(policy, /connect-src 'self'/);
  const html = await reply.text();
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? "";
  assert.ok(html.includes(`content="${nonce}"`));
  for (const path of ["/manage/nothing", "/assets/nothing.js"]) {
    assert.equal((await fetch(`${server.side.managementUrl}${path}`)).status, 404, path);
  }
});

test("[UI-6] the first load is 250 KB of compressed JavaScript at most, with the first page of each side", async () => {
  for (const each of [server, await startFloatingServer({ after })]) {
    const page = await openUi(browser, each, { path: "/api" });
    const sizes: Promise<number>[] = [];
    page.on("response", (response) => {
      if (!response.url().endsWith(".js")) return;
      sizes.push(response.body().then((body) => gzipSync(body, { level: 9 }).length));
    });
    const cache = await page.context().newCDPSession(page);
    await cache.send("Network.setCacheDisabled", { cacheDisabled: true });
    await page.goto(each.side.managementUrl);
    await page.getByRole("heading", { level: 1, name: /^(Products|Live seats)$/ }).waitFor();
    const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    assert.ok(bytes > 150_000 && bytes <= 250_000, `${bytes} bytes`);
  }
});

test("[UI-2] the palette leads to a page by the keyboard alone", async () => {
  const page = await openUi(browser, server);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("signing");
  await page.getByRole("option", { name: "Signing keys" }).waitFor();
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await page.waitForURL("**/signing-keys");
  await page.keyboard.press("Shift+?");
  await page.getByRole("dialog", { name: "Help" }).waitFor();
  await expectAccessible(page);
  expectNoFaults(page);
});

test("[UI-2] the page is dark before it is painted, where the reader has it dark", async () => {
  const page = await openUi(browser, server, { scheme: "dark" });
  assert.equal(await page.locator("html").getAttribute("data-mantine-color-scheme"), "dark");
  await page.getByRole("button", { name: "Colors" }).click();
  await page.getByRole("menuitem", { name: "Light" }).click();
  await page.reload();
  assert.equal(await page.locator("html").getAttribute("data-mantine-color-scheme"), "light");
  expectNoFaults(page);
});
