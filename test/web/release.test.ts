import assert from "node:assert/strict";
import { after, type TestContext, test } from "node:test";
import type { Locator, Page } from "playwright-core";
import { startCloudSite } from "../license-api/cloud-site.ts";
import { giveBack, takeSeat } from "../management/seat-takers.ts";
import { openBrowser } from "../support/browser.ts";
import { startFloatingServer, type TestServer } from "../support/floating-server.ts";
import { makeFeature, makeLicense } from "../support/make-license.ts";
import { expectAccessible, expectNoFaults, openUi } from "./ui.ts";

const browser = await openBrowser({ after });
const MINUTE = 60_000;

/** A server where these have a seat of `render`. */
async function startWith(t: TestContext, ...users: string[]): Promise<TestServer> {
  const seats = Math.max(10, users.length);
  const license = makeLicense({ capacity: seats, features: [makeFeature({ capacity: seats })] });
  const server = await startFloatingServer(t, { licenses: [license] });
  for (const user of users) await takeSeat(server, user);
  return server;
}

const renderers = async ({ store }: TestServer) =>
  (await store.seats()).flatMap(({ seat }) => (seat.featureId === 0 ? [] : [seat.holder]));
const releases = async ({ store }: TestServer) =>
  (await store.events(0, 10_000))
    .filter(({ kind }) => kind === "seat_released")
    .map(({ holder, data }) => ({ holder, ...JSON.parse(data ?? "{}") }));

const openRelease = async (page: Page, seat: string) => {
  await page.getByRole("button", { name: `Release ${seat}` }).click();
  return page.getByRole("dialog", { name: `Release ${seat}` });
};
const hasFocus = (found: Locator) =>
  found.evaluate((element) => element.contains(element.ownerDocument.activeElement), null, { timeout: 2_000 });

/** Goes on by Tab until something has the focus. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await wanted.waitFor();
  for (let step = 0; step < 80; step += 1) {
    if (await hasFocus(wanted)) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`Tab does not lead to ${wanted}`);
}

test("[UI-2] a stuck seat is released and held, and the hold ended, by the keyboard alone", async (t) => {
  const server = await startWith(t, "ann", "bob");
  const page = await openUi(browser, server, { path: "/seats?feature=render", role: "operator" });
  await tabTo(page, page.getByRole("button", { name: "Release ann's seat of render" }));
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Release ann's seat of render" });
  await dialog.getByText(/^Active/).waitFor();
  assert.ok(await hasFocus(dialog.getByRole("textbox", { name: "Reason" })));
  await expectAccessible(page);
  await page.keyboard.type("left for the day");
  await tabTo(page, dialog.getByRole("button", { name: "Release and hold 10 min" }));
  await page.keyboard.press("Enter");
  await page.getByText("Released ann's seat of render, held for 10 min").waitFor();
  assert.deepEqual(await renderers(server), ["bob"]);
  const [{ holder, reason, actor }] = (await releases(server)) as [Record<string, unknown>];
  assert.deepEqual([holder, reason, typeof actor], ["ann", "left for the day", "object"]);
  // What it was opened by is gone with the seat.
  await dialog.waitFor({ state: "detached" });
  assert.ok(await hasFocus(page.getByRole("region", { name: "Holders" })));

  const refused = await server.post("/api/v4/featureRegister", { product: "cad", user: "ann", feature: "render" });
  assert.equal(refused.json.code, "floating_not_available");
  await page.getByRole("table", { name: "Holds" }).getByText("left for the day").waitFor();
  await tabTo(page, page.getByRole("button", { name: "End the hold on ann" }));
  await page.keyboard.press("Enter");
  const ending = page.getByRole("dialog", { name: "End the hold on ann" });
  await ending.getByText("can take a seat of this pool again at once").waitFor();
  await expectAccessible(page);
  await tabTo(page, ending.getByRole("button", { name: "End the hold" }));
  await page.keyboard.press("Enter");
  await page.getByText("Nobody is held from a seat").waitFor();
  await takeSeat(server, "ann");
  expectNoFaults(page);
});

test("[UI-12] a release tells before what the times of the seat say", async (t) => {
  const server = await startWith(t, "ann");
  const until = new Date(server.clock.wall() + 600 * MINUTE).toISOString();
  const borrow = { product: "cad", user: "cyd", feature: "render", borrowed_until: until };
  assert.equal((await server.post("/api/v4/featureRegister", borrow)).status, 200);
  server.clock.advance(14 * MINUTE);
  await takeSeat(server, "bob");
  server.clock.advance(20_000);
  const page = await openUi(browser, server, { path: "/seats", role: "operator" });
  const silent = await openRelease(page, "ann's seat of render");
  await silent.getByText(/Last heard 14 min ago, ends in (1 min|\d+ s)/).waitFor();
  await silent.getByText("It will end by itself soon").waitFor();
  await page.keyboard.press("Escape");
  const active = await openRelease(page, "bob's seat of render");
  await active.getByText(/Active 2\d s ago/).waitFor();
  await active.getByText("will probably take the seat again at once").waitFor();
  await page.keyboard.press("Escape");
  const borrowed = await openRelease(page, "cyd's seat of render");
  await borrowed.getByText("Is borrowed until 15 Jan 2026, 20:00:00").waitFor();
  await borrowed.getByText("may be offline and will not know").waitFor();
  await expectAccessible(page);
  await page.keyboard.press("Escape");

  // What the list showed may be from before: the dialog asks.
  const renewed = await openRelease(page, "ann's seat of render");
  await takeSeat(server, "ann");
  await renewed.getByText(/^Active/).waitFor();
  await giveBack(server, "ann");
  await renewed.getByText("Has ended").waitFor();
  assert.ok(await renewed.getByRole("button", { name: "Release", exact: true }).isDisabled());
  expectNoFaults(page);
});

test("[MANAGE-7] of many seats the page says which were not released", async (t) => {
  const server = await startWith(t, "ann", "bob", "cyd", "dan");
  const page = await openUi(browser, server, { path: "/seats?feature=render", role: "operator" });
  for (const user of ["ann", "bob", "cyd"]) {
    await page.getByRole("checkbox", { name: `Select ${user}'s seat of render` }).check();
  }
  await page.getByRole("button", { name: "Release selected (3)" }).click();
  const dialog = page.getByRole("dialog", { name: "Release 3 seats" });
  await dialog.getByText("3 active lately").waitFor();
  await expectAccessible(page);
  await giveBack(server, "bob");
  await dialog.getByRole("textbox", { name: "Reason" }).fill("maintenance");
  await dialog.getByRole("button", { name: "Release", exact: true }).click();
  await dialog.getByText("Released 2 of 3 seats").waitFor();
  await dialog.getByText("bob's seat of render: had ended before").waitFor();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Close" }).last().click();
  assert.deepEqual(await renderers(server), ["dan"]);
  const told = (await releases(server))
    .filter(({ by }) => by === "admin")
    .map(({ holder, reason }) => `${holder} ${reason}`);
  assert.deepEqual([...new Set(told)].sort(), ["ann maintenance", "cyd maintenance"]);
  expectNoFaults(page);
});

test("[MANAGE-7] all seats that fit a filter are released, however many", async (t) => {
  const users = Array.from({ length: 1_100 }, (_, index) => `user-${index}`);
  const server = await startWith(t, ...users, "ann");
  const page = await openUi(browser, server, { path: "/seats?feature=render&holder.contains=user", role: "operator" });
  await page.getByRole("button", { name: "Release all that fit (1,100)" }).click();
  const dialog = page.getByRole("dialog", { name: "Release 1100 seats" });
  await dialog.getByRole("button", { name: "Release", exact: true }).click();
  await page.getByText("Released 1100 of 1100 seats").waitFor();
  assert.deepEqual(await renderers(server), ["ann"]);
  await page.getByRole("heading", { name: "No seat in use fits" }).waitFor();
  expectNoFaults(page);
});

test("[UI-4] who only looks sees why nothing can be released, and the server refuses it", async (t) => {
  const server = await startWith(t, "ann");
  const page = await openUi(browser, server, { path: "/seats?feature=render", role: "viewer" });
  const button = page.getByRole("button", { name: "Release ann's seat of render" });
  await button.focus();
  await page.getByText("needs the role operator; you are viewer").waitFor();
  await page.keyboard.press("Enter");
  assert.equal(await page.getByRole("dialog").count(), 0);
  const { csrf_token: token } = await (await page.request.get(`${server.side.managementUrl}/manage/v1/session`)).json();
  const headers = { "x-csrf-token": token };
  const refused = await page.request.post(`${server.side.managementUrl}/manage/v1/seats/1/release`, {
    headers,
    data: {},
  });
  assert.deepEqual([refused.status(), (await refused.json()).code], [403, "forbidden"]);
  assert.deepEqual(await renderers(server), ["ann"]);
  expectNoFaults(page);
});

test("[UI-8] a release shows its commands, with what was typed", async (t) => {
  const server = await startWith(t, "ann");
  const [id] = (await server.store.seats()).flatMap(({ seat }) => (seat.featureId === 0 ? [] : [seat.id]));
  const page = await openUi(browser, server, { path: "/seats", role: "operator" });
  const dialog = await openRelease(page, "ann's seat of render");
  await dialog.getByRole("textbox", { name: "Reason" }).fill("gone home");
  await dialog.getByRole("button", { name: "As command" }).click();
  await page.getByText(`seatkeeper seat release ${id} --reason 'gone home' --hold 10m`).waitFor();
  await page.getByText(`/manage/v1/seats/${id}/release`).waitFor();
  expectNoFaults(page);
});

test("[HOLD-1] the same at the vendor, for a device", async (t) => {
  const { vendor, ann, check } = await startCloudSite(t);
  assert.equal((await check(ann)).status, 200);
  const page = await openUi(browser, vendor, { path: "/seats", role: "operator" });
  const dialog = await openRelease(page, "ann's seat of export");
  await dialog.getByRole("button", { name: "Release and hold 10 min" }).click();
  await page.getByText("Released ann's seat of export, held for 10 min").waitFor();
  await page.getByRole("button", { name: "End the hold on ann" }).waitFor();
  assert.equal((await check(ann)).json.code, "floating_not_available");
  expectNoFaults(page);
});
