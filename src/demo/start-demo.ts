import { join, resolve } from "node:path";
import type { Config } from "../config/options.ts";
import { Fault } from "../fault.ts";
import { type FloatingSide, startFloating } from "../sides/floating-side.ts";
import type { Surroundings } from "../sides/side.ts";
import { startVendor, type VendorSide } from "../sides/vendor-side.ts";
import { hashToken } from "../signing/secret.ts";
import type { Store } from "../store/store.ts";
import { createApiToken } from "../use-cases/admins/api-tokens.ts";
import { importLicense } from "../use-cases/import-license.ts";
import { writeActivationRequest } from "../use-cases/write-request.ts";
import { writeFileAtomically } from "../write-file-atomically.ts";
import { askVendor } from "./ask-vendor.ts";
import { DEMO_FEATURES, DEMO_PRODUCT, DEMO_USER_PRODUCT } from "./demo-products.ts";
import { type DemoVendor, prepareVendor } from "./demo-vendor.ts";
import { readSecret } from "./read-secret.ts";

export interface Demo {
  readonly vendor: VendorSide;
  readonly floating: FloatingSide;
  /** What scripts need to use the demo, also written to `demo.json` in the data folder. */
  readonly description: DemoDescription;
  close(): Promise<void>;
}

/** Addresses are origins without a final slash, but for that of the License API; paths are absolute. */
export interface DemoDescription {
  readonly floatingServer: string;
  /** Ends in `/api/v4/`. */
  readonly licenseApi: string;
  readonly product: string;
  readonly features: typeof DEMO_FEATURES;
  readonly apiKey: string;
  readonly sharedKey: string;
  /** Of the cloud license, which any device may activate. */
  readonly licenseKey: string | null;
  readonly licenseId: number;
  readonly floatingLicenseKey: string | null;
  readonly floatingLicenseId: number;
  readonly userProduct: { readonly product: string; readonly username: string; readonly password: string };
  readonly oauth: { readonly clientId: string; readonly clientSecret: string; readonly tokenUrl: string };
  readonly publicKeyFile: string;
  /** Origins of the management APIs. */
  readonly vendorManagement: string;
  readonly floatingManagement: string;
  /** An API token of the role admin for each of them. */
  readonly adminToken: { readonly vendor: string; readonly floating: string };
  /** One-time links by which the first admins are made; null where there is one. */
  readonly adminLinks: { readonly vendor: string | null; readonly floating: string | null };
}

/** Both sides in one process, with products to try; a second start finds it all there. */
export async function startDemo(config: Config, surroundings: Surroundings): Promise<Demo> {
  const dataDir = resolve(config["data-dir"]);
  // Each side has a database of its own, so one `store.url` cannot name both.
  const vendor = await startVendor({ ...config, "store.url": undefined }, surroundings);
  let floating: FloatingSide | undefined;
  const close = async () => {
    await Promise.all([vendor.close(), floating?.close()]);
  };
  try {
    const made = await prepareVendor(vendor, dataDir);
    floating = await startFloating(floatingConfig(config, made), surroundings);
    await bringLicense(vendor, floating, made);
    const adminToken = {
      vendor: await ensureAdminToken(vendor.store, join(dataDir, "vendor-admin-token.txt")),
      floating: await ensureAdminToken(floating.store, join(dataDir, "floating-admin-token.txt")),
    };
    const description = describe(vendor, floating, made, adminToken);
    writeFileAtomically(join(dataDir, "demo.json"), `${JSON.stringify(description, null, 2)}\n`);
    return { vendor, floating, description, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function floatingConfig(config: Config, made: DemoVendor): Config {
  return {
    ...config,
    "management.port": config["floating-management.port"],
    "vendor.public-key-file": made.publicKeyFile,
    "vendor.api-key": made.apiKey,
    "vendor.shared-key-file": made.sharedKeyFile,
  };
}

/** The floating server asks for its license by a file, the vendor's License API answers it, and the answer is imported. */
async function bringLicense(
  vendor: VendorSide,
  floating: FloatingSide,
  { floatingLicense }: DemoVendor,
): Promise<void> {
  const { id, details } = floatingLicense;
  const isImported = (await floating.store.findLicenses({ licenseId: id })).length > 0;
  const devices = await vendor.store.devices({ hardwareId: floating.hardwareId });
  if (isImported && devices.some(({ licenseId, active }) => licenseId === id && active)) return;
  const licenseKey = details.key ?? undefined;
  const request = await writeActivationRequest(floating, { product: DEMO_PRODUCT, licenseKey });
  if ("refused" in request) throw new Fault("internal_error", `the demo's request was refused: ${request.about}`);
  const { isAnswered, text } = await askVendor(vendor.url, request.file);
  if (!isAnswered) throw new Fault("internal_error", `the demo's request was not answered: ${text}`);
  const imported = await importLicense(floating, text, DEMO_PRODUCT);
  if ("refused" in imported) throw new Fault("internal_error", `the demo license was refused: ${imported.about}`);
}

function describe(
  vendor: VendorSide,
  floating: FloatingSide,
  made: DemoVendor,
  adminToken: DemoDescription["adminToken"],
): DemoDescription {
  const { cloudLicense, floatingLicense, user, oauth } = made;
  const licenseApi = `${vendor.url}/api/v4/`;
  return {
    floatingServer: floating.url,
    licenseApi,
    product: DEMO_PRODUCT,
    features: DEMO_FEATURES,
    apiKey: made.apiKey,
    sharedKey: made.sharedKey,
    licenseKey: cloudLicense.details.key,
    licenseId: cloudLicense.id,
    floatingLicenseKey: floatingLicense.details.key,
    floatingLicenseId: floatingLicense.id,
    userProduct: { product: DEMO_USER_PRODUCT, ...user },
    oauth: { ...oauth, tokenUrl: `${licenseApi}oauth/token` },
    publicKeyFile: made.publicKeyFile,
    vendorManagement: vendor.managementUrl,
    floatingManagement: floating.managementUrl,
    adminToken,
    adminLinks: { vendor: vendor.adminLink ?? null, floating: floating.adminLink ?? null },
  };
}

/** A token for scripts that try the demo, made once and kept in a file. */
async function ensureAdminToken(store: Store, file: string): Promise<string> {
  const token = readSecret(file);
  const known = await store.findRecord({ kind: "api_token", field: "tokenHash", value: hashToken(token) });
  if (known === undefined) {
    const made = await createApiToken(store, { name: "demo", role: "admin", token });
    if ("refused" in made) throw new Fault("internal_error", `the demo's token was refused: ${made.about}`);
  }
  return token;
}
