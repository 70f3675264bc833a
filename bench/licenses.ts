import { randomUUID } from "node:crypto";
import { HOUR_MS } from "../src/domain/instant.ts";
import type { Feature, License, PoolTerms } from "../src/domain/license.ts";
import { type VendorKeys, writeAnswer } from "../src/license-file/write-license-file.ts";
import { makeKeyPair, readPrivateKey } from "../src/signing/rsa.ts";
import { licenseToWire, noUsage } from "../src/wire/license-object.ts";
import { featureCode, type Pools, PRODUCT } from "./pools.ts";

const LICENSE_KEY = "BNCH-BNCH-BNCH-BNCH";

/** A vendor with a new key pair. */
export interface Vendor {
  readonly keys: VendorKeys;
  /** PEM */
  readonly publicKey: string;
}

export function makeVendor(): Vendor {
  const { privateKey, publicKey } = makeKeyPair();
  return { keys: { privateKey: readPrivateKey(privateKey), apiKey: "bench", sharedKey: "bench" }, publicKey };
}

/** How many seats the pools of a license have. */
export interface Capacities {
  readonly license: number;
  readonly feature: number;
}

/** Signs a license file for each license of the pools, and uploads it as an admin would. */
export async function importLicenses(
  server: { readonly port: number; readonly banner: string },
  vendor: Vendor,
  pools: Pools,
  capacities: Capacities,
): Promise<void> {
  const hardwareId = /^Hardware id\s+(\S+)$/m.exec(server.banner)?.[1];
  if (hardwareId === undefined) throw new Error("the server printed no hardware id");
  for (let place = 0; place < pools.licenses; place += 1) {
    const now = Date.now();
    const license = makeLicense(pools.firstLicenseId + place, pools.featuresPerLicense, capacities);
    const object = licenseToWire(license, noUsage(now), { isAdmin: true });
    const answer = { license: object, licensee: LICENSE_KEY, requestId: randomUUID(), hardwareId, date: now };
    await upload(server.port, writeAnswer(answer, vendor.keys));
  }
}

async function upload(port: number, file: string): Promise<void> {
  const form = new FormData();
  form.set("product", PRODUCT);
  form.set("file", new Blob([file]), "bench.lic");
  const reply = await fetch(`http://127.0.0.1:${port}/api/v4/license/upload`, { method: "POST", body: form });
  const text = await reply.text();
  if (reply.status !== 200) throw new Error(`the license file was refused: ${text}`);
}

function makeLicense(id: number, features: number, capacities: Capacities): License {
  // Nothing runs out while it is measured.
  const terms: Omit<PoolTerms, "capacity"> = {
    floats: { onPremise: true, cloud: false },
    timeoutMs: 24 * HOUR_MS,
    canBorrow: true,
    maxBorrowMs: 72 * HOUR_MS,
  };
  const makeFeature = (place: number): Feature => ({
    ...terms,
    id: place + 1,
    code: featureCode(place),
    name: `Feature ${place}`,
    type: "activation",
    capacity: capacities.feature,
    expiresAt: null,
    metadata: {},
    consumption: null,
  });
  return {
    ...terms,
    id,
    product: {
      id: 1,
      name: "Benchmark",
      code: PRODUCT,
      authorizationMethod: "license-key",
      metadata: {},
      preventVm: false,
    },
    type: "perpetual",
    capacity: capacities.license,
    active: true,
    enabled: true,
    startsAt: null,
    validUntil: null,
    gracePeriodMs: 0,
    allowGracePeriod: false,
    consumption: null,
    features: Array.from({ length: features }, (_, place) => makeFeature(place)),
    details: {
      key: LICENSE_KEY,
      maintenanceUntil: null,
      preventVm: false,
      isTrial: false,
      maxActivations: 1,
      timesActivated: 1,
      allowUnlimitedActivations: false,
      transferCount: 0,
      maxTransfers: 0,
      orderStoreId: null,
      metadata: {},
      customFields: [],
      customer: {},
    },
  };
}
