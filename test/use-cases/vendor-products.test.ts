import assert from "node:assert/strict";
import type { VendorProduct } from "../../src/domain/product.ts";
import { createApiKey } from "../../src/use-cases/vendor/keys/create-api-key.ts";
import { revokeApiKey } from "../../src/use-cases/vendor/keys/revoke-api-key.ts";
import { issueLicense } from "../../src/use-cases/vendor/licenses/issue-license.ts";
import { deleteLicense } from "../../src/use-cases/vendor/licenses/set-license-state.ts";
import { addInstallationFile } from "../../src/use-cases/vendor/products/add-installation-file.ts";
import { addProductFeature } from "../../src/use-cases/vendor/products/add-product-feature.ts";
import { changeBundle } from "../../src/use-cases/vendor/products/change-bundle.ts";
import { changeInstallationFile } from "../../src/use-cases/vendor/products/change-installation-file.ts";
import { changePolicy } from "../../src/use-cases/vendor/products/change-policy.ts";
import { changeProduct } from "../../src/use-cases/vendor/products/change-product.ts";
import { changeProductFeature } from "../../src/use-cases/vendor/products/change-product-feature.ts";
import { createBundle } from "../../src/use-cases/vendor/products/create-bundle.ts";
import { createPolicy } from "../../src/use-cases/vendor/products/create-policy.ts";
import { createProduct, type NewProduct } from "../../src/use-cases/vendor/products/create-product.ts";
import { deleteBundle } from "../../src/use-cases/vendor/products/delete-bundle.ts";
import { deleteInstallationFile } from "../../src/use-cases/vendor/products/delete-installation-file.ts";
import { deletePolicy } from "../../src/use-cases/vendor/products/delete-policy.ts";
import { deleteProduct } from "../../src/use-cases/vendor/products/delete-product.ts";
import { removeProductFeature } from "../../src/use-cases/vendor/products/remove-product-feature.ts";
import { onBothStores, refusalOf, refusalsOf } from "../support/both-stores.ts";
import { cloudTerms, granted, makeIssued, makeProductWith } from "../support/make-products.ts";

const CAD: NewProduct = { code: "cad", name: "CAD" };
const codes = (products: readonly VendorProduct[]) => products.map(({ code }) => code);

onBothStores("[REC-1] of two products made at once with one code there is exactly one", async (vendor) => {
  const made = await Promise.all([createProduct(vendor, CAD), createProduct(vendor, CAD), createProduct(vendor, CAD)]);
  assert.equal(made.filter((each) => !("refused" in each)).length, 1);
  assert.deepEqual(made.map(refusalOf).filter(Boolean), [
    ["already_exists", "code cad"],
    ["already_exists", "code cad"],
  ]);
  assert.deepEqual(codes(await vendor.store.records("product")), ["cad"]);
});

onBothStores(
  "[REC-1] [WIRE-3] a product with a field that cannot be is refused by the field's name",
  async (vendor) => {
    const cases: readonly [Partial<NewProduct>, RegExp][] = [
      [{ code: "" }, /^code must be 1 to 255/],
      [{ code: "a\0b" }, /^code /],
      [{ code: "\ud800" }, /^code /],
      [{ code: "😀".repeat(256) }, /^code /],
      [{ name: "" }, /^name /],
      [{ timeoutMs: 1.5 }, /^timeoutMs /],
      [{ maxOverages: -1 }, /^maxOverages /],
      [{ metadata: { "7": 1 } }, /^metadata /],
      [{ metadata: { big: 2 ** 60 } }, /^metadata\.big /],
      [{ customFields: [{ name: "", value: 1 }] }, /^customFields\.0\.name /],
      [{ customFields: [{ name: "a", value: { "1": 1 } }] }, /^customFields\.0\.value /],
      [{ trial: { days: 0, isEmailRequired: false, policyId: null } }, /^trial\.days /],
    ];
    for (const [changes, about] of cases) {
      const refused = await createProduct(vendor, { ...CAD, ...changes });
      assert.equal(refusalOf(refused)?.[0], "invalid_field", JSON.stringify(changes));
      assert.match(String(refusalOf(refused)?.[1]), about);
    }
    assert.deepEqual(await vendor.store.records("product"), []);
    assert.equal(refusalOf(await createProduct(vendor, { ...CAD, code: "😀".repeat(255) })), undefined);
  },
);

onBothStores("[REC-2] a changed product is what its licenses show of it, in the same commit", async (vendor) => {
  await makeProductWith(vendor, CAD);
  const { id } = await makeIssued(vendor, { product: "cad" });
  await vendor.seat({ product: "cad", licenseId: id }, "hw-1", ["export"]);
  const change = () => changeProduct(vendor, "cad", { name: "CAD 2", metadata: { site: "x" }, preventVm: true });
  assert.equal(await vendor.commitsOf(change), 1);
  const [license] = await vendor.store.findLicenses({ licenseId: id });
  const { name, metadata, preventVm } = license?.product ?? {};
  assert.deepEqual({ name, metadata, preventVm }, { name: "CAD 2", metadata: { site: "x" }, preventVm: true });
  assert.equal(license?.active, true, "the rest of the license stays");
  assert.deepEqual(await vendor.holders(id), ["hw-1 501"]);
  const rows = await vendor.rowsOnDisk(
    "SELECT document ->> '$.product.name' AS name FROM license",
    "SELECT document -> 'product' ->> 'name' AS name FROM license",
  );
  if (rows !== undefined)
    assert.deepEqual(
      rows.map((row) => row["name"]),
      ["CAD 2"],
    );
  const [event] = (await vendor.eventsOf("record_changed")).slice(-1);
  assert.deepEqual([event.before.name, event.after.name, event.licenses], ["CAD", "CAD 2", 1]);
});

onBothStores(
  "[REC-1] code and kind of a product are fixed once there is a license, a bundle or a key for it",
  async (vendor) => {
    await makeProductWith(vendor, CAD);
    await makeProductWith(vendor, { code: "cam", name: "CAM" });
    assert.deepEqual(refusalOf(await changeProduct(vendor, "cad", { code: "cam" })), ["already_exists", "code cam"]);
    granted(await changeProduct(vendor, "cad", { code: "cax", authorizationMethod: "user" }));
    assert.deepEqual(refusalOf(await changeProduct(vendor, "cad", { name: "?" })), ["does_not_exist", "product cad"]);
    const license = await makeIssued(vendor, { product: "cam" });
    assert.deepEqual(refusalOf(await changeProduct(vendor, "cam", { code: "cat" })), ["is_in_use", "code: 1 licenses"]);
    const kind = await changeProduct(vendor, "cam", { authorizationMethod: "user" });
    assert.deepEqual(refusalOf(kind), ["is_in_use", "authorizationMethod: 1 licenses"]);
    granted(await changeProduct(vendor, "cam", { code: "cam", name: "CAM 2", state: "archived" }));
    granted(await deleteLicense(vendor, license.id));
    granted(await createBundle(vendor, { code: "all", name: "All", productCodes: ["cam"] }));
    assert.deepEqual(refusalOf(await changeProduct(vendor, "cam", { code: "cat" })), ["is_in_use", "code: bundle all"]);
    granted(await deleteBundle(vendor, "all"));
    const { apiKey } = granted(await createApiKey(vendor, { name: "shop", products: ["cam"] }));
    assert.deepEqual(refusalOf(await changeProduct(vendor, "cam", { code: "cat" })), [
      "is_in_use",
      "code: API key shop",
    ]);
    granted(await revokeApiKey(vendor, apiKey.key));
    granted(await changeProduct(vendor, "cam", { code: "cat" }));
    assert.deepEqual(codes(await vendor.store.records("product")), ["cax", "cat"]);
  },
);

onBothStores(
  "[REC-1] a license issued while its product is deleted or renamed has a product, or is not issued",
  async (vendor) => {
    for (const end of [() => deleteProduct(vendor, "cad"), () => changeProduct(vendor, "cad", { code: "cax" })]) {
      for (const isIssuedFirst of [true, false]) {
        await makeProductWith(vendor, CAD);
        const acts = [() => issueLicense(vendor, { product: "cad" }), end];
        await Promise.all((isIssuedFirst ? acts : acts.toReversed()).map((act) => act()));
        const licenses = await vendor.store.licenses();
        const products = codes(await vendor.store.records("product"));
        for (const { id, product } of licenses) {
          assert.ok(products.includes(product.code), "a license of no product");
          granted(await deleteLicense(vendor, id));
        }
        for (const code of products) granted(await deleteProduct(vendor, code));
      }
    }
  },
);

onBothStores("[REC-1] a product goes with its policies and files, not while licenses are out", async (vendor) => {
  await makeProductWith(vendor, CAD);
  granted(await createPolicy(vendor, { product: "cad", code: "std", name: "Standard" }));
  granted(await addInstallationFile(vendor, { product: "cad", version: "1.0" }));
  const license = await makeIssued(vendor, { product: "cad" });
  assert.deepEqual(refusalOf(await deleteProduct(vendor, "cad")), ["is_in_use", "1 licenses"]);
  granted(await deleteLicense(vendor, license.id));
  assert.equal(await vendor.commitsOf(() => deleteProduct(vendor, "cad")), 1);
  for (const kind of ["product", "policy", "installation_file"] as const) {
    assert.deepEqual(await vendor.store.records(kind), [], kind);
  }
  const removed = await vendor.eventsOf("record_deleted");
  assert.deepEqual(
    removed.map(({ record }) => record),
    ["product", "policy", "installation_file"],
  );
  assert.deepEqual(
    removed.map(({ before }) => before.code ?? before.version),
    ["cad", "std", "1.0"],
  );
  assert.deepEqual(refusalOf(await deleteProduct(vendor, "cad")), ["does_not_exist", "product cad"]);
});

onBothStores(
  "[LIC-6] a changed feature does not reach licenses that are out, and its code is fixed by them",
  async (vendor) => {
    await makeProductWith(vendor, CAD);
    const change = (code: string, patch: object) => changeProductFeature(vendor, "cad", code, patch);
    granted(await change("export", { code: "out" }));
    const { id } = await makeIssued(vendor, { product: "cad" });
    granted(await change("out", { name: "Output", capacity: 9 }));
    const [license] = await vendor.store.findLicenses({ licenseId: id });
    assert.deepEqual(
      license?.features.map(({ code, name, capacity }) => ({ code, name, capacity })),
      [{ code: "out", name: "Export", capacity: 3 }],
    );
    assert.equal((await makeIssued(vendor, { product: "cad" })).features[0]?.capacity, 9);
    assert.deepEqual(refusalOf(await change("out", { code: "export" })), ["is_in_use", "code: 2 licenses"]);
    assert.deepEqual(refusalOf(await removeProductFeature(vendor, "cad", "out")), ["is_in_use", "2 licenses"]);
    assert.deepEqual(refusalOf(await change("none", {})), ["does_not_exist", "feature none"]);
    for (const license of await vendor.store.licenses()) granted(await deleteLicense(vendor, license.id));
    granted(await removeProductFeature(vendor, "cad", "out"));
    assert.deepEqual((await vendor.store.records("product"))[0]?.features, []);
  },
);

onBothStores(
  "[REC-1] feature codes are unique in their product, and fixed by policies that name them",
  async (vendor) => {
    await makeProductWith(vendor, CAD);
    const add = (code: string) => addProductFeature(vendor, "cad", { code, name: code, ...cloudTerms });
    const made = await Promise.all([add("render"), add("render")]);
    assert.deepEqual(refusalsOf(made), [["already_exists", "code render"]]);
    const rename = (code: string) => changeProductFeature(vendor, "cad", "render", { code });
    assert.deepEqual(refusalOf(await rename("export")), ["already_exists", "code export"]);
    assert.equal(refusalOf(await rename(""))?.[0], "invalid_field");
    assert.match(
      String(refusalOf(await changeProductFeature(vendor, "cad", "render", { timeoutMs: 0 }))?.[1]),
      /timeoutMs/,
    );
    granted(await createPolicy(vendor, { product: "cad", code: "std", name: "S", features: [{ code: "render" }] }));
    assert.deepEqual(refusalOf(await rename("other")), ["is_in_use", "code: policy std"]);
    assert.deepEqual(refusalOf(await removeProductFeature(vendor, "cad", "render")), ["is_in_use", "policy std"]);
    const ids = (await vendor.store.records("product"))[0]?.features.map(({ id }) => id);
    assert.deepEqual(ids, [501, 502], "features of one product have ids of their own");
  },
);

onBothStores(
  "[REC-1] policy codes are unique in their product, at once as well as one after another",
  async (vendor) => {
    await makeProductWith(vendor, CAD);
    await makeProductWith(vendor, { code: "cam", name: "CAM" });
    const make = (product: string, code = "std") => createPolicy(vendor, { product, code, name: code });
    const made = await Promise.all([make("cad"), make("cad"), make("cam"), make("cad", "pro")]);
    assert.deepEqual(refusalsOf(made), [["already_exists", "code std"]]);
    const productId = (await vendor.store.findRecord({ kind: "product", field: "code", value: "cad" }))?.id;
    const policies = await vendor.store.records("policy");
    const id = policies.find((policy) => policy.code === "std" && policy.productId === productId)?.id ?? 0;
    assert.deepEqual(refusalOf(await changePolicy(vendor, id, { code: "pro" })), ["already_exists", "code pro"]);
    const odd = { terms: { floats: { onPremise: false, cloud: true }, timeoutMs: 0 } };
    assert.match(String(refusalOf(await changePolicy(vendor, id, odd))?.[1]), /timeoutMs/);
    const unknown = await changePolicy(vendor, id, { features: [{ code: "none" }] });
    assert.deepEqual(refusalOf(unknown), ["does_not_exist", "features.0.code: feature none"]);
    assert.deepEqual(refusalOf(await make("none")), ["does_not_exist", "product: product none"]);
  },
);

onBothStores(
  "[LIC-6] a license has what its policy says otherwise, and a changed policy does not reach it",
  async (vendor) => {
    await makeProductWith(vendor, CAD);
    const features = [{ code: "export", capacity: 7 }];
    const terms = { maxActivations: 5, maxTransfers: 2 };
    const policy = granted(await createPolicy(vendor, { product: "cad", code: "std", name: "S", terms, features }));
    const license = granted(
      await issueLicense(vendor, { product: "cad", policyId: policy.id, terms: { maxTransfers: 9 } }),
    );
    const { maxActivations, maxTransfers } = license.details;
    assert.deepEqual([maxActivations, maxTransfers, license.features[0]?.capacity], [5, 9, 7]);
    const changed = granted(await changePolicy(vendor, policy.id, { terms: {}, features: null, name: "T" }));
    assert.deepEqual(changed, { id: policy.id, productId: policy.productId, code: "std", name: "T", terms: {} });
    assert.deepEqual(await vendor.store.findLicenses({ licenseId: license.id }), [license]);
    assert.deepEqual(refusalOf(await deletePolicy(vendor, policy.id)), ["is_in_use", "1 licenses"]);
    granted(await deleteLicense(vendor, license.id));
    const trial = { days: 30, isEmailRequired: false, policyId: policy.id };
    granted(await changeProduct(vendor, "cad", { trial }));
    assert.deepEqual(refusalOf(await deletePolicy(vendor, policy.id)), ["is_in_use", "trials of the product"]);
    const odd = await changeProduct(vendor, "cad", { trial: { ...trial, policyId: 99 } });
    assert.deepEqual(refusalOf(odd), ["does_not_exist", "trial.policyId: policy 99"]);
    granted(await changeProduct(vendor, "cad", { trial: null }));
    granted(await deletePolicy(vendor, policy.id));
  },
);

onBothStores("[REC-1] a version is there once for each product, environment and channel", async (vendor) => {
  await makeProductWith(vendor, CAD);
  await makeProductWith(vendor, { code: "cam", name: "CAM" });
  const file = { product: "cad", version: "1.0", environment: "linux", channel: "stable" };
  const add = (changes: object) => addInstallationFile(vendor, { ...file, ...changes });
  const made = await Promise.all([add({}), add({}), add({ channel: "beta" }), add({ environment: "mac" })]);
  assert.deepEqual(refusalsOf(made), [["already_exists", "version 1.0"]]);
  granted(await add({ product: "cam" }));
  const files = await vendor.store.records("installation_file");
  const first = files.find(({ channel, environment }) => channel === "stable" && environment === "linux");
  assert.equal(first?.releasedAt, vendor.clock.wall());
  const change = (patch: object) => changeInstallationFile(vendor, first?.id ?? 0, patch);
  assert.deepEqual(refusalOf(await change({ channel: "beta" })), ["already_exists", "version 1.0"]);
  assert.match(String(refusalOf(await change({ size: -1 }))?.[1]), /^size /);
  assert.match(String(refusalOf(await change({ releasedAt: Number.NaN }))?.[1]), /^releasedAt /);
  assert.equal(granted(await change({ enabled: false, version: "1.1" })).version, "1.1");
  granted(await deleteInstallationFile(vendor, first?.id ?? 0));
  assert.equal(refusalOf(await change({ enabled: true }))?.[0], "does_not_exist");
});

onBothStores("[REC-1] a bundle has products of one kind, each once, that are there and stay", async (vendor) => {
  await makeProductWith(vendor, CAD);
  await makeProductWith(vendor, { code: "cam", name: "CAM" });
  await makeProductWith(vendor, { code: "who", name: "By user", authorizationMethod: "user" });
  const make = (code: string, ...productCodes: string[]) => createBundle(vendor, { code, name: "All", productCodes });
  assert.match(String(refusalOf(await make("all"))?.[1]), /^productCodes must name/);
  assert.match(String(refusalOf(await make("all", "cad", "cad"))?.[1]), /twice/);
  assert.match(String(refusalOf(await make("all", "cad", "who"))?.[1]), /key-based/);
  assert.deepEqual(refusalOf(await make("all", "cad", "no")), ["does_not_exist", "productCodes: product no"]);
  const made = await Promise.all([make("all", "cad", "cam"), make("all", "cad", "cam"), make("other", "cam")]);
  assert.deepEqual(refusalsOf(made), [["already_exists", "code all"]]);
  assert.deepEqual(refusalOf(await deleteProduct(vendor, "cad")), ["is_in_use", "bundle all"]);
  assert.deepEqual(refusalOf(await changeBundle(vendor, "all", { code: "other" })), ["already_exists", "code other"]);
  granted(await changeBundle(vendor, "all", { code: "suite", productCodes: ["cam"] }));
  granted(await deleteProduct(vendor, "cad"));
  assert.deepEqual(refusalOf(await changeBundle(vendor, "all", {})), ["does_not_exist", "bundle all"]);
  granted(await deleteBundle(vendor, "suite"));
});
