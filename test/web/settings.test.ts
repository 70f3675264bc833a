import assert from "node:assert/strict";
import { after, test } from "node:test";
import { openBrowser } from "../support/browser.ts";
import { startFloatingServer } from "../support/floating-server.ts";
import { startVendorServer } from "../support/vendor-server.ts";
import { expectAccessible, expectNoFaults, openUi } from "./ui.ts";

const browser = await openBrowser({ after });
const config = { "vendor.api-key": "key-that-nobody-sees", "seats.grace-seconds": 90 };
const server = await startFloatingServer({ after }, { config });

test("[UI-2] settings tell what is in force, what is set, how to change it, and no secret", async () => {
  const page = await openUi(browser, server, { path: "/settings" });
  const inForce = page.getByRole("list", { name: "Settings in force" });
  const grace = inForce.getByRole("listitem").filter({ hasText: "seats.grace-seconds" });
  await grace.getByText("1 min 30 s").waitFor();
  await grace.getByText("set", { exact: true }).waitFor();
  await grace.getByText("SEATKEEPER_SEATS_GRACE_SECONDS").waitFor();
  const auth = inForce.getByRole("listitem").filter({ hasText: "auth.required" });
  await auth.getByText("default", { exact: true }).waitFor();
  const secret = inForce.getByRole("listitem").filter({ hasText: "vendor.api-key" });
  await secret.getByText("set, never shown").waitFor();
  assert.doesNotMatch(await page.content(), /key-that-nobody-sees/);
  const other = page.getByRole("list", { name: "Of no effect here" });
  await other.getByText("license-api.port", { exact: true }).waitFor();
  await page.getByText("How to change a setting").click();
  await page.getByText("A flag wins over the environment").waitFor();
  await expectAccessible(page);
  await page.getByText(server.hardwareId).waitFor();
  await page.getByText("can be written").waitFor();
  await page.getByRole("button", { name: "Copy hardware id" }).click();
  await page.getByRole("button", { name: /^(Copied|Select it and copy)$/ }).waitFor();
  expectNoFaults(page);
});

test("[UI-4] a viewer sees the server, and why not its settings; the page fits a phone", async () => {
  const page = await openUi(browser, server, { path: "/settings", role: "viewer", width: 390 });
  await page.getByText(server.hardwareId).waitFor();
  await page.getByText("needs the role admin; you are viewer").waitFor();
  assert.equal(await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), true);
  await expectAccessible(page);
  expectNoFaults(page);
});

test("[MANAGE-10] every schema and document that the API page leads to is there", async (t) => {
  const vendor = await startVendorServer(t);
  for (const each of [server, vendor]) {
    const page = await openUi(browser, each, { path: "/api", role: "viewer" });
    await page.getByRole("table", { name: "Operations" }).waitFor();
    await expectAccessible(page);
    const hrefs = await page
      .getByRole("main")
      .getByRole("link")
      .evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
    const documents = hrefs.filter((href) => href.startsWith("/manage"));
    assert.ok(documents.length > 20, `${documents.length} documents`);
    const missing = await Promise.all(
      documents.map(async (href) => {
        const { ok } = await fetch(`${each.side.managementUrl}${href}`);
        return ok ? [] : [href];
      }),
    );
    assert.deepEqual(missing.flat(), []);
    await page.getByRole("textbox", { name: "Find an operation" }).fill("seat release");
    await page.getByText("seatkeeper seat release", { exact: true }).waitFor();
    assert.match(page.url(), /sought=seat/);
    await page.getByText("curl -sS").waitFor();
    expectNoFaults(page);
  }
});
