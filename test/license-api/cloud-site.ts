import type { TestContext } from "node:test";
import type { LicenseTerms } from "../../src/domain/product.ts";
import type { NewFeature } from "../../src/use-cases/vendor/products/add-product-feature.ts";
import { cloudTerms, makeIssued, makeProductWith } from "../support/make-products.ts";
import { startVendorServer, type TestVendorServer } from "../support/vendor-server.ts";
import { activate, deviceOf, type TestDevice } from "./sample-devices.ts";

export const GRACE_S = 30;
export const TIMEOUT_MS = cloudTerms.timeoutMs;

export const exportFeature: NewFeature = { code: "export", name: "Export", capacity: 1, ...cloudTerms };
export const floating: Partial<LicenseTerms> = { ...cloudTerms, capacity: 1 };

export interface CloudSite {
  readonly vendor: TestVendorServer;
  readonly licenseId: number;
  /** Two devices that are active on the license. */
  readonly ann: TestDevice;
  readonly bob: TestDevice;
  check(device: TestDevice, fields?: object): ReturnType<TestVendorServer["get"]>;
  checkLicense(device: TestDevice, fields?: object): ReturnType<TestVendorServer["get"]>;
  /** Who holds a seat of what. */
  holders(): Promise<string[]>;
}

/** A vendor with one license, active on two devices, and one seat of everything, unless said otherwise. */
export async function startCloudSite(
  t: TestContext,
  terms: Partial<LicenseTerms> = floating,
  features = [exportFeature],
): Promise<CloudSite> {
  const vendor = await startVendorServer(t, { config: { "seats.grace-seconds": GRACE_S } });
  await makeProductWith(vendor.side, { code: "cad", name: "CAD" }, features);
  const license = await makeIssued(vendor.side, { product: "cad", terms });
  const [ann, bob] = [deviceOf(license, "ann"), deviceOf(license, "bob")];
  for (const device of [ann, bob]) await activate(vendor, device);
  return {
    vendor,
    licenseId: license.id,
    ann,
    bob,
    check: (device, fields = {}) => vendor.get("/check_license_feature", { ...device, feature: "export", ...fields }),
    checkLicense: (device, fields = {}) => vendor.get("/check_license", { ...device, ...fields }),
    holders: async () => (await vendor.side.store.seats()).map(({ seat }) => seat.holder),
  };
}
