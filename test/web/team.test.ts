import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { Page } from "playwright-core";
import { makeAdmin } from "../management/log-in.ts";
import { openBrowser } from "../support/browser.ts";
import { startFloatingServer } from "../support/floating-server.ts";
import { clientOf, ManagementClient } from "../support/management-client.ts";
import { expectAccessible, expectNoFaults, openPage, openUi, PASSWORD } from "./ui.ts";

const HOUR_MS = 3_600_000;

const browser = await openBrowser({ after });
const server = await startFloatingServer({ after });
const api = await clientOf(server, "admin");

const dialogOf = (page: Page, name: string | RegExp) => page.getByRole("dialog", { name });
const act = async (page: Page, name: string, action: string) => {
  await page.getByRole("button", { name: `Actions for ${name}` }).click();
  await page.getByRole("menuitem", { name: action }).click();
};
const adminNamed = async (name: string) => (await api.get(`/admins?name=${name}`)).body.data[0];
const logInAgain = async (page: Page, name?: string) => {
  const ended = dialogOf(page, "Your session has ended");
  if (name !== undefined) await ended.getByRole("textbox", { name: "Name" }).fill(name);
  await ended.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
  await ended.getByRole("button", { name: "Log in" }).click();
};

test("[ADMIN-5] the last admin stays, and the page says so", async () => {
  await makeAdmin(server, "first");
  const page = await openUi(browser, server, { path: "/team", name: "first" });
  await page.getByRole("cell", { name: "first (you)" }).waitFor();
  await act(page, "first", "Delete");
  await dialogOf(page, "Delete first?").getByText("This is you").waitFor();
  await expectAccessible(page);
  await dialogOf(page, "Delete first?").getByRole("button", { name: "Delete first" }).click();
  await page.getByRole("alert").getByText("Somebody has to stay: this is the last admin").waitFor();
  await page.getByRole("button", { name: "Cancel" }).click();
  await act(page, "first", "Edit role");
  await dialogOf(page, "Edit first").getByRole("radio", { name: "viewer" }).check();
  await expectAccessible(page);
  await dialogOf(page, "Edit first").getByRole("button", { name: "Save" }).click();
  await page.getByRole("alert").getByText("Somebody has to stay").waitFor();
  assert.equal((await adminNamed("first")).role, "admin");
  expectNoFaults(page);
});

test("[UI-2] somebody is added to the team, changed, disabled and deleted", async () => {
  const page = await openUi(browser, server, { path: "/team" });
  await page.getByRole("button", { name: "Add to the team" }).click();
  const adding = dialogOf(page, "Add to the team");
  await adding.getByRole("textbox", { name: "Name" }).fill("ann");
  await adding.getByRole("textbox", { name: "Password" }).fill("short");
  await adding.getByRole("radio", { name: "viewer" }).check();
  await expectAccessible(page);
  await adding.getByRole("button", { name: "Add", exact: true }).click();
  await adding.getByRole("alert").getByText("at least 10 characters").waitFor();
  await adding.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
  await adding.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByRole("cell", { name: "ann", exact: true }).waitFor();
  await expectAccessible(page);
  await act(page, "ann", "Edit role");
  await dialogOf(page, "Edit ann").getByRole("radio", { name: "operator" }).check();
  await dialogOf(page, "Edit ann").getByRole("checkbox", { name: "Disabled" }).check();
  await dialogOf(page, "Edit ann").getByRole("button", { name: "Save" }).click();
  await page.getByText("disabled", { exact: true }).waitFor();
  const { role, is_disabled } = await adminNamed("ann");
  assert.deepEqual([role, is_disabled], ["operator", true]);
  await act(page, "ann", "Delete");
  await page.getByRole("button", { name: "Delete ann" }).click();
  await page.getByRole("cell", { name: "ann", exact: true }).waitFor({ state: "detached" });
  assert.equal(await adminNamed("ann"), undefined);
  expectNoFaults(page);
});

test("[ADMIN-7] a token is limited by ticking, shown once, works within that, and is revoked", async () => {
  const page = await openUi(browser, server, { path: "/team?tab=tokens" });
  await page.getByRole("button", { name: "Add API token" }).first().click();
  const adding = dialogOf(page, "Add API token");
  await adding.getByRole("textbox", { name: "Name" }).fill("nightly");
  await adding.getByRole("radio", { name: "operator" }).check();
  await adding.getByRole("checkbox", { name: "Everything its role may" }).uncheck();
  await adding.getByRole("checkbox", { name: "Read License", exact: true }).check();
  await adding.getByRole("checkbox", { name: "Change Seat", exact: true }).check();
  // Pools are only looked at: there is nothing to tick.
  assert.equal(await adding.getByRole("checkbox", { name: "Change Pool" }).count(), 0);
  await expectAccessible(page);
  await adding.getByRole("button", { name: "Add API token" }).click();
  const shown = dialogOf(page, "API token");
  const token = (await shown.getByLabel("Token nightly", { exact: true }).textContent()) ?? "";
  assert.match(token, /^sk_/);
  await expectAccessible(page);
  await shown.getByRole("button", { name: "Close" }).click();
  await page.getByText("license:read, seat:write").waitFor();
  await expectAccessible(page);
  const script = new ManagementClient(server.side.managementUrl, token);
  const statuses = await Promise.all(
    ["/licenses", "/seats", "/holds"].map(async (path) => (await script.get(path)).status),
  );
  assert.deepEqual(statuses, [200, 200, 403]);
  const [{ expires_at: expiresAt }] = (await api.get("/tokens?name=nightly")).body.data;
  const days = (Date.parse(expiresAt) - server.clock.wall()) / (24 * HOUR_MS);
  assert.ok(days > 89 && days < 91, `in ${days} days`);
  await act(page, "nightly", "Revoke");
  await page.getByRole("button", { name: "Revoke token" }).click();
  await page.getByText("revoked", { exact: true }).waitFor();
  assert.equal((await script.get("/licenses")).status, 401);
  expectNoFaults(page);
});

test("[ADMIN-4] wrong passwords lock a name, and the log-in page says so", async () => {
  await makeAdmin(server, "forgetful");
  const page = await openPage(browser);
  await page.goto(server.side.managementUrl);
  const logIn = async (password: string) => {
    await page.getByRole("textbox", { name: "Name" }).fill("forgetful");
    await page.getByRole("textbox", { name: "Password" }).fill(password);
    await page.getByRole("button", { name: "Log in" }).click();
  };
  for (let tries = 0; tries < 5; tries += 1) {
    await logIn("wrong horse battery");
    await page.getByRole("alert").waitFor();
    // The password is taken away once it was found wrong.
    await page.locator('input[type=password][value=""]').waitFor();
  }
  await logIn(PASSWORD);
  await page.getByRole("alert").getByText("Too many wrong passwords").waitFor();
  await expectAccessible(page);
  server.clock.advance(1_000);
  await logIn(PASSWORD);
  await page.getByRole("navigation").waitFor();
  expectNoFaults(page);
});

test("[UI-5] a session that ends by the clock is gone on with in place, and what was typed is kept", async () => {
  const page = await openUi(browser, server, { path: "/team" });
  await page.getByRole("button", { name: "Add to the team" }).click();
  const adding = dialogOf(page, "Add to the team");
  await adding.getByRole("textbox", { name: "Name" }).fill("bea");
  await adding.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
  await adding.getByRole("radio", { name: "viewer" }).check();
  server.clock.advance(2 * HOUR_MS);
  await adding.getByRole("button", { name: "Add", exact: true }).click();
  const ended = dialogOf(page, "Your session has ended");
  await ended.waitFor();
  await expectAccessible(page);
  // It closes neither itself nor what is below it.
  await page.keyboard.press("Escape");
  await logInAgain(page);
  await ended.waitFor({ state: "detached" });
  assert.equal(await adding.getByRole("textbox", { name: "Name" }).inputValue(), "bea");
  await adding.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByRole("cell", { name: "bea", exact: true }).waitFor();
  assert.equal((await adminNamed("bea")).role, "viewer");
  expectNoFaults(page);
});

test("[UI-5] an admin's new password ends the other session, which goes on by the new one", async () => {
  await makeAdmin(server, "cleo", "viewer");
  const page = await openUi(browser, server, { path: "/licenses", name: "cleo" });
  const boss = await openUi(browser, server, { path: "/team" });
  await act(boss, "cleo", "Set password");
  await dialogOf(boss, "New password for cleo")
    .getByRole("textbox", { name: "Password" })
    .fill("another horse battery");
  await dialogOf(boss, "New password for cleo").getByText("Sessions of cleo end at once").waitFor();
  await expectAccessible(boss);
  await dialogOf(boss, "New password for cleo").getByRole("button", { name: "Set password" }).click();
  await dialogOf(boss, "New password for cleo").waitFor({ state: "detached" });
  await page.getByRole("link", { name: "Settings" }).click();
  await logInAgain(page);
  const ended = dialogOf(page, "Your session has ended");
  await ended.getByRole("alert").waitFor();
  await ended.getByRole("textbox", { name: "Password" }).fill("another horse battery");
  await ended.getByRole("button", { name: "Log in" }).click();
  await page.getByText(server.hardwareId).waitFor();
  assert.equal(await ended.count(), 0);
  expectNoFaults(page);
});

test("[UI-5] pages of one admin are not gone on with by another", async () => {
  await makeAdmin(server, "dan", "viewer");
  const page = await openUi(browser, server, { path: "/team" });
  await page.getByRole("button", { name: "Add to the team" }).click();
  await dialogOf(page, "Add to the team").getByRole("textbox", { name: "Name" }).fill("eve");
  server.clock.advance(2 * HOUR_MS);
  await dialogOf(page, "Add to the team").getByRole("textbox", { name: "Password" }).fill(PASSWORD);
  await dialogOf(page, "Add to the team").getByRole("radio", { name: "admin" }).check();
  await dialogOf(page, "Add to the team").getByRole("button", { name: "Add", exact: true }).click();
  await logInAgain(page, "dan");
  await page.getByRole("link", { name: "forbidden" }).waitFor();
  assert.equal(await page.getByRole("dialog").count(), 0);
  expectNoFaults(page);
});
