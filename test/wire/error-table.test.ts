import assert from "node:assert/strict";
import { after, test } from "node:test";
import { type FloatingServerCode, floatingServerErrors } from "../../src/api/floating-server/errors.ts";
import type { Route } from "../../src/api/http/route.ts";
import { startFloatingServer, type TestServer, vendor } from "../support/floating-server.ts";
import { Reply } from "../support/http-client.ts";
import { requestLicense, uploadLicense } from "../support/license-files.ts";
import { makeConsumption, makeFeature } from "../support/make-license.ts";
import { expectError, routes, wireErrors } from "./expect-reply.ts";
import { licenseOf, render } from "./sample-licenses.ts";

type Code = FloatingServerCode;

const state: readonly Code[] = [
  "unknown_product",
  "license_not_found",
  "license_not_active",
  "license_not_enabled",
  "license_expired",
];
const feature: readonly Code[] = ["invalid_license_feature_code", "feature_not_floating"];
const borrow: readonly Code[] = ["license_borrow_not_allowed", "borrow_until_not_valid"];
const full: readonly Code[] = ["floating_not_available", "blacklisted"];
const counted: readonly Code[] = [...state, "negative_consumptions_not_allowed"];

/** What clients are told that each route answers with, beside the errors of every request. */
const promised: Readonly<Record<string, readonly Code[]>> = {
  featureRegister: [...state, ...feature, ...borrow, ...full],
  featureRelease: [...state, ...feature, "floating_feature_device_not_in_use"],
  featureReleaseAll: ["unknown_product", "license_not_found", "invalid_license_feature_code"],
  register: [...state, "license_not_floating", ...borrow, ...full],
  unregister: [...state, "license_not_floating", "device_not_found"],
  unregisterAll: ["unknown_product", "license_not_found", "invalid_license_feature_code"],
  borrow: [...state, "license_not_floating", ...borrow, ...full],
  addConsumption: [...counted, "license_not_consumption", "license_not_enough_consumptions"],
  addFeatureConsumption: [
    ...counted,
    "invalid_license_feature_code",
    "unsupported_product_feature",
    "feature_not_enough_consumptions",
  ],
  license: ["unknown_product", "license_not_found"],
  licenses: ["unknown_product"],
  licenseGenerate: ["license_not_found"],
  licenseUpload: [
    "license_file_invalid",
    "license_file_outdated",
    "hardware_id_mismatch",
    "offline_request_unknown",
    "offline_request_reused",
  ],
  auth: ["unauthorized", "too_many_requests"],
  health: [],
  alive: [],
  ready: [],
};

/** Codes that nothing on this side produces yet, and why. */
const later: Readonly<Record<string, string>> = {
  blacklisted: "there is no blacklist on the floating server yet",
  internal_error: "a fault of this program, which no request may bring about",
};

const past = Date.UTC(2026, 0, 1);
const consumption = makeConsumption();
const features = [
  render,
  makeFeature({ id: 502, code: "cloud", floats: { onPremise: false, cloud: true } }),
  makeFeature({ id: 503, code: "tokens", type: "consumption", consumption }),
];
const unborrowable = { canBorrow: false, features: features.map((each) => ({ ...each, canBorrow: false })) };
const main = licenseOf("main", { features, type: "consumption", consumption });
const server = await startFloatingServer(
  { after },
  {
    licenses: [
      main,
      licenseOf("license_not_active", { features, active: false }),
      licenseOf("license_not_enabled", { features, enabled: false }),
      licenseOf("license_expired", { features, validUntil: past }),
      licenseOf("license_borrow_not_allowed", unborrowable),
      licenseOf("floating_not_available", { capacity: 0, features: [{ ...render, capacity: 0 }] }),
      licenseOf("license_not_floating", { floats: { onPremise: false, cloud: false } }),
      licenseOf("license_not_consumption"),
    ],
  },
);
const closed = await startFloatingServer({ after }, { config: { "auth.required": true } });
const broken = await startFloatingServer({ after }, { licenses: [main] });
await broken.store.close();

const basics: Readonly<Record<string, object>> = {
  featureRegister: { feature: "render" },
  featureRelease: { feature: "render" },
  addFeatureConsumption: { feature: "tokens" },
};

/** Sends what the route needs, and what a test wants beside it. */
function ask(
  route: Route,
  fields: object = {},
  headers: Record<string, string> = {},
  at: TestServer = server,
): Promise<Reply> {
  const known = Object.keys(route.input?.properties ?? {});
  const all = { product: "main", user: "ada", ...basics[route.name], ...fields };
  const given = Object.fromEntries(Object.entries(all).filter(([name]) => known.includes(name)));
  if (route.methods.includes("POST")) return at.post(route.paths[0], given, headers);
  const query = new URLSearchParams(Object.entries(given).map(([name, value]) => [name, String(value)]));
  return at.get(`${route.paths[0]}?${query}`, headers);
}

async function upload(content: string): Promise<Reply> {
  const response = await uploadLicense(server.url, content);
  return new Reply(response.status, Object.fromEntries(response.headers), Buffer.from(await response.bytes()));
}

const ofProduct = (code: Code) => (route: Route) => ask(route, { product: code, borrowed_until: "2026-01-16" });
const JSON_TYPE = { "content-type": "application/json" };

/** How each code is brought about, on any route that has it. */
const producers: Partial<Record<Code, (route: Route) => Promise<Reply>>> = {
  unknown_product: (route) => ask(route, { product: "nothing" }),
  license_not_found: (route) => ask(route, { license_id: 7 }),
  license_not_active: ofProduct("license_not_active"),
  license_not_enabled: ofProduct("license_not_enabled"),
  license_expired: ofProduct("license_expired"),
  license_borrow_not_allowed: ofProduct("license_borrow_not_allowed"),
  license_not_floating: ofProduct("license_not_floating"),
  license_not_consumption: ofProduct("license_not_consumption"),
  floating_not_available: (route) => ask(route, { product: "floating_not_available" }),
  borrow_until_not_valid: (route) => ask(route, { borrowed_until: "yesterday" }),
  invalid_license_feature_code: (route) => ask(route, { feature: "nothing" }),
  feature_not_floating: (route) => ask(route, { feature: "cloud" }),
  floating_feature_device_not_in_use: (route) => ask(route, { user: "nobody" }),
  device_not_found: (route) => ask(route, { user: "nobody" }),
  license_not_enough_consumptions: (route) => ask(route, { consumptions: 101 }),
  feature_not_enough_consumptions: (route) => ask(route, { consumptions: 101 }),
  negative_consumptions_not_allowed: (route) => ask(route, { consumptions: -1 }),
  unsupported_product_feature: (route) => ask(route, { feature: "render" }),
  license_file_invalid: () => upload("?"),
  license_file_outdated: async () => upload(await server.answer(main, past - 1)),
  hardware_id_mismatch: async () => upload(await vendor.answer(main, "sk-other")),
  offline_request_unknown: async () => upload(await vendor.answer(main, server.hardwareId)),
  offline_request_reused: async () => {
    const request = await requestLicense(server.url, main);
    assert.equal((await upload(await vendor.answerRequest(request, main))).status, 200);
    return upload(await vendor.answerRequest(request, { ...main, capacity: 7 }));
  },
  missing_parameters: (route) =>
    route.isUpload
      ? server.post(route.paths[0], "--b--\r\n", { "content-type": "multipart/form-data; boundary=b" })
      : server.send({ method: route.methods[0] ?? "", path: route.paths[0] }),
  validation_error: (route) =>
    route.methods.includes("POST")
      ? server.post(route.paths[0], "[]", JSON_TYPE)
      : server.get(`${route.paths[0]}?product=`),
  invalid_json: (route) => server.post(route.paths[0], "{", JSON_TYPE),
  payload_too_large: (route) => server.post(route.paths[0], Buffer.alloc(1_048_577, " "), JSON_TYPE),
  unsupported_media_type: (route) => server.post(route.paths[0], "x", { "content-type": "text/plain" }),
  unauthorized: (route) => (route.name === "auth" ? ask(route) : ask(route, {}, {}, closed)),
  forbidden: (route) => ask(route, {}, route.changes ? { origin: "https://evil.example" } : { host: "evil.example" }),
  not_found: (route) => server.send({ method: route.methods[0] ?? "", path: `${route.paths[0]}/nothing` }),
  method_not_allowed: (route) => server.send({ method: "DELETE", path: route.paths[0] }),
  headers_too_large: (route) => ask(route, {}, { padding: "x".repeat(17_000) }),
  bad_request: (route) => server.send({ method: route.methods[0] ?? "", path: `${route.paths[0]}/%zz` }),
  not_implemented: (route) => ask(route),
  store_unavailable: (route) => ask(route, {}, {}, broken),
  too_many_requests: async (route) => {
    for (let tries = 0; tries < 60; tries += 1) await ask(route, {}, {}, closed);
    return ask(route, {}, {}, closed);
  },
};

/** The errors that a route's kind brings with it. */
function ofEveryRequest(route: Route): Code[] {
  const takesBody = route.methods.includes("POST");
  const isLater = route.refuses.includes("not_implemented");
  const isChange = route.changes && !route.isUpload && !isLater;
  const required = route.name === "license" || route.isUpload || (route.input?.required ?? []).length > 0;
  return [
    "forbidden",
    "not_found",
    "method_not_allowed",
    "headers_too_large",
    "bad_request",
    ...(route.access.role === "public" ? [] : (["unauthorized"] as const)),
    ...(takesBody ? (["invalid_json", "payload_too_large", "unsupported_media_type"] as const) : []),
    ...((takesBody && !route.isUpload) || route.input !== undefined ? (["validation_error"] as const) : []),
    ...(required ? (["missing_parameters"] as const) : []),
    ...(isChange ? (["store_unavailable"] as const) : []),
  ];
}

for (const route of routes) {
  test(`[ERR-2] ${route.name} documents just the codes that it is promised to have`, () => {
    assert.deepEqual(new Set(route.refuses), new Set(promised[route.name] ?? ["not_implemented"]));
  });
  for (const code of new Set([...route.refuses, ...ofEveryRequest(route)] as Code[])) {
    if (Object.hasOwn(later, code)) continue;
    test(`[ERR-1] ${route.name} answers ${code}`, async () => {
      const produce = producers[code];
      assert.ok(produce !== undefined, `nothing here produces ${code}, and it is not listed for later`);
      const reply = await produce(route);
      expectError(reply, code);
      const hasRetryAfter = ["too_many_requests", "store_unavailable"].includes(code);
      if (hasRetryAfter) assert.match(reply.headers["retry-after"] ?? "", /^[1-9]\d*$/);
    });
  }
}

test("[ERR-2] every code is promised to clients with this status and message, and produced here or listed for later", () => {
  assert.deepEqual(Object.keys(floatingServerErrors).toSorted(), Object.keys(wireErrors).toSorted());
  for (const [code, wire] of Object.entries(floatingServerErrors)) {
    const [status, message] = wireErrors[code as Code];
    assert.equal(wire.status, status, code);
    if (typeof message === "string") assert.equal(wire.message, message, code);
    assert.ok(code in producers || code in later, code);
  }
});
