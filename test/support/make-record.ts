import type { Change } from "../../src/domain/decision.ts";
import type { RecordKind, Records } from "../../src/domain/records.ts";
import { START } from "./test-clock.ts";

/** Makes a record of each kind. Its unique field is the name, the others are the same for all. */
const makers: { readonly [Kind in RecordKind]: (id: number, name: string) => Records[Kind] } = {
  product: (id, name) => ({
    id,
    code: name,
    name: `Product ${id}`,
    authorizationMethod: "license-key",
    metadata: { list: [1, null, { drei: "é" }] },
    preventVm: false,
    state: "active",
    features: [],
    customFields: [{ name: "field", value: [true] }],
    timeoutMs: 60_000,
    allowOverages: false,
    maxOverages: 0,
    trial: null,
    createdAt: START,
  }),
  policy: (id, name) => ({ id, productId: 7, code: name, name: `Policy ${id}`, terms: { capacity: id } }),
  bundle: (id, name) => ({ id, code: name, name: `Bundle ${id}`, productCodes: ["cad", "cam"] }),
  installation_file: (id, name) => ({
    id,
    productId: 7,
    version: name,
    url: "https://example.com/setup",
    releasedAt: START,
    md5: "",
    requiresVersion: "",
    environment: "win",
    eulaLink: "",
    releaseNotesLink: "",
    size: 5,
    channel: "stable",
    enabled: true,
  }),
  customer: (id, name) => ({
    id,
    email: "ann@example.com",
    companyName: name,
    firstName: "",
    lastName: "",
    phone: "",
    address: "",
    city: "",
    country: "",
    postcode: "",
    state: "",
    reference: "",
    accountCode: "acme",
    metadata: {},
  }),
  order: (id, name) => ({ id, storeId: name, customerId: 7, createdAt: START }),
  user: (id, name) => ({
    id,
    username: name,
    firstName: "",
    lastName: "",
    phone: "",
    customerId: 7,
    passwordHash: "hash",
    isInitialPassword: true,
  }),
  api_key: (id, name) => ({
    id,
    name: `Key ${id}`,
    key: name,
    sharedKeys: ["sealed"],
    isReadOnly: false,
    products: null,
    isRevoked: false,
    createdAt: START,
  }),
  oauth_client: (id, name) => ({
    id,
    name: `Client ${id}`,
    clientId: name,
    secrets: ["sealed"],
    isReadOnly: true,
    products: ["cad"],
    isRevoked: false,
    createdAt: START,
  }),
  signing_key: (id, name) => ({ id, publicKey: name, privateKey: "sealed", state: "current", createdAt: START }),
  offline_request: (id, name) => ({
    id,
    requestId: name,
    kind: "activation",
    product: "cad",
    hardwareId: "hw-1",
    licenseId: null,
    at: START,
    isClosed: false,
  }),
  admin: (id, name) => ({ id, name, role: "admin", passwordHash: "hash", isDisabled: false, createdAt: START }),
  session: (id, name) => ({ id, adminId: 1, tokenHash: name, csrfToken: "csrf", startedAt: START, seenAt: START }),
  api_token: (id, name) => ({
    id,
    name: "token",
    tokenHash: name,
    role: "viewer",
    scopes: ["seat:read"],
    expiresAt: null,
    isRevoked: false,
    createdAt: START,
  }),
  made_once: (id, name) => ({ id, key: name, fingerprint: "f", kind: "product", madeId: 1, at: START }),
  hold: (id, name) => ({ id, licenseId: 1, featureId: 11, holder: "hw-1", until: START + 1_000_000, reason: name }),
};

export const recordKinds = Object.keys(makers) as RecordKind[];

/** A record of a kind, known by its name. */
export function makeRecord<Kind extends RecordKind>(kind: Kind, id: number, name = `${kind} ${id}`): Records[Kind] {
  return makers[kind](id, name);
}

/** The change that puts a record. */
export function putRecord<Kind extends RecordKind>(kind: Kind, record: Records[Kind]): Change {
  return { change: "put_record", kind, record } as Change;
}
