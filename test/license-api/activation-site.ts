import type { TestContext } from "node:test";
import type { LicenseTerms } from "../../src/domain/product.ts";
import type { Reply } from "../support/http-client.ts";
import { makeIssued, makeProductWith } from "../support/make-products.ts";
import { startVendorServer, type TestVendorServer } from "../support/vendor-server.ts";
import { deviceOf, type TestDevice } from "./sample-devices.ts";

export interface ActivationSite {
  readonly vendor: TestVendorServer;
  readonly licenseId: number;
  /** The device of that hardware id, as it names itself. */
  device(hardwareId: string): TestDevice;
  activate(hardwareId: string, fields?: object): Promise<Reply>;
  deactivate(hardwareId: string, fields?: object): Promise<Reply>;
  /** Activations and transfers, as they are kept. */
  counts(): Promise<[timesActivated: number, transferCount: number]>;
}

/** A vendor with one license that nobody has activated yet. */
export async function startActivationSite(t: TestContext, terms: Partial<LicenseTerms> = {}): Promise<ActivationSite> {
  const vendor = await startVendorServer(t);
  await makeProductWith(vendor.side, { code: "cad", name: "CAD" });
  const license = await makeIssued(vendor.side, { product: "cad", terms });
  const device = (hardwareId: string) => deviceOf(license, hardwareId);
  return {
    vendor,
    licenseId: license.id,
    device,
    activate: (hardwareId, fields = {}) => vendor.post("/activate_license", { ...device(hardwareId), ...fields }),
    deactivate: (hardwareId, fields = {}) => vendor.post("/deactivate_license", { ...device(hardwareId), ...fields }),
    counts: async () => {
      const [{ details: { timesActivated = 0, transferCount = 0 } = {} } = {}] = await vendor.side.store.findLicenses({
        licenseId: license.id,
      });
      return [timesActivated, transferCount];
    },
  };
}
