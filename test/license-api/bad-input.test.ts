import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { LicenseApiCode } from "../../src/api/license-api/errors.ts";
import { makeConsumption } from "../support/make-license.ts";
import { cloudTerms, makeProductWith } from "../support/make-products.ts";
import { startVendorServer } from "../support/vendor-server.ts";
import { expectError, expectReply } from "./expect-reply.ts";
import { activeLicense, deviceOf } from "./sample-devices.ts";

const vendor = await startVendorServer({ after });
const { side } = vendor;
const consumption = makeConsumption({ max: 1_000_000, allowOverages: true, allowNegative: true, resets: "daily" });
await makeProductWith(side, { code: "cad", name: "CAD" }, [
  { code: "export", name: "Export", capacity: 3, ...cloudTerms },
  { code: "tokens", name: "Tokens", type: "consumption", consumption },
]);
const license = await activeLicense(vendor, {
  product: "cad",
  terms: { ...cloudTerms, type: "consumption", capacity: 3, consumption },
});
const device = deviceOf(license);
const RELEASE = "/floating/feature_release";
const release = (fields: object) => vendor.post(RELEASE, { ...device, feature: "export", ...fields });
const check = (fields: object) => vendor.get("/check_license", { ...device, ...fields });

/** A request with a body or query that is not written for us. */
const post = (body: string | Buffer, headers: object = {}) =>
  vendor.send({
    method: "POST",
    path: `/api/v4${RELEASE}`,
    body,
    headers: { ...vendor.authorize(), "content-type": "application/json", ...headers },
  });
const query = (text: string, path = "/check_license") =>
  vendor.send({ method: "GET", path: `/api/v4${path}?${text}`, headers: vendor.authorize() });

for (const id of [
  2 ** 53,
  2 ** 53 + 2,
  1e300,
  -1,
  1.5,
  "9007199254740992",
  "99999999999999999999",
  "1e3",
  "0x10",
  " 7",
  "",
  "-0",
  true,
  [],
  {},
]) {
  test(`[WIRE-4] the license_id ${JSON.stringify(id)} is refused as no id`, async () => {
    expectError(await release({ license_id: id }), "validation_error", "license_id");
    if (typeof id !== "object" && typeof id !== "boolean") {
      expectError(await check({ license_id: id }), "validation_error", "license_id");
    }
  });
}

for (const id of [0, 1, 2 ** 53 - 1, "9007199254740991", "007"]) {
  test(`[WIRE-4] the license_id ${JSON.stringify(id)} is an id that no license has`, async () => {
    expectError(await release({ license_id: id }), "license_not_found");
    expectError(await check({ license_id: id }), "license_not_found");
  });
}

const odd = {
  quotes: `'"\`--; DROP TABLE licenses`,
  emoji: "\u{1f600}\u{1f468}\u200d\u{1f469}",
  "the longest name": "\u{1f600}".repeat(255),
  "a prototype's name": "__proto__",
  "another prototype's name": "constructor",
  "a method's name": "toString",
  "markup and ends of lines": "<script>\r\n\t\u2028</script>",
  "a letter of two characters": "e\u0301",
} as const;

for (const [what, text] of Object.entries(odd)) {
  test(`[WIRE-3] ${what} can be the name of a product, key, feature and device, and is compared exactly`, async () => {
    const named = (letter: string) => [...(letter + text)].slice(0, 255).join("");
    const mine = { product: named("p"), license_key: named("k"), hardware_id: named("h"), feature: named("f") };
    const { product, license_key, hardware_id, feature } = mine;
    await makeProductWith(side, { code: product, name: text }, [
      { code: feature, name: text, capacity: 1, ...cloudTerms },
    ]);
    await activeLicense(vendor, { product, key: license_key }, [hardware_id]);
    const taken = await expectReply(vendor, "checkLicenseFeature", await vendor.get("/check_license_feature", mine));
    assert.deepEqual([taken.code, taken.name], [feature, text]);
    for (const name of ["product", "license_key", "hardware_id", "feature"] as const) {
      const others = new Set([
        `${mine[name]} `,
        mine[name].slice(1),
        mine[name].normalize("NFC"),
        mine[name].toUpperCase(),
      ]);
      others.delete(mine[name]);
      for (const other of others) {
        assert.equal((await vendor.post(RELEASE, { ...mine, [name]: other })).status, 400, `${name} ${other}`);
      }
    }
    assert.equal((await vendor.post(RELEASE, mine)).text, '""');
  });
}

test("[WIRE-3] names of nothing, with U+0000, ill-formed or too long are named, and nothing happens", async () => {
  const bad = ["", "a\0b", "\ud800", "x\udc00y", "x".repeat(256), "x".repeat(10_000)];
  for (const name of ["hardware_id", "product", "feature", "license_key", "username", "bundle_code"]) {
    for (const value of bad) {
      const message = expectError(await release({ [name]: value }), "validation_error", name);
      assert.ok(message.length < 500, "the message does not carry the value");
    }
  }
  for (const value of ["%00", "%F0%9F", "x".repeat(10_000)]) {
    const reply = await query(`hardware_id=${value}&product=cad&license_key=k`);
    assert.ok(reply.status < 500, reply.text);
  }
});

test("[WIRE-3] an ill-formed text in JSON is refused, whether escaped or as bytes", async () => {
  const { hardware_id: _, ...others } = { ...device, feature: "export" };
  const body = (text: string) => `{"hardware_id":"${text}",${JSON.stringify(others).slice(1)}`;
  expectError(await post(body("\\ud83d")), "validation_error", "hardware_id");
  expectError(await post(Buffer.from(body("\x80"), "latin1")), "invalid_json");
  expectError(await post(Buffer.from(`\ufeff${body("hw-1")}`)), "invalid_json");
});

test("[WIRE-4] arrays, objects, numbers and booleans are not taken for texts", async () => {
  for (const value of [[], ["hw-1"], {}, { toString: "x" }, 7, 0, true, false]) {
    for (const name of ["hardware_id", "product", "feature", "license_key", "sdk_ver", "hostname"]) {
      expectError(await release({ [name]: value }), "validation_error", name);
    }
  }
});

test("[WIRE-1] a body that is no object is refused, and names of prototypes in one are nothing special", async () => {
  for (const body of ["[]", "null", "7", '"x"', "true"]) expectError(await post(body), "validation_error", "object");
  for (const body of ["{", "{'a':1}", "nothing", "{}x", "NaN"]) expectError(await post(body), "invalid_json");
  const polluting = `{"__proto__":{"product":"cad","hardware_id":"hw-1"},"constructor":{"prototype":{"feature":"x"}}}`;
  expectError(await post(polluting), "missing_parameters", "hardware_id, product, feature");
  expectError(
    await query("__proto__[product]=cad&constructor=x&toString=y"),
    "missing_parameters",
    "hardware_id, product",
  );
});

test("[WIRE-1] 1 MiB of a body is read, and a byte more is not", async () => {
  const fields = JSON.stringify({ ...device, feature: "export" });
  const padded = (bytes: number) => Buffer.from(fields.padEnd(bytes, " "));
  expectError(await post(padded(1_048_576)), "floating_feature_device_not_in_use");
  expectError(await post(padded(1_048_577)), "payload_too_large");
  expectError(await post(`${"[".repeat(500_000)}`), "invalid_json");
  expectError(await post(`${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`), "missing_parameters");
});

test("[WIRE-1] a field given twice in a query, in one case or in two, is refused", async () => {
  const rest = "hardware_id=hw-1&license_key=k";
  expectError(await query(`product=cad&product=cad&${rest}`), "validation_error", "product");
  expectError(await query(`product=cad&PRODUCT=cad&${rest}`), "validation_error", "product is given twice");
  expectError(await query(`product=cad&is_vm=true&is_vm=true&${rest}`), "validation_error", "is_vm");
  expectError(await query(`product=cad&license_id=7&license_id=8&${rest}`), "validation_error", "license_id");
});

test("[WIRE-1] names of fields match in any letter case, values do not", async () => {
  const upper = Object.fromEntries(Object.entries(device).map(([name, value]) => [name.toUpperCase(), value]));
  assert.equal((await vendor.get("/check_license", upper)).status, 200);
  expectError(await vendor.post(RELEASE, { ...upper, Feature: "export" }), "floating_feature_device_not_in_use");
  expectError(
    await vendor.post(RELEASE, { ...upper, Feature: "EXPORT" }),
    "invalid_license_feature_code",
    "`EXPORT`".slice(1, -1),
  );
  expectError(await release({ Product: "cad" }), "validation_error", "product is given twice");
});

test("[WIRE-4] booleans in a query are true or false and nothing else", async () => {
  for (const value of ["1", "yes", "TRUE", ""]) {
    expectError(
      await check({ include_expired_features: value }),
      "validation_error",
      "include_expired_features must be true or false",
    );
  }
  for (const value of ["true", "false"]) assert.equal((await check({ include_expired_features: value })).status, 200);
});

test("[CONS-1] [WIRE-4] figures of consumption are whole numbers up to 2^53", async () => {
  const add = (fields: object) => vendor.post("/add_consumption", { ...device, ...fields });
  for (const value of [1.5, 2 ** 53, "1.5", "one", "", [], true]) {
    expectError(await add({ consumptions: value }), "validation_error", "consumptions");
  }
  for (const value of [-1, 2 ** 53, "-1"])
    expectError(await add({ max_overages: value }), "validation_error", "max_overages");
  const events = "event must be one of consumption_add, offline_floating_consumptions_sync";
  for (const event of ["other", ["other"]]) expectError(await add({ event }), "validation_error", events);
  for (const event of ["consumption_add", ["consumption_add", "offline_floating_consumptions_sync"], null]) {
    assert.equal((await add({ consumptions: "0", event })).status, 200, JSON.stringify(event));
  }
  const most = Number.MAX_SAFE_INTEGER;
  assert.equal((await add({ consumptions: most })).json.total_consumptions, most);
  expectError(await add({ consumptions: 1 }), "license_not_enough_consumptions");
  assert.equal((await add({ consumptions: -most })).json.total_consumptions, 0);
});

test("[DEV-6] variables that are no texts, numbers or booleans are refused by name, and none is kept", async () => {
  const set = (variables: unknown) => vendor.post("/activate_license", { ...device, variables });
  for (const [value, code] of [
    [{ good: "1", bad: null }, "validation_error"],
    [{ bad: [] }, "validation_error"],
    [{ bad: {} }, "validation_error"],
    [{ bad: "\0" }, "validation_error"],
    [{ bad: "\ud800" }, "validation_error"],
    [{ bad: "x".repeat(10_000) }, "validation_error"],
    [["bad"], "validation_error"],
    [7, "validation_error"],
    ["{", "validation_error"],
  ] as const satisfies readonly (readonly [unknown, LicenseApiCode])[]) {
    expectError(await set(value), code, /variables/);
  }
  assert.deepEqual((await set({})).json.variables, []);
  const named = await set(JSON.parse('{"__proto__":"a","constructor":1,"7":true,"\u{1f600}":"\u2028"}'));
  const { variables } = await expectReply(vendor, "activateLicense", named);
  const values = variables.map(({ variable, value }: Record<string, string>) => [variable, value]);
  assert.deepEqual(
    new Map(values),
    new Map([
      ["7", "true"],
      ["__proto__", "a"],
      ["constructor", "1"],
      ["\u{1f600}", "\u2028"],
    ]),
  );
});
