import assert from "node:assert/strict";
import { after, test } from "node:test";
import { startFloatingServer } from "../support/floating-server.ts";
import { expectError, expectReply, routes } from "./expect-reply.ts";
import { cad, render } from "./sample-licenses.ts";

const server = await startFloatingServer(
  { after },
  { licenses: [{ ...cad, capacity: 1_000, features: [{ ...render, capacity: 1_000 }] }] },
);

const REGISTER = "/api/v4/featureRegister";
const required = { product: "cad", feature: "render", user: "ada" };
const DISPLAY = ["os_hostname", "ip_local", "user_info", "sdk_ver", "app_ver"] as const;

const register = (fields: Record<string, unknown>) => server.post(REGISTER, { ...required, ...fields });

/** The seat that the last register took or renewed, as the store keeps it. */
async function seatOf(holder: string) {
  return (await server.store.seats()).find(({ seat }) => seat.holder === holder && seat.featureId === render.id);
}

const needs: Readonly<Record<string, readonly string[]>> = {
  featureRegister: ["product", "feature", "user"],
  featureRelease: ["product", "feature", "user"],
  register: ["product", "user"],
  unregister: ["product", "user"],
  borrow: ["product", "user"],
  addConsumption: ["product"],
  addFeatureConsumption: ["product", "feature"],
  license: ["product"],
  licenseUpload: ["file"],
};

for (const { name, methods, paths, isUpload } of routes.filter(({ name }) => needs[name] !== undefined)) {
  test(`[WIRE-2] ${name} names everything that is left out, and takes null for that`, async () => {
    const names = needs[name] as readonly string[];
    const [method = "", path] = [methods[0], paths[0]];
    if (isUpload) {
      const empty = { "content-type": "multipart/form-data; boundary=b" };
      const reply = await server.post(
        path,
        "--b\r\ncontent-disposition: form-data; name=x\r\n\r\ny\r\n--b--\r\n",
        empty,
      );
      expectError(reply, "missing_parameters", "file");
      return;
    }
    const message = expectError(await server.send({ method, path }), "missing_parameters");
    assert.deepEqual(new Set(message.split(": ")[1]?.split(", ")), new Set(names));
    if (method === "GET") return;
    const nulls = Object.fromEntries(names.map((each) => [each, null]));
    assert.equal(expectError(await server.post(path, nulls), "missing_parameters"), message);
    const last = names.at(-1) as string;
    const others = Object.fromEntries(names.slice(0, -1).map((each) => [each, "x"]));
    const one = expectError(await server.post(path, others), "missing_parameters");
    assert.equal(one, `Some parameters are missing in the request: ${last}`);
  });
}

test("[WIRE-2] what is missing is said first; then every bad field is named at once", async () => {
  const bad = { product: 7, license_id: true, os_hostname: {} };
  expectError(await server.post(REGISTER, bad), "missing_parameters", /: feature, user$/);
  const message = expectError(await register({ ...bad, user: "" }), "validation_error");
  for (const field of ["product", "license_id", "os_hostname", "user"])
    assert.match(message, new RegExp(`\\b${field}\\b`));
  assert.doesNotMatch(message, /\bfeature\b/);
});

for (const field of ["product", "feature", "user"]) {
  test(`[WIRE-3] ${field} has 1 to 255 code points`, async () => {
    const bad = async (value: unknown) => expectError(await register({ [field]: value }), "validation_error", field);
    await bad("");
    await bad("a".repeat(256));
    await bad("😀".repeat(256));
    await bad("a\0");
    await bad("\ud800");
    await bad("\udc00\ud800");
    const fits = async (value: string) => {
      const reply = await register({ [field]: value });
      if (field === "user") expectReply("featureRegister", reply);
      else expectError(reply, field === "product" ? "unknown_product" : "invalid_license_feature_code");
    };
    await fits("a".repeat(255));
    await fits("😀".repeat(255));
    await fits("e\u0301".repeat(127));
  });

  test(`[WIRE-4] ${field} must be a string`, async () => {
    for (const value of [7, 0, true, false, [], ["ada"], {}, { a: 1 }]) {
      expectError(await register({ [field]: value }), "validation_error", field);
    }
  });
}

for (const field of DISPLAY) {
  test(`[WIRE-3] ${field} has 0 to 1,024 code points, or is null or left out`, async () => {
    for (const value of ["", "a".repeat(1_024), "😀".repeat(1_024), null, undefined]) {
      expectReply("featureRegister", await register({ [field]: value }));
    }
    for (const value of ["a".repeat(1_025), "😀".repeat(1_025), "\0", "\ud800", 7, false, [], {}]) {
      expectError(await register({ [field]: value }), "validation_error", field);
    }
  });
}

test("[WIRE-3] display fields are kept as they are, and left alone where left out", async () => {
  const details = { os_hostname: " host ", ip_local: "fe80::1%eth0", user_info: "Größe 😀", sdk_ver: "1", app_ver: "" };
  const shown = { hostname: " host ", localIp: "fe80::1%eth0", info: "Größe 😀", sdkVersion: "1", appVersion: "" };
  expectReply("featureRegister", await register({ user: "grace", ...details, registered_at: "2026-01-15 09:00" }));
  const registeredAt = Date.UTC(2026, 0, 15, 9);
  assert.deepEqual((await seatOf("grace"))?.details, { ...shown, registeredAt });
  expectReply("featureRegister", await register({ user: "grace", os_hostname: "other", app_ver: null }));
  assert.deepEqual((await seatOf("grace"))?.details, { ...shown, hostname: "other", registeredAt });
});

test("[WIRE-6] a registered_at that cannot be read is stored as null, and one of another type is refused", async () => {
  for (const value of ["yesterday", "", "2026-02-30", null]) {
    expectReply("featureRegister", await register({ user: "linus", registered_at: value }));
    assert.deepEqual((await seatOf("linus"))?.details, {});
  }
  expectError(await register({ registered_at: 1_768_473_000 }), "validation_error", "registered_at");
});

test("[WIRE-3] names are compared exactly: nothing is trimmed, folded or normalized", async () => {
  const names = ["Zoë", "Zoe\u0308", "zoë", " Zoë", "Zoë ", "ZOË", "%5A", "zo\u200dë"];
  const before = (await register({ user: "first" })).json.floating_in_use_devices;
  const counts = [];
  for (const user of names) counts.push((await register({ user })).json.floating_in_use_devices - before);
  assert.deepEqual(counts, [1, 2, 3, 4, 5, 6, 7, 8]);
  for (const user of names) assert.equal((await register({ user })).json.floating_in_use_devices, before + 8);
  expectError(await register({ product: "CAD" }), "unknown_product");
  expectError(await register({ product: "cad " }), "unknown_product");
  expectError(await register({ feature: "Render" }), "invalid_license_feature_code", "Render is invalid");
});

test("[WIRE-1] keys may be in any case, and unknown ones are ignored", async () => {
  const odd = { Product: "cad", FEATURE: "render", uSeR: "ken", OS_Hostname: "h", extra: 1, "": 2, "product ": "x" };
  expectReply("featureRegister", await server.post(REGISTER, odd));
  assert.deepEqual((await seatOf("ken"))?.details, { hostname: "h" });
});

test("[WIRE-1] the same key in two cases is validation_error, even with the same value or null", async () => {
  expectError(await register({ User: "ada" }), "validation_error", "user");
  expectError(await register({ User: "eve" }), "validation_error", "user");
  expectError(await register({ User: null }), "validation_error", "user");
  expectError(await register({ LICENSE_ID: 1, license_id: 1 }), "validation_error", "license_id");
  expectError(await server.get("/api/v4/licenses?product=cad&Product=cad"), "validation_error", "product");
  expectError(await server.get("/api/v4/licenses?product=cad&product=cad"), "validation_error", "product");
});

test("[WIRE-4] license_id is an integer or its digits, up to 2^53−1", async () => {
  for (const license_id of [cad.id, String(cad.id), `0${cad.id}`.slice(-16), null, undefined]) {
    expectReply("featureRegister", await register({ license_id }));
  }
  for (const license_id of [0, 1, Number.MAX_SAFE_INTEGER, "9007199254740991"]) {
    expectError(await register({ license_id }), "license_not_found");
  }
  for (const license_id of [
    -1,
    1.5,
    2 ** 53,
    "9007199254740992",
    "9007199254740993",
    "-1",
    "1.0",
    "1e3",
    "0x10",
    " 1",
    "1 ",
    "",
    "one",
    true,
    [],
    {},
  ]) {
    expectError(await register({ license_id }), "validation_error", "license_id");
  }
});

test("[WIRE-4] a query's numbers and names follow the same rules", async () => {
  expectReply("license", await server.get(`/api/v4/license?Product=cad&LICENSE_ID=${cad.id}&extra=1`));
  expectReply("license", await server.get(`/api/v4/license?license_id=${cad.id}`));
  expectError(await server.get("/api/v4/license?license_id=x"), "validation_error", "license_id");
  expectError(await server.get("/api/v4/license?product="), "validation_error", "product");
  expectError(await server.get(`/api/v4/license?product=${"a".repeat(256)}`), "validation_error", "product");
  expectError(await server.get("/api/v4/license?product=a%00b"), "validation_error", "product");
  expectError(await server.get("/api/v4/license?product=%ff"), "unknown_product");
  expectError(await server.get("/api/v4/license?product=%F0%9F%98%80"), "unknown_product");
});
