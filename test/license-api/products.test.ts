import assert from "node:assert/strict";
import { after, test } from "node:test";
import { DAY_MS, MINUTE_MS } from "../../src/domain/instant.ts";
import { addInstallationFile } from "../../src/use-cases/vendor/products/add-installation-file.ts";
import { makeConsumption } from "../support/make-license.ts";
import { cloudTerms, granted, makeProductWith } from "../support/make-products.ts";
import { START } from "../support/test-clock.ts";
import { startVendorServer } from "../support/vendor-server.ts";
import { expectError, expectReply } from "./expect-reply.ts";

const vendor = await startVendorServer({ after });
const { side } = vendor;
await makeProductWith(
  side,
  {
    code: "cad",
    name: "CAD",
    trial: { days: 30, isEmailRequired: false, policyId: null },
    timeoutMs: 20 * MINUTE_MS,
    allowOverages: true,
    maxOverages: 5,
    preventVm: true,
    metadata: { colour: "red" },
    customFields: [{ name: "tier", value: "gold" }],
  },
  [
    { code: "export", name: "Export", capacity: 3, ...cloudTerms },
    { code: "tokens", name: "Tokens", type: "consumption", consumption: makeConsumption() },
  ],
);
await makeProductWith(side, { code: "mail", name: "Mail", authorizationMethod: "user" }, []);
await makeProductWith(side, { code: "old", name: "Old", state: "archived" }, []);
for (const [version, environment, days] of [["2.0", "win", 2] as const, ["3.0", "mac", 3] as const]) {
  const releasedAt = START + days * DAY_MS;
  granted(await addInstallationFile(side, { product: "cad", version, environment, releasedAt }));
}
granted(
  await addInstallationFile(side, { product: "cad", version: "9.9", enabled: false, releasedAt: START + DAY_MS * 9 }),
);

const details = (query: object) => vendor.get("/product_details", { ...query });

test("[LIC-1] a product is shown by its code, without what is not asked for", async () => {
  const shown = await expectReply(vendor, "productDetails", await details({ product: "cad" }));
  assert.deepEqual(shown, {
    product_id: 1,
    product_name: "CAD",
    short_code: "cad",
    authorization_method: "license-key",
    allow_trial: true,
    trial_days: 30,
    floating_timeout: 20,
    allow_overages: true,
    max_overages: 5,
    prevent_vm: true,
    metadata: { colour: "red" },
    company: { id: 1 },
  });
  const mail = await expectReply(vendor, "productDetails", await details({ product: "mail" }));
  assert.deepEqual([mail.authorization_method, mail.allow_trial, mail.trial_days], ["user", false, 0]);
});

test("[LIC-1] a product's latest version and custom fields come where they are asked for", async () => {
  const asked = { include_latest_version: "true", include_custom_fields: "true" };
  const cad = await expectReply(vendor, "productDetails", await details({ product: "cad", ...asked }));
  assert.deepEqual([cad.latest_version, cad.custom_fields], ["3.0", [{ name: "tier", value: "gold" }]]);
  const win = await expectReply(vendor, "productDetails", await details({ product: "cad", ...asked, env: "win" }));
  assert.equal(win.latest_version, "2.0");
  const mail = await expectReply(vendor, "productDetails", await details({ product: "mail", ...asked }));
  assert.deepEqual([mail.latest_version, mail.custom_fields], [null, []]);
  const not = await expectReply(
    vendor,
    "productDetails",
    await details({ product: "cad", include_latest_version: "false", include_custom_fields: "false" }),
  );
  assert.equal("latest_version" in not || "custom_fields" in not, false);
});

test("[LIC-1] a product that is not there is unknown", async () => {
  expectError(await details({ product: "CAD" }), "unknown_product");
  expectError(await details({}), "missing_parameters", "product");
  expectError(await details({ product: "cad", include_latest_version: "yes" }), "validation_error");
});

test("[DEV-9] all products but archived ones are listed with their features", async () => {
  const listed = await expectReply(vendor, "products", await vendor.get("/products"));
  assert.deepEqual(
    listed.map(({ short_code }: { short_code: string }) => short_code),
    ["cad", "mail"],
  );
  const [{ product_features: features }] = listed;
  assert.deepEqual(
    features.map((feature: Record<string, unknown>) => [
      feature["code"],
      feature["feature_type"],
      feature["floating_users"],
      feature["is_floating_cloud"],
      "max_consumption" in feature,
    ]),
    [
      ["export", "activation", 3, true, false],
      ["tokens", "consumption", 0, false, true],
    ],
  );
});

test("[DEV-9] an application that is for some products sees these only", async () => {
  const key = await vendor.makeKey({ products: ["mail"] });
  const listed = await expectReply(vendor, "products", await vendor.get("/products", {}, vendor.authorize(key)));
  assert.deepEqual(
    listed.map(({ short_code }: { short_code: string }) => short_code),
    ["mail"],
  );
  const other = await vendor.get("/product_details", { product: "cad" }, vendor.authorize(key));
  expectError(other, "api_key_product_not_allowed");
});
