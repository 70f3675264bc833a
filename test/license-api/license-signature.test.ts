import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { HOUR_MS } from "../../src/domain/instant.ts";
import type { LicenseTerms } from "../../src/domain/product.ts";
import { retireSigningKey } from "../../src/use-cases/vendor/keys/retire-signing-key.ts";
import { rotateSigningKey } from "../../src/use-cases/vendor/keys/rotate-signing-key.ts";
import { createUser } from "../../src/use-cases/vendor/people/create-user.ts";
import { cloudTerms, granted, makeIssued, makeProductWith } from "../support/make-products.ts";
import { START } from "../support/test-clock.ts";
import { startVendorServer, type TestVendorServer } from "../support/vendor-server.ts";
import { assertSigned, expectReply, isSignedBy, publishedKey } from "./expect-reply.ts";
import { activate, deviceOf } from "./sample-devices.ts";

const END = START + HOUR_MS;

async function startVendorWith(t: TestContext, authorizationMethod: "license-key" | "user" = "license-key") {
  const vendor = await startVendorServer(t);
  await makeProductWith(vendor.side, { code: "cad", name: "CAD", authorizationMethod });
  return vendor;
}

/** The license objects that a device gets: by activating, again, and by checking. */
async function objectsOf(vendor: TestVendorServer, device: object, more: object = {}) {
  return [
    await expectReply(vendor, "activateLicense", await vendor.post("/activate_license", { ...device, ...more })),
    await expectReply(vendor, "activateLicense", await vendor.post("/activate_license", { ...device, ...more })),
    await expectReply(vendor, "checkLicense", await vendor.get("/check_license", { ...device })),
  ];
}

for (const [what, terms, validity] of [
  ["without an end", {}, ""],
  ["with an end", { validUntil: END }, "2026-01-15t11:00:00.000z"],
  ["with a duration", { validDurationMs: 1 }, "2026-01-15t10:00:00.001z"],
] as const satisfies readonly (readonly [string, Partial<LicenseTerms>, string])[]) {
  test(`[SIGN-4] license_signature is over hardware id, license key and validity, in lower case: a license ${what}`, async (t) => {
    const vendor = await startVendorWith(t);
    const pem = await publishedKey(vendor);
    const license = await makeIssued(vendor.side, { product: "cad", key: "ABCD-1234", terms });
    const device = deviceOf(license, "Hw-\u00c4#1");
    for (const object of await objectsOf(vendor, device)) {
      assert.ok(isSignedBy(pem, `hw-\u00e4#1#abcd-1234#${validity}`, object.license_signature));
      assert.equal(isSignedBy(pem, `Hw-\u00c4#1#ABCD-1234#${validity}`, object.license_signature), false);
      assert.equal((object.validity_period ?? "").toLowerCase(), validity);
    }
  });
}

test("[SIGN-4] of a user name only the part before the bar is signed, and all of it is shown", async (t) => {
  const vendor = await startVendorWith(t, "user");
  const pem = await publishedKey(vendor);
  for (const [username, validUntil] of [
    ["Ada@Example.com|Team|2", END],
    ["bob@example.com", null],
  ] as const) {
    granted(await createUser(vendor.side, { username, password: "correct horse" }));
    const users = [{ username, allowUnlimitedActivations: true }];
    await makeIssued(vendor.side, { product: "cad", terms: { validUntil }, users });
    const device = { product: "cad", username, hardware_id: "HW-1" };
    const licensee = username.split("|")[0]?.toLowerCase();
    const validity = validUntil === null ? "" : "2026-01-15t11:00:00.000z";
    const [activated, ...others] = await objectsOf(vendor, device, { password: "correct horse" });
    assert.equal(activated.username, username);
    for (const object of [activated, ...others]) {
      assert.ok(isSignedBy(pem, `hw-1#${licensee}#${validity}`, object.license_signature), username);
      assert.equal(object.user.email, username.split("|")[0]);
    }
  }
});

test("[SIGN-4] no device's signature is another's", async (t) => {
  const vendor = await startVendorWith(t);
  const pem = await publishedKey(vendor);
  const license = await makeIssued(vendor.side, { product: "cad", key: "K" });
  const [first] = await objectsOf(vendor, deviceOf(license, "hw-1"));
  const [second] = await objectsOf(vendor, deviceOf(license, "hw-2"));
  assert.notEqual(first.license_signature, second.license_signature);
  assert.equal(isSignedBy(pem, "hw-2#k#", first.license_signature), false);
});

test("[SIGN-1] every kind of reply is signed over its bytes and over its JSON written anew, whatever is in it", async (t) => {
  const vendor = await startVendorServer(t);
  const name = `"\u{1f600}\u2028\u0001\\/<>&`;
  const metadata = { [name]: [1.5, 1e-7, -0, true, null, name], "": {}, z: 1, a: 2 };
  await makeProductWith(vendor.side, { code: "cad", name, metadata }, [
    { code: "export", name, metadata, capacity: 3, ...cloudTerms },
  ]);
  const license = await makeIssued(vendor.side, {
    product: "cad",
    metadata,
    customFields: [{ name, value: name }],
    terms: { ...cloudTerms, capacity: 3 },
  });
  const device = deviceOf(license);
  const feature = { ...device, feature: "export" };
  await activate(vendor, device, { variables: { [name]: name } });
  const replies = {
    activateLicense: await vendor.post("/activate_license", device),
    checkLicense: await vendor.get("/check_license", { ...device }),
    checkLicenseFeature: await vendor.get("/check_license_feature", { ...feature, include_metadata_string: true }),
    floatingFeatureBorrow: await vendor.post("/floating/feature_borrow", feature),
    floatingBorrow: await vendor.post("/floating/borrow", device),
    floatingFeatureRelease: await vendor.post("/floating/feature_release", feature),
    floatingRelease: await vendor.post("/floating/release", device),
    deactivateLicense: await vendor.post("/deactivate_license", device),
    wellKnown: await vendor.get("/.well-known"),
    health: await vendor.get("/health"),
    oauthUrl: await vendor.get("/oauth_url", { login_type: "client_credentials" }),
  };
  for (const [routeName, reply] of Object.entries(replies)) {
    await expectReply(vendor, routeName, reply);
    assert.equal(reply.text, JSON.stringify(reply.json), routeName);
    assert.equal(reply.headers["content-length"], String(reply.bytes.length));
  }
  const { metadata_string: text, metadata: shown } = replies.checkLicenseFeature.json;
  assert.equal(text, JSON.stringify(shown));
});

test("[SIGN-5] a rotation signs with the new key at once and publishes both until the old one is retired", async (t) => {
  const vendor = await startVendorWith(t);
  const { side } = vendor;
  const license = await makeIssued(side, { product: "cad" });
  const device = deviceOf(license);
  await activate(vendor, device);
  const check = () => vendor.get("/check_license", { ...device });
  const published = async () => {
    const { pub_key, pub_keys } = (await vendor.get("/.well-known")).json;
    return { pub_key, pub_keys };
  };
  const before = await check();
  const { pub_key: old } = await published();
  const [oldRecord] = await side.store.records("signing_key");
  assertSigned(before, old);

  await rotateSigningKey(side, side.keys);
  const { pub_key: current, pub_keys } = await published();
  assert.notEqual(current, old);
  assert.deepEqual(pub_keys, [current, old]);
  const after = await check();
  assertSigned(after, current);
  assert.equal(isSignedBy(old, after.bytes, after.headers["licensesignature"] as string), false);
  assert.ok(isSignedBy(current, `hw-1#${license.details.key?.toLowerCase()}#`, after.json.license_signature));

  await vendor.restart();
  assert.deepEqual(await published(), { pub_key: current, pub_keys: [current, old] });
  granted(await retireSigningKey(vendor.side, vendor.side.keys, oldRecord?.id ?? 0));
  assert.deepEqual(await published(), { pub_key: current, pub_keys: [current] });
  assertSigned(await check(), current);
});

test("[SIGN-5] the keys, the address and every route are published to anyone, under the address that is configured", async (t) => {
  const vendor = await startVendorServer(t, { config: { "license-api.public-url": "https://licenses.example.com/" } });
  const reply = await vendor.send({ method: "GET", path: "/api/v4/.well-known" });
  const shown = await expectReply(vendor, "wellKnown", reply);
  assert.equal(shown.api_base_url, "https://licenses.example.com/api/v4");
  assert.deepEqual([shown.supported_api_versions, shown.default_api_version], [["v4"], "v4"]);
  const release = { method: "POST", url: "https://licenses.example.com/api/v4/floating/feature_release" };
  assert.ok(
    shown.endpoints.some(
      (endpoint: typeof release) => endpoint.method === release.method && endpoint.url === release.url,
    ),
  );
  const { json } = await vendor.get("/oauth_url", { login_type: "client_credentials" });
  assert.equal(json.login_type, "client_credentials");
  assert.ok(json.url.startsWith("https://licenses.example.com/api/v4/"));
  await vendor.restart({ "license-api.public-url": undefined });
  const local = await vendor.send({ method: "GET", path: "/api/v4/.well-known" });
  assert.equal(local.json.api_base_url, `${vendor.url}/api/v4`);
});
