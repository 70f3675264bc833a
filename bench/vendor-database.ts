import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { HOUR_MS } from "../src/domain/instant.ts";
import { SecretBox } from "../src/signing/secret-box.ts";
import { openSqliteStore } from "../src/store/sqlite/open-sqlite-store.ts";
import { activateDevice } from "../src/use-cases/vendor/devices/activate-device.ts";
import { createApiKey } from "../src/use-cases/vendor/keys/create-api-key.ts";
import { VendorKeys } from "../src/use-cases/vendor/keys/vendor-keys.ts";
import { issueLicense } from "../src/use-cases/vendor/licenses/issue-license.ts";
import { addProductFeature } from "../src/use-cases/vendor/products/add-product-feature.ts";
import { createProduct } from "../src/use-cases/vendor/products/create-product.ts";
import type { VendorContext } from "../src/use-cases/vendor/vendor-context.ts";
import { toDeviceInfo } from "../src/wire/device-info.ts";
import { deviceInfo, hardwareId, licenseKey } from "./load/license-fields.ts";
import type { Application } from "./load/load.ts";
import { featureCode, type Pools, PRODUCT } from "./pools.ts";

/** How many activations are asked for at once, and share a commit. */
const AT_ONCE = 500;

export interface VendorContent {
  readonly pools: Pools;
  /** Seats of each feature. */
  readonly capacity: number;
  /** Active on each license; their hardware ids are the same on all. */
  readonly devices: number;
}

export interface VendorDatabase {
  readonly file: string;
  readonly dataDir: string;
  readonly application: Application;
  /** PEM file with the key that replies are signed with. */
  readonly privateKeyFile: string;
}

/**
 * Makes a vendor's data folder by the vendor's own use cases: a product, licenses, an API key, and devices that are
 * active already. The server is started on it afterwards.
 *
 * @param folder where the data folder is made
 */
export async function makeVendorDatabase(folder: string, content: VendorContent): Promise<VendorDatabase> {
  const dataDir = mkdtempSync(join(folder, "vendor-"));
  const file = join(dataDir, "vendor.db");
  const store = openSqliteStore(file);
  try {
    const context: VendorContext = { store, secrets: SecretBox.open(join(dataDir, "seatkeeper.key")) };
    const keys = await VendorKeys.open(context);
    const privateKeyFile = join(dataDir, "private-key.pem");
    writeFileSync(privateKeyFile, keys.privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
    await makeLicenses(context, content);
    const { apiKey, sharedKey } = granted(await createApiKey(context, { name: "bench" }));
    const [publicKey = ""] = keys.publicKeys;
    const application = { apiKey: apiKey.key, sharedKey, publicKey, devices: content.devices };
    return { file, dataDir, application, privateKeyFile };
  } finally {
    await store.close();
  }
}

async function makeLicenses(context: VendorContext, { pools, capacity, devices }: VendorContent): Promise<void> {
  granted(await createProduct(context, { code: PRODUCT, name: "Benchmark" }));
  for (let place = 0; place < pools.featuresPerLicense; place += 1) {
    const feature = {
      code: featureCode(place),
      name: `Feature ${place}`,
      floats: { onPremise: false, cloud: true },
      capacity,
      // Nothing runs out while it is measured.
      timeoutMs: 24 * HOUR_MS,
      canBorrow: true,
      maxBorrowMs: 72 * HOUR_MS,
    };
    granted(await addProductFeature(context, PRODUCT, feature));
  }
  for (let place = 0; place < pools.licenses; place += 1) {
    const key = licenseKey(pools.firstLicenseId + place);
    granted(await issueLicense(context, { product: PRODUCT, key, terms: { allowUnlimitedActivations: true } }));
    await activateDevices(context, key, devices);
  }
}

async function activateDevices(context: VendorContext, key: string, devices: number): Promise<void> {
  const activate = async (device: number) => {
    const info = toDeviceInfo(deviceInfo(device));
    const license = { product: PRODUCT, key };
    const command = { license, hardwareId: hardwareId(device), info, isVm: false, variables: {} };
    granted(await activateDevice(context, command));
  };
  for (let first = 0; first < devices; first += AT_ONCE) {
    const count = Math.min(AT_ONCE, devices - first);
    await Promise.all(Array.from({ length: count }, (_, place) => activate(first + place)));
  }
}

/** What a use case gave, where a refusal is a mistake of the benchmark. */
function granted<T extends object>(outcome: T): Exclude<T, { readonly refused: string }> {
  if ("refused" in outcome) throw new Error(`the vendor refused: ${JSON.stringify(outcome)}`);
  return outcome as Exclude<T, { readonly refused: string }>;
}
