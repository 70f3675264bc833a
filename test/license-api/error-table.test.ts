import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, test } from "node:test";
import type { Route } from "../../src/api/http/route.ts";
import { type LicenseApiCode, licenseApiErrors } from "../../src/api/license-api/errors.ts";
import { writeRequest } from "../../src/license-file/write-request.ts";
import type { Reply, Request } from "../support/http-client.ts";
import { START } from "../support/test-clock.ts";
import { startVendorServer, type TestKey, type TestVendorServer } from "../support/vendor-server.ts";
import { expectError, routes, wireErrors } from "./expect-reply.ts";
import { later, open, promised, reading } from "./promised-codes.ts";
import { bundleOf, PASSWORD, startRefusingVendor } from "./refusing-vendor.ts";

type Code = LicenseApiCode;

const { vendor, keys, expiredToken } = await startRefusingVendor({ after });
const broken = await startVendorServer({ after });
const brokenHeaders = broken.authorize();
await broken.side.store.close();

const USER = { license_key: undefined, product: "users", username: "ada@example.com" };
const FORM_TYPE = "application/x-www-form-urlencoded";
const JSON_TYPE = { "content-type": "application/json" };

const usual = { product: "main", license_key: "main", hardware_id: "hw-1", feature: "export" };

/** What a test sends; `feature_consumptions` is of the feature, where a request has consumption of its own. */
interface Fields {
  readonly [name: string]: unknown;
  readonly username?: string;
  readonly password?: string;
  readonly consumptions?: number;
  readonly feature_consumptions?: number;
  readonly is_vm?: boolean;
}

interface Asking {
  readonly headers?: Request["headers"] | undefined;
  readonly at?: TestVendorServer;
}

/** Fields that a route needs, where the usual ones do not do. */
const basics: Readonly<Record<string, object>> = {
  "/api/v4/add_feature_consumption": { feature: "tokens" },
  "/api/v4/trial_key": { product: "trial", email: "tom@example.com" },
  "/api/v4/track_device_variables": { variables: {} },
  "/api/v4/change_password": { username: USER.username, password: PASSWORD, new_password: "new" },
  "/api/v4/user_licenses": { ...USER, password: PASSWORD },
  "/api/v4/customer_license_users": { product: "users", customer: "nobody@example.com" },
  "/api/v4/sso_url": { customer_account_code: "nobody" },
};

/** Sends what the route needs, and what a test wants beside it. */
function ask(
  route: Route,
  fields: Fields = {},
  { headers = vendor.authorize(), at = vendor }: Asking = {},
): Promise<Reply> {
  const all = { ...usual, ...basics[route.paths[0]], ...fields };
  if (route.access.isProvenByFile) return sendFile(route, writeFile(route, all), { headers, at });
  if (route.section === "Bundles") all.product = bundleOf(all.product);
  const known = Object.keys(route.input?.properties ?? {});
  const given = Object.entries(all).filter(([name, value]) => value !== undefined && known.includes(name));
  if (route.methods.includes("POST")) return send(route, { body: Object.fromEntries(given), headers, at });
  const query = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
  return send(route, { path: `?${query}`, headers, at });
}

/** A request for the offline route as a file, signed with the vendor's key. */
function writeFile({ name }: Route, fields: Fields & typeof usual): string {
  const { product, hardware_id: hardwareId, license_key: licenseKey, username, password, consumptions } = fields;
  const { feature: code, feature_consumptions: amount } = fields;
  return writeRequest(
    {
      request: name === "deactivateOffline" ? "deactivation" : "activation",
      requestId: randomUUID(),
      date: START,
      product,
      hardwareId,
      licenseKey,
      username,
      password,
      device: { is_vm: fields.is_vm ?? false },
      consumptions,
      productFeatures: amount === undefined ? undefined : [{ code, consumptions: amount }],
    },
    vendor.key,
  );
}

function sendFile(route: Route, body: string, { headers = {}, at }: Asking = {}): Promise<Reply> {
  return send(route, { body, headers: { "content-type": "text/plain", ...headers }, ...(at !== undefined && { at }) });
}

/** Sends a request to the route as it is. @param path follows the route's */
function send(
  route: Route,
  { method, path = "", body, headers = vendor.authorize(), at = vendor }: Partial<Request> & Asking,
): Promise<Reply> {
  return at.send({ method: method ?? route.methods[0] ?? "", path: `${route.paths[0]}${path}`, body, headers });
}

/** Asks for a token with a secret that is wrong. */
function sendForm(route: Route): Promise<Reply> {
  const body = "grant_type=client_credentials&client_id=flood&client_secret=wrong";
  return send(route, { body, headers: { "content-type": FORM_TYPE } });
}

const ofLicense =
  (key: Code, fields: Fields = {}) =>
  (route: Route) =>
    ask(route, { license_key: key, borrowed_until: "2026-01-16", ...fields });
/** Asks of a license that is activated elsewhere, from a device that is new to it. */
const ofNewDevice = (key: Code) => ofLicense(key, { hardware_id: "new", is_vm: true });
const ofProduct = (code: Code) => (route: Route) => ask(route, { product: code });
/** Consumption of a feature. */
const ofFeature =
  (feature: string, amount = 1) =>
  (route: Route) =>
    ask(route, route.isUpload ? { feature, feature_consumptions: amount } : { feature, consumptions: amount });
const withKey = (key: TestKey) => (route: Route) => ask(route, {}, { headers: vendor.authorize(key) });
const withHeader = (authorization: string) => (route: Route) =>
  ask(route, {}, { headers: { ...vendor.authorize(), authorization } });

/** How each code is brought about, on any route that has it. */
const producers: Partial<Record<Code, (route: Route) => Promise<Reply>>> = {
  unknown_product: (route) => ask(route, { product: "nothing" }),
  license_not_found: (route) => ask(route, { license_key: "nothing" }),
  license_not_active: ofLicense("license_not_active"),
  license_not_enabled: ofLicense("license_not_enabled"),
  license_expired: ofLicense("license_expired"),
  device_not_found: (route) => ask(route, { hardware_id: "nobody" }),
  blacklisted: (route) => ask(route, { hardware_id: "barred" }),
  invalid_license_feature_code: ofFeature("nothing"),
  feature_not_floating: (route) => ask(route, { feature: "local" }),
  floating_feature_device_not_in_use: (route) => ask(route, { hardware_id: "idle" }),
  license_not_floating: ofLicense("license_not_floating"),
  floating_not_available: ofLicense("floating_not_available"),
  license_borrow_not_allowed: ofLicense("license_borrow_not_allowed"),
  borrow_until_not_valid: (route) => ask(route, { borrowed_until: "yesterday" }),
  license_not_consumption: ofLicense("license_not_consumption", { consumptions: 1 }),
  license_not_enough_consumptions: (route) => ask(route, { consumptions: 101 }),
  feature_not_enough_consumptions: ofFeature("tokens", 101),
  negative_consumptions_not_allowed: (route) => ask(route, { consumptions: -1 }),
  unsupported_product_feature: ofFeature("export"),
  license_activated_max_times: ofNewDevice("license_activated_max_times"),
  license_transferred_max_times: ofNewDevice("license_transferred_max_times"),
  licenseUserActivatedMaxTimes: (route) => ask(route, { ...USER, password: PASSWORD, hardware_id: "new" }),
  archived_product: ofProduct("archived_product"),
  disabled_product: ofProduct("disabled_product"),
  vm_not_allowed: ofNewDevice("vm_not_allowed"),
  license_not_started: ofNewDevice("license_not_started"),
  invalid_credentials: (route) => ask(route, { ...USER, email: USER.username, password: "wrong" }),
  trial_not_allowed: (route) => ask(route, { product: "main" }),
  trial_expired: (route) => ask(route, { hardware_id: "trial_expired" }),
  email_missing: (route) => ask(route, { email: undefined }),
  missing_hardware_id: (route) => ask(route, { hardware_id: undefined }),
  active_license_required: ofLicense("license_not_active"),
  version_not_found: (route) => ask(route, { version: "1.0" }),
  change_password_not_allowed: (route) => ask(route, { new_password: PASSWORD }),
  invalid_product_auth_method: (route) => ask(route, { product: "main" }),
  customer_not_found: (route) => ask(route),
  customer_account_not_found: (route) => ask(route),
  offline_request_reused: async (route) => {
    const file = writeFile(route, { ...usual, license_key: "offline_request_reused" });
    assert.equal((await sendFile(route, file)).status, 200);
    return sendFile(route, file);
  },
  missing_headers: (route) => ask(route, {}, { headers: { authorization: vendor.authorize().authorization } }),
  authorization_invalid_headers: withHeader("Basic YWRhOg=="),
  authorization_missing_params: withHeader('algorithm="hmac-sha256"'),
  hmac_required: withHeader('algorithm="hmac-sha1",headers="date",signature="eA==",apikey="x"'),
  invalid_api_key: withKey({ apiKey: "nothing", sharedKey: "nothing" }),
  signature_mismatch: (route) => ask(route, {}, { headers: vendor.authorize({ ...vendor.key, sharedKey: "other" }) }),
  date_header_diff: (route) =>
    ask(route, {}, { headers: vendor.authorize(vendor.key, "Thu, 15 Jan 2026 09:44:59 GMT") }),
  revoked_api_key: withKey(keys.revoked),
  read_only_api_key: withKey(keys.readOnly),
  api_key_product_not_allowed: withKey(keys.otherProduct),
  oauth_token_expired: withHeader(`Bearer ${expiredToken}`),
  oauth_token_malformed: withHeader("Bearer x"),
  too_many_requests: async (route) => {
    const flood = route.name === "oauthToken" ? sendForm : withKey({ apiKey: `flood of ${route.name}`, sharedKey: "" });
    await Promise.all(Array.from({ length: 60 }, () => flood(route)));
    return flood(route);
  },
  license_key_or_license_user_required: (route) => ask(route, { license_key: undefined }),
  missing_parameters: (route) =>
    route.isUpload
      ? send(route, { body: "--b--\r\n", headers: { "content-type": "multipart/form-data; boundary=b" } })
      : send(route, {}),
  validation_error: (route) => {
    if (route.isUpload) return sendFile(route, "?");
    const [field = ""] = Object.keys(route.input?.properties ?? {});
    return route.methods.includes("POST")
      ? send(route, { body: "[]", headers: { ...vendor.authorize(), ...JSON_TYPE } })
      : send(route, { path: `?${field}=1&${field.toUpperCase()}=1` });
  },
  invalid_json: (route) => send(route, { body: "{", headers: { ...vendor.authorize(), ...JSON_TYPE } }),
  payload_too_large: (route) => {
    const type = route.name === "oauthToken" ? FORM_TYPE : JSON_TYPE["content-type"];
    const headers = { ...vendor.authorize(), "content-type": type };
    return send(route, { body: Buffer.alloc(1_048_577, " "), headers });
  },
  unsupported_media_type: (route) =>
    send(route, { body: "x", headers: { ...vendor.authorize(), "content-type": "application/xml" } }),
  not_found: (route) => send(route, { path: "/nothing" }),
  method_not_allowed: (route) => send(route, { method: "DELETE" }),
  headers_too_large: (route) => send(route, { headers: { padding: "x".repeat(17_000) } }),
  bad_request: (route) => send(route, { path: "/%zz" }),
  store_unavailable: (route) => ask(route, {}, { headers: brokenHeaders, at: broken }),
};

/** The errors that a route's kind brings with it. */
function ofEveryRequest(route: Route): Code[] {
  const takesBody = route.methods.includes("POST");
  const takesJson = takesBody && !route.isUpload;
  const takesFile = route.access.isProvenByFile === true;
  const isRequired = takesFile || (route.input?.required ?? []).length > 0;
  return [
    ...ofEveryApplication(route),
    "not_found",
    "method_not_allowed",
    "headers_too_large",
    "bad_request",
    ...(takesBody ? (["payload_too_large", "unsupported_media_type"] as const) : []),
    ...(takesJson ? (["invalid_json"] as const) : []),
    ...(takesJson || takesFile || route.input !== undefined ? (["validation_error"] as const) : []),
    ...(isRequired ? (["missing_parameters"] as const) : []),
    ...(route.changes ? (["store_unavailable"] as const) : []),
  ];
}

/** What an application that does not prove itself, or may not ask this, is told on any route but the public ones. */
function ofEveryApplication({ access, changes, input }: Route): Code[] {
  if (access.role === "public") return [];
  const takes = (...names: string[]) => names.every((name) => name in (input?.properties ?? {}));
  return [
    "missing_headers",
    "authorization_invalid_headers",
    "authorization_missing_params",
    "hmac_required",
    "invalid_api_key",
    "revoked_api_key",
    "date_header_diff",
    "signature_mismatch",
    "oauth_token_expired",
    "oauth_token_malformed",
    "too_many_requests",
    ...(changes ? (["read_only_api_key"] as const) : []),
    ...(takes("product") || access.isProvenByFile ? (["api_key_product_not_allowed"] as const) : []),
    ...(takes("license_key", "username") ? (["license_key_or_license_user_required"] as const) : []),
  ];
}

for (const route of routes) {
  const [path] = route.paths;
  test(`[ERR-2] ${path} documents just the codes that it is promised to have`, () => {
    const codes = promised[path.replace("/api/v4", "")];
    assert.ok(codes !== undefined, `nothing is promised of ${path}`);
    assert.deepEqual(new Set(route.refuses), new Set([...codes, ...ofEveryApplication(route)]));
  });
  for (const code of new Set([...route.refuses, ...ofEveryRequest(route)] as Code[])) {
    if (Object.hasOwn(later, code)) continue;
    test(`[ERR-1] ${path} answers ${code}`, async () => {
      const produce = producers[code];
      assert.ok(produce !== undefined, `nothing here produces ${code}, and it is not listed for later`);
      const reply = await produce(route);
      expectError(reply, code);
      if (["too_many_requests", "store_unavailable"].includes(code)) {
        assert.match(reply.headers["retry-after"] ?? "", /^[1-9]\d*$/);
      }
    });
  }
}

const pathsWhere = (isChosen: (route: Route) => boolean) =>
  routes.filter(isChosen).map(({ paths: [path] }) => path.replace("/api/v4", ""));

test("[HMAC-5] who asks must be proven on every route that is not promised to be open", () => {
  assert.deepEqual(pathsWhere(({ access }) => access.role === "public").toSorted(), open.toSorted());
});

test("[HMAC-5] a key that may only read may ask what changes nothing, and nothing else", async () => {
  const readers = routes.filter(({ access, changes }) => access.role !== "public" && !changes);
  assert.deepEqual(pathsWhere((route) => readers.includes(route)).toSorted(), reading.toSorted());
  for (const route of readers) {
    const reply = await ask(route, {}, { headers: vendor.authorize(keys.readOnly) });
    assert.notEqual(reply.json.code, "read_only_api_key", route.name);
    assert.ok(reply.status === 200 || !["invalid_api_key", "signature_mismatch"].includes(reply.json.code));
  }
});

test("[ERR-2] every code is promised to clients with this status and message, and produced here or listed for later", () => {
  assert.deepEqual(Object.keys(licenseApiErrors).toSorted(), Object.keys(wireErrors).toSorted());
  for (const [code, wire] of Object.entries(licenseApiErrors)) {
    const [status, message] = wireErrors[code as Code];
    assert.equal(wire.status, status, code);
    if (typeof message === "string") assert.equal(wire.message, message, code);
    assert.ok(code in producers || code in later, code);
  }
});
