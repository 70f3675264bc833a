import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ConsumptionTerms, License } from "../../src/domain/license.ts";
import { startFloatingServer, type TestServer } from "./floating-server.ts";
import { makeConsumption } from "./make-license.ts";
import { cloudTerms, makeIssued, makeProductWith } from "./make-products.ts";
import { clientOf } from "./management-client.ts";
import { useTempFolder } from "./temp-folder.ts";
import { startVendorServer, type TestVendorServer } from "./vendor-server.ts";

/** A vendor, and a customer's floating server that trusts it; nothing between them but files. */
export interface OfflinePair {
  readonly vendor: TestVendorServer;
  readonly floating: TestServer;
  /** Issues a license of `cad`: 3 seats of `render` and counted `tokens`, both on floating servers. */
  issue(): Promise<License>;
  /** Has the floating server write an activation request. @returns its text */
  request(license: License): Promise<string>;
  /** Has the vendor answer a request. @returns the license file */
  answer(request: string): Promise<string>;
  /** A license from its vendor to the floating server. */
  import(license: License): Promise<void>;
}

/** Both end with the test, or with the file where `test` is `{ after }`. @param tokens how these are counted */
export async function startOfflinePair(
  test: { after(cleanUp: () => void | Promise<void>): void },
  tokens: Partial<ConsumptionTerms> = {},
): Promise<OfflinePair> {
  const vendor = await startVendorServer(test);
  const onPremise = { ...cloudTerms, floats: { onPremise: true, cloud: false } };
  await makeProductWith(vendor.side, { code: "cad", name: "CAD" }, [
    { code: "render", name: "Render node", capacity: 3, ...onPremise },
    { code: "tokens", name: "Tokens", type: "consumption", consumption: makeConsumption(tokens), ...onPremise },
  ]);
  const folder = useTempFolder(test);
  const [publicKeys, sharedKey] = [join(folder, "vendor-keys.pem"), join(folder, "vendor-shared-key.txt")];
  writeFileSync(publicKeys, vendor.side.keys.publicKeys.join(""));
  writeFileSync(sharedKey, vendor.key.sharedKey);
  const floating = await startFloatingServer(test, {
    config: {
      "vendor.public-key-file": publicKeys,
      "vendor.api-key": vendor.key.apiKey,
      "vendor.shared-key-file": sharedKey,
    },
  });
  const [atVendor, here] = [await clientOf(vendor, "operator"), await clientOf(floating, "operator")];
  const pair: OfflinePair = {
    vendor,
    floating,
    issue: () =>
      makeIssued(vendor.side, { product: "cad", terms: { allowUnlimitedActivations: false, maxActivations: 1 } }),
    request: async ({ product, details }) =>
      (await here.post("/requests", { product: product.code, license_key: details.key })).body.file,
    answer: async (file) => (await atVendor.post("/requests/answer", { file })).body.file,
    import: async (license) => {
      const file = await pair.answer(await pair.request(license));
      const { status, body } = await here.post("/licenses/import", { file });
      if (status !== 200) throw new Error(`the import was refused: ${JSON.stringify(body)}`);
    },
  };
  return pair;
}
