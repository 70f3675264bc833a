import assert from "node:assert/strict";
import { after, test } from "node:test";
import { MINUTE_MS } from "../../src/domain/instant.ts";
import { createUser } from "../../src/use-cases/vendor/people/create-user.ts";
import { granted, makeIssued, makeProductWith } from "../support/make-products.ts";
import { startVendorServer } from "../support/vendor-server.ts";
import { expectError, expectReply } from "./expect-reply.ts";

const vendor = await startVendorServer({ after });
await makeProductWith(vendor.side, { code: "mail", name: "Mail", authorizationMethod: "user" });
for (const username of ["ada@example.com", "grace@example.com", "joan@example.com"]) {
  granted(await createUser(vendor.side, { username, password: "right" }));
  await makeIssued(vendor.side, { product: "mail", users: [{ username, allowUnlimitedActivations: true }] });
}

const activate = (username: string, password: string) =>
  vendor.post("/activate_license", { hardware_id: "hw", product: "mail", username, password });
const list = (username: string, password: string) =>
  vendor.get("/user_licenses", { product: "mail", username, password });

test("[SEC-4] after 60 wrong passwords in a minute even the right one is put off, on every route, and for that user only", async () => {
  for (let tries = 0; tries < 60; tries += 1) {
    const guess = tries % 2 === 0 ? activate : list;
    expectError(await guess("ada@example.com", `wrong ${tries}`), "invalid_credentials");
  }
  for (const ask of [activate, list]) {
    const refused = await ask("ada@example.com", "right");
    expectError(refused, "too_many_requests");
    assert.match(refused.headers["retry-after"] ?? "", /^[1-9]\d*$/);
  }
  await expectReply(vendor, "activateLicense", await activate("grace@example.com", "right"));
  vendor.clock.advance(MINUTE_MS);
  await expectReply(vendor, "activateLicense", await activate("ada@example.com", "right"));
});

test("[SEC-4] right passwords are never counted", async () => {
  for (let tries = 0; tries < 62; tries += 1) {
    await expectReply(vendor, "activateLicense", await activate("grace@example.com", "right"));
  }
});

test("[SEC-4] many guesses that are sent at once are no more than the limit allows", async () => {
  const guesses = Array.from({ length: 150 }, (_, tries) => activate("joan@example.com", `wrong ${tries}`));
  const codes = (await Promise.all(guesses)).map(({ json }) => json.code);
  assert.equal(codes.filter((code) => code === "invalid_credentials").length, 60);
  assert.equal(codes.filter((code) => code === "too_many_requests").length, 90);
  vendor.clock.advance(MINUTE_MS);
  await expectReply(vendor, "activateLicense", await activate("joan@example.com", "right"));
});

test("[SEC-4] a request that fails for something else has not guessed wrong, and is under way no more", async () => {
  for (let tries = 0; tries < 62; tries += 1) {
    const device = { hardware_id: "hw", product: "mail", username: "joan@example.com", password: "right" };
    expectError(await vendor.post("/activate_license", { ...device, variables: { a: null } }), "validation_error");
  }
  await expectReply(vendor, "activateLicense", await activate("joan@example.com", "right"));
});
