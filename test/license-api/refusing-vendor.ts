import { OauthTokens } from "../../src/api/license-api/authorization/oauth-tokens.ts";
import type { LicenseApiContext } from "../../src/api/license-api/context.ts";
import { DAY_MS, HOUR_MS } from "../../src/domain/instant.ts";
import type { License } from "../../src/domain/license.ts";
import type { LicenseTerms, VendorProduct } from "../../src/domain/product.ts";
import { blacklistDevice } from "../../src/use-cases/vendor/devices/blacklist-device.ts";
import { revokeApiKey } from "../../src/use-cases/vendor/keys/revoke-api-key.ts";
import { changeLicense } from "../../src/use-cases/vendor/licenses/change-license.ts";
import type { NewLicense } from "../../src/use-cases/vendor/licenses/issue-license.ts";
import { disableLicense } from "../../src/use-cases/vendor/licenses/set-license-state.ts";
import { createUser } from "../../src/use-cases/vendor/people/create-user.ts";
import { createBundle } from "../../src/use-cases/vendor/products/create-bundle.ts";
import type { NewProduct } from "../../src/use-cases/vendor/products/create-product.ts";
import { makeConsumption } from "../support/make-license.ts";
import { cloudTerms, granted, makeIssued, makeProductWith } from "../support/make-products.ts";
import { START } from "../support/test-clock.ts";
import { startVendorServer, type TestKey, type TestVendorServer } from "../support/vendor-server.ts";
import { activate, activeLicense, deactivate, deviceOf } from "./sample-devices.ts";

/** The password of every user here. */
export const PASSWORD = "correct horse";

export interface RefusingVendor {
  readonly vendor: TestVendorServer;
  /** Keys that are refused, each in its way. */
  readonly keys: Readonly<Record<"revoked" | "readOnly" | "otherProduct", TestKey>>;
  readonly expiredToken: string;
}

const consumption = makeConsumption();
const terms: Partial<LicenseTerms> = { ...cloudTerms, type: "consumption", capacity: 3, consumption };
const trial = { days: 30, isEmailRequired: true, policyId: null };
const features = [
  { code: "export", name: "Export", capacity: 3, ...cloudTerms },
  { code: "local", name: "Local", capacity: 3, ...cloudTerms, floats: { onPremise: true, cloud: false } },
  { code: "tokens", name: "Tokens", type: "consumption", consumption },
] as const;

/** The bundle of a product that it is the only one of. */
export function bundleOf(product: string): string {
  return `bundle of ${product}`;
}

/**
 * A vendor with something to refuse for every reason. The license `main` refuses nothing of the device `hw-1`, which is
 * active on it; other licenses of its product are named, by their keys, after the code that they bring about.
 */
export async function startRefusingVendor(test: {
  after(cleanUp: () => void | Promise<void>): void;
}): Promise<RefusingVendor> {
  const vendor = await startVendorServer(test);
  const { side } = vendor;
  await makeProduct(vendor, { code: "main" });
  await makeProduct(vendor, { code: "other" });
  const main = await make(vendor, "main", {}, ["hw-1", "idle", "barred"]);
  granted(await blacklistDevice(side, main.id, "barred"));
  await addLicenses(vendor);
  await addUser(vendor);
  await addTrials(vendor);
  for (const state of ["archived", "disabled"] as const) {
    const product = `${state}_product`;
    await makeProduct(vendor, { code: product, trial });
    await makeIssued(side, { product, key: "main", terms, bundleCode: bundleOf(product) });
    await setProduct(vendor, product, { state });
  }
  const revoked = await vendor.makeKey();
  granted(await revokeApiKey(side, revoked.apiKey));
  return {
    vendor,
    keys: {
      revoked,
      readOnly: await vendor.makeKey({ isReadOnly: true }),
      otherProduct: await vendor.makeKey({ products: ["other"] }),
    },
    expiredToken: await makeExpiredToken(vendor),
  };
}

async function makeProduct({ side }: TestVendorServer, product: Pick<NewProduct, "code"> & Partial<NewProduct>) {
  const { code } = product;
  await makeProductWith(side, { name: code, ...product }, features);
  granted(await createBundle(side, { code: bundleOf(code), name: code, productCodes: [code] }));
}

/** A license of the product `main`, active on devices. */
function make(
  vendor: TestVendorServer,
  key: string,
  { features: overrides, ...changes }: Partial<LicenseTerms> & Pick<NewLicense, "features"> = {},
  hardwareIds: readonly string[] = ["hw-1"],
): Promise<License> {
  const order = { product: "main", key, bundleCode: bundleOf("main"), terms: { ...terms, ...changes } };
  return activeLicense(vendor, { ...order, features: overrides }, hardwareIds);
}

async function addLicenses(vendor: TestVendorServer): Promise<void> {
  const { side } = vendor;
  const past = START - HOUR_MS;
  await make(vendor, "license_not_active", {}, []);
  granted(await disableLicense(side, (await make(vendor, "license_not_enabled")).id));
  granted(await changeLicense(side, (await make(vendor, "license_expired")).id, { terms: { validUntil: past } }));
  await make(vendor, "license_not_floating", { floats: { onPremise: false, cloud: false } });
  await make(vendor, "license_not_consumption", { type: "perpetual", consumption: null });
  await make(vendor, "license_activated_max_times", { maxActivations: 1, allowUnlimitedActivations: false });
  await make(vendor, "vm_not_allowed", { preventVm: true });
  await make(vendor, "license_not_started", { startsAt: START + DAY_MS }, []);
  await make(vendor, "offline_request_reused");
  const codes = features.map(({ code }) => code);
  const full = codes.map((code) => ({ code, capacity: 0 }));
  await make(vendor, "floating_not_available", { capacity: 0, features: full });
  const unborrowable = codes.map((code) => ({ code, canBorrow: false }));
  await make(vendor, "license_borrow_not_allowed", { canBorrow: false, features: unborrowable });
  const moving = await make(vendor, "license_transferred_max_times", { maxTransfers: 1 });
  await deactivate(vendor, deviceOf(moving));
  await activate(vendor, deviceOf(moving, "hw-2"));
  await deactivate(vendor, deviceOf(moving, "hw-2"));
}

async function addUser(vendor: TestVendorServer): Promise<void> {
  const { side } = vendor;
  await makeProduct(vendor, { code: "users", authorizationMethod: "user", trial });
  const user = { username: "ada@example.com", password: PASSWORD };
  granted(await createUser(side, user));
  const users = [{ username: user.username, maxActivations: 1 }];
  await makeIssued(side, { product: "users", terms, users, bundleCode: bundleOf("users") });
  await activate(vendor, { ...user, product: "users", hardware_id: "hw-1" });
}

/** Devices whose trials are over, or that are barred from them. */
async function addTrials(vendor: TestVendorServer): Promise<void> {
  const { side } = vendor;
  await makeProduct(vendor, { code: "trial", trial });
  const get = async (hardware_id: string): Promise<number> => {
    const reply = await vendor.get("/trial_key", { product: "trial", hardware_id, email: "tom@example.com" });
    return granted(reply.json).id;
  };
  granted(await changeLicense(side, await get("trial_expired"), { terms: { validUntil: START - HOUR_MS } }));
  granted(await blacklistDevice(side, await get("barred"), "barred"));
}

/** Changes a product without a use case, which may keep a vendor from what a test needs. */
async function setProduct({ side }: TestVendorServer, code: string, changes: Partial<VendorProduct>): Promise<void> {
  const ref = { kind: "product", field: "code", value: code } as const;
  await side.store.transact({ records: [ref] }, ({ records }) => {
    const record = { ...(records.get(ref) as VendorProduct), ...changes };
    return { outcome: undefined, changes: [{ change: "put_record", kind: "product", record }], events: [] };
  });
}

async function makeExpiredToken({ side, clock }: TestVendorServer): Promise<string> {
  const twoHoursAgo = { wall: () => clock.wall() - 2 * HOUR_MS, monotonic: () => 0 };
  return new OauthTokens({ ...side, clock: twoHoursAgo } as unknown as LicenseApiContext).issue("somebody");
}
