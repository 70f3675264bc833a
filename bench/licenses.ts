import { HOUR_MS } from "../src/domain/instant.ts";
import type { Feature, License, PoolTerms } from "../src/domain/license.ts";
import { readRequestFile } from "../src/license-file/read-request.ts";
import { encodeFile, signAnswer } from "../src/license-file/write-license-file.ts";
import type { RequestKeys } from "../src/license-file/write-request.ts";
import { ReplySigner } from "../src/signing/reply-signer.ts";
import { makeKeyPair, readPrivateKey } from "../src/signing/rsa.ts";
import { licenseToWire, noUsage } from "../src/wire/license-object.ts";
import { featureCode, type Pools, PRODUCT } from "./pools.ts";

const LICENSE_KEY = "BNCH-BNCH-BNCH-BNCH";

/** A vendor with a new key pair. */
export interface Vendor {
  readonly signer: ReplySigner;
  /** PEM */
  readonly publicKey: string;
  /** What the floating server signs its requests with. */
  readonly requestKeys: RequestKeys;
}

export function makeVendor(): Vendor {
  const { privateKey, publicKey } = makeKeyPair();
  const requestKeys = { apiKey: "bench", sharedKey: "bench" };
  return { signer: new ReplySigner(readPrivateKey(privateKey)), publicKey, requestKeys };
}

/** How many seats the pools of a license have. */
export interface Capacities {
  readonly license: number;
  readonly feature: number;
}

/** For each license of the pools has the server write a request, answers it, and uploads the file as an admin would. */
export async function importLicenses(
  server: { readonly port: number },
  vendor: Vendor,
  pools: Pools,
  capacities: Capacities,
): Promise<void> {
  for (let place = 0; place < pools.licenses; place += 1) {
    const now = Date.now();
    const license = makeLicense(pools.firstLicenseId + place, pools.featuresPerLicense, capacities);
    const object = licenseToWire(license, noUsage(now), { isAdmin: true });
    const asked = { ...(await request(server.port)), licensee: LICENSE_KEY, date: now };
    const { apiKey: name, sharedKey: secret } = vendor.requestKeys;
    const answer = await signAnswer({ ...asked, license: object }, vendor.signer, { name, secret });
    await upload(server.port, encodeFile(answer));
  }
}

/** @returns what an activation request that the server writes says of itself */
async function request(port: number): Promise<{ readonly requestId: string; readonly hardwareId: string }> {
  const reply = await fetch(`http://127.0.0.1:${port}/api/v4/license/generate`, {
    method: "POST",
    body: JSON.stringify({ product: PRODUCT, license_key: LICENSE_KEY }),
    headers: { "content-type": "application/json" },
  });
  const text = await reply.text();
  const file = readRequestFile(text);
  if (reply.status !== 200 || "problem" in file) throw new Error(`no activation request was written: ${text}`);
  return { requestId: file.id, hardwareId: String(file.fields["hardware_id"]) };
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
