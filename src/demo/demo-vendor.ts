import { join } from "node:path";
import type { License } from "../domain/license.ts";
import { Fault } from "../fault.ts";
import type { VendorSide } from "../sides/vendor-side.ts";
import { createApiKey } from "../use-cases/vendor/keys/create-api-key.ts";
import { createOauthClient } from "../use-cases/vendor/keys/create-oauth-client.ts";
import { findApiKey, findOauthClient } from "../use-cases/vendor/keys/find-credential.ts";
import { issueLicense, type NewLicense } from "../use-cases/vendor/licenses/issue-license.ts";
import { createCustomer } from "../use-cases/vendor/people/create-customer.ts";
import { createUser } from "../use-cases/vendor/people/create-user.ts";
import { addProductFeature } from "../use-cases/vendor/products/add-product-feature.ts";
import { createProduct, type NewProduct } from "../use-cases/vendor/products/create-product.ts";
import { writeFileAtomically } from "../write-file-atomically.ts";
import {
  cloudTerms,
  DEMO_PRODUCT,
  DEMO_USER_PRODUCT,
  DEMO_USERNAME,
  demoFeatures,
  floatingTerms,
} from "./demo-products.ts";
import { readSecret } from "./read-secret.ts";

/** What the demo's vendor has made, and what applications need to know of it. */
export interface DemoVendor {
  readonly publicKeyFile: string;
  readonly sharedKeyFile: string;
  readonly apiKey: string;
  readonly sharedKey: string;
  readonly oauth: { readonly clientId: string; readonly clientSecret: string };
  readonly user: { readonly username: string; readonly password: string };
  readonly cloudLicense: License;
  readonly floatingLicense: License;
}

const NAME = "demo";
const CUSTOMER_EMAIL = "license-admin@customer.example";

/** Has the vendor make what is missing of the demo, by the use cases that a vendor has. A second start finds it all. */
export async function prepareVendor(vendor: VendorSide, dataDir: string): Promise<DemoVendor> {
  await ensureProduct(vendor, { code: DEMO_PRODUCT, name: "Demo" });
  await ensureProduct(vendor, { code: DEMO_USER_PRODUCT, name: "Demo for users", authorizationMethod: "user" });
  const customerId = await ensureCustomer(vendor);
  const user = await ensureUser(vendor, dataDir, customerId);
  const product = DEMO_PRODUCT;
  const cloudLicense = await ensureLicense(vendor, { product, terms: cloudTerms, customerId });
  const floatingLicense = await ensureLicense(vendor, { product, terms: floatingTerms, customerId });
  const users = [{ username: user.username, allowUnlimitedActivations: true }];
  await ensureLicense(vendor, { product: DEMO_USER_PRODUCT, terms: cloudTerms, customerId, users });
  const { apiKey, sharedKey } = await ensureApiKey(vendor);
  const oauth = await ensureOauthClient(vendor);
  const publicKeyFile = join(dataDir, "vendor-public-key.pem");
  const sharedKeyFile = join(dataDir, "vendor-shared-key.txt");
  writeFileAtomically(publicKeyFile, vendor.keys.publicKeys.join(""));
  writeFileAtomically(sharedKeyFile, `${sharedKey}\n`);
  return { publicKeyFile, sharedKeyFile, apiKey, sharedKey, oauth, user, cloudLicense, floatingLicense };
}

async function ensureProduct(vendor: VendorSide, product: NewProduct): Promise<void> {
  const ref = { kind: "product", field: "code", value: product.code } as const;
  const known = (await vendor.store.findRecord(ref)) ?? expect(await createProduct(vendor, product));
  for (const feature of demoFeatures) {
    const isKnown = known.features.some(({ code }) => code === feature.code);
    if (!isKnown) expect(await addProductFeature(vendor, product.code, feature));
  }
}

async function ensureCustomer(vendor: VendorSide): Promise<number> {
  const ref = { kind: "customer", field: "email", value: CUSTOMER_EMAIL } as const;
  const known = await vendor.store.findRecord(ref);
  const customer = { email: CUSTOMER_EMAIL, companyName: "Demo Customer", accountCode: "demo" };
  return (known ?? expect(await createCustomer(vendor, customer))).id;
}

/** The password is in a file of its own, because only its hash is kept elsewhere. */
async function ensureUser(vendor: VendorSide, dataDir: string, customerId: number): Promise<DemoVendor["user"]> {
  const password = readSecret(join(dataDir, "demo-password.txt"));
  const ref = { kind: "user", field: "username", value: DEMO_USERNAME } as const;
  if ((await vendor.store.findRecord(ref)) === undefined) {
    const name = { firstName: "Ada", lastName: "Lovelace" };
    expect(await createUser(vendor, { username: DEMO_USERNAME, password, customerId, ...name }));
  }
  return { username: DEMO_USERNAME, password };
}

/** A license of the product that floats like this one. */
async function ensureLicense(vendor: VendorSide, order: NewLicense): Promise<License> {
  const known = await vendor.store.findLicenses({ product: order.product });
  const isSame = ({ floats }: License) => floats.cloud === order.terms?.floats?.cloud;
  return known.find(isSame) ?? expect(await issueLicense(vendor, order));
}

async function ensureApiKey(vendor: VendorSide): Promise<{ apiKey: string; sharedKey: string }> {
  const known = (await vendor.store.records("api_key")).find(({ name, isRevoked }) => name === NAME && !isRevoked);
  const key = known ?? expect(await createApiKey(vendor, { name: NAME })).apiKey;
  const [sharedKey = ""] = (await findApiKey(vendor, key.key))?.secrets ?? [];
  return { apiKey: key.key, sharedKey };
}

async function ensureOauthClient(vendor: VendorSide): Promise<DemoVendor["oauth"]> {
  const known = (await vendor.store.records("oauth_client")).find(({ name, isRevoked }) => name === NAME && !isRevoked);
  const client = known ?? expect(await createOauthClient(vendor, { name: NAME })).client;
  const [clientSecret = ""] = (await findOauthClient(vendor, client.clientId))?.secrets ?? [];
  return { clientId: client.clientId, clientSecret };
}

/** What the demo asks for is in order; a refusal would be a fault of this program. */
function expect<T extends object>(outcome: T): Exclude<T, { readonly refused: string }> {
  if ("refused" in outcome) throw new Fault("internal_error", `the demo was refused: ${JSON.stringify(outcome)}`);
  return outcome as Exclude<T, { readonly refused: string }>;
}
