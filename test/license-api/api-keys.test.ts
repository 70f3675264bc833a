import assert from "node:assert/strict";
import { after, test } from "node:test";
import { MINUTE_MS } from "../../src/domain/instant.ts";
import { revokeApiKey } from "../../src/use-cases/vendor/keys/revoke-api-key.ts";
import { rotateSharedKey } from "../../src/use-cases/vendor/keys/rotate-shared-key.ts";
import { granted, makeProductWith } from "../support/make-products.ts";
import { startVendorServer } from "../support/vendor-server.ts";
import { expectError, expectReply } from "./expect-reply.ts";
import { activeLicense, deviceOf } from "./sample-devices.ts";

const STALE_DATE = "Tue, 07 Jun 2011 20:51:35 GMT";

const vendor = await startVendorServer({ after });
const { side, clock, key } = vendor;
await makeProductWith(side, { code: "cad", name: "CAD" });
const device = deviceOf(await activeLicense(vendor, { product: "cad" }));
const CHECK = `/api/v4/check_license?${new URLSearchParams({ ...device })}`;

/** A request about a license that is there, with these headers only. */
const ask = (headers: Readonly<Record<string, string>>, path = CHECK) => vendor.send({ method: "GET", path, headers });

test("[HMAC-1] while a shared key is rotated both are good, and after the next rotation the first is not", async () => {
  const rotated = await vendor.makeKey();
  const rotate = async () => granted(await rotateSharedKey(side, rotated.apiKey)).sharedKey;
  const first = rotated.sharedKey;
  const second = await rotate();
  const status = async (sharedKey: string) => (await ask(vendor.authorize({ ...rotated, sharedKey }))).status;
  assert.deepEqual([await status(first), await status(second)], [200, 200]);
  const third = await rotate();
  assert.deepEqual([await status(first), await status(second), await status(third)], [400, 200, 200]);
  expectError(await ask(vendor.authorize({ ...rotated, sharedKey: first })), "signature_mismatch");
});

test("[HMAC-5] a revoked key is told so only when its signature is right", async () => {
  const revoked = await vendor.makeKey();
  assert.equal((await ask(vendor.authorize(revoked))).status, 200);
  granted(await revokeApiKey(side, revoked.apiKey));
  expectError(await ask(vendor.authorize(revoked)), "revoked_api_key");
  expectError(await ask(vendor.authorize({ ...revoked, sharedKey: "other" })), "signature_mismatch");
  expectError(await ask(vendor.authorize(revoked, STALE_DATE)), "date_header_diff");
});

test("[HMAC-5] a read-only key takes no seat: checking a feature changes something", async () => {
  const readOnly = await vendor.makeKey({ isReadOnly: true });
  const headers = vendor.authorize(readOnly);
  const feature = { ...device, feature: "export" };
  expectError(await vendor.get("/check_license_feature", feature, headers), "read_only_api_key");
  expectError(await vendor.post("/floating/feature_release", feature, headers), "read_only_api_key");
  assert.deepEqual(await side.store.seats(), []);
});

test("[HMAC-5] a key for certain products is refused others, whether they exist or not", async () => {
  await makeProductWith(side, { code: "cam", name: "CAM" });
  const restricted = await vendor.makeKey({ products: ["cad"] });
  const headers = vendor.authorize(restricted);
  const check = (product: string) => vendor.get("/check_license", { ...device, product }, headers);
  assert.equal((await check("cad")).status, 200);
  const refused = await Promise.all(["cam", "nothing", "CAD"].map(check));
  for (const reply of refused) expectError(reply, "api_key_product_not_allowed");
});

test("[HMAC-4] the 61st failure in a minute is too_many_requests, and a right signature passes all the while", async () => {
  const wrong = () => ask(vendor.authorize({ ...key, sharedKey: "wrong" }));
  clock.advance(MINUTE_MS);
  const codes: string[] = [];
  for (let tries = 0; tries < 60; tries += 1) codes.push((await wrong()).json.code);
  assert.deepEqual(new Set(codes), new Set(["signature_mismatch"]));
  clock.advance(20_000);
  const refused = await wrong();
  expectError(refused, "too_many_requests");
  assert.equal(refused.headers["retry-after"], "40");
  await expectReply(vendor, "checkLicense", await ask(vendor.authorize()));
  expectError(await ask(vendor.authorize({ apiKey: "other", sharedKey: "wrong" })), "invalid_api_key");
  clock.advance(40_000);
  expectError(await wrong(), "signature_mismatch");
});

test("[HMAC-4] stale dates are no failures of the signature, and are not counted", async () => {
  const stale = vendor.authorize(key, STALE_DATE);
  for (let tries = 0; tries < 61; tries += 1) expectError(await ask(stale), "date_header_diff");
});

test("[HMAC-5] until a key is proven, nothing tells whether a license is there, or what else is wrong", async () => {
  const headers = vendor.authorize({ ...key, sharedKey: "wrong" });
  const feature = { ...device, feature: "export" };
  const json = { ...headers, "content-type": "application/json" };
  const post = (body: unknown, more: object = {}) =>
    vendor.send({ method: "POST", path: "/api/v4/floating/feature_release", body, headers: { ...json, ...more } });
  const replies = [
    await post(feature),
    await post({ ...feature, license_key: "nothing" }),
    await post({ ...feature, product: "nothing" }),
    await post({ ...feature, hardware_id: "nobody" }),
    await post({}),
    await post("{"),
    await post("[]"),
    await post(Buffer.of(0xff)),
    await post("<x/>", { "content-type": "text/xml" }),
    await post({ ...feature, license_id: "x" }),
    await ask(headers),
    await ask(headers, "/api/v4/check_license"),
    await ask(headers, "/api/v4/check_license?product=cad&product=cad"),
  ];
  expectError(replies[0] as (typeof replies)[0], "signature_mismatch");
  const { date: _, ...known } = replies[0]?.headers ?? {};
  for (const {
    status,
    text,
    headers: { date: __, ...others },
  } of replies) {
    assert.deepEqual([status, text], [400, replies[0]?.text]);
    assert.deepEqual(others, known);
  }
});
