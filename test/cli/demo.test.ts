import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { signDate } from "../../src/api/license-api/authorization/hmac-signature.ts";
import { type Running, Seatkeeper } from "./run-seatkeeper.ts";

const QUIET = { SEATKEEPER_FLOATING_SERVER_PORT: "0", SEATKEEPER_LICENSE_API_PORT: "0" };

/** What scripts read to use the demo. */
function descriptionIn(folder: string) {
  return JSON.parse(readFileSync(join(folder, "data", "demo.json"), "utf8"));
}

async function useRender(demo: Running, user: string): Promise<{ status: number; json: Record<string, unknown> }> {
  const response = await demo.post("/api/v4/featureRegister", { product: "demo", feature: "render", user });
  return { status: response.status, json: (await response.json()) as Record<string, unknown> };
}

test("[OPS-2] the demo writes demo.json after it listens, for scripts, readable by its owner only", async (t) => {
  const seatkeeper = new Seatkeeper(t, QUIET);
  const demo = await seatkeeper.start(["demo"]);
  const description = descriptionIn(seatkeeper.folder);
  const { apiKey, sharedKey, licenseKey, floatingLicenseKey, userProduct, oauth, ...addressed } = description;
  const { vendorManagement, floatingManagement, adminToken, adminLinks, ...others } = addressed;
  const licenseApi = `${demo.licenseApiUrl}/api/v4/`;
  assert.deepEqual(others, {
    floatingServer: demo.url,
    licenseApi,
    product: "demo",
    features: { offline: "render", cloud: "export", consumption: "tokens" },
    licenseId: 1_734_000_000_000_101,
    floatingLicenseId: 1_734_000_000_000_102,
    publicKeyFile: join(seatkeeper.folder, "data", "vendor-public-key.pem"),
  });
  for (const side of ["vendor", "floating"] as const) {
    const origin = side === "vendor" ? vendorManagement : floatingManagement;
    const reply = await fetch(`${origin}/manage/v1/session`, {
      headers: { authorization: `Bearer ${adminToken[side]}` },
    });
    assert.deepEqual(await reply.json(), { name: "demo", role: "admin", side, csrf_token: null });
    assert.match(adminLinks[side] ?? "", new RegExp(`^${origin}/#setup=[\\w-]{40}$`));
  }
  for (const key of [licenseKey, floatingLicenseKey]) assert.match(key, /^[A-Z2-9]{4}(-[A-Z2-9]{4}){3}$/);
  assert.deepEqual(Object.keys(userProduct), ["product", "username", "password"]);
  assert.equal(oauth.tokenUrl, `${licenseApi}oauth/token`);
  for (const secret of [apiKey, sharedKey, userProduct.password, oauth.clientId, oauth.clientSecret]) {
    assert.ok(secret.length >= 16);
  }
  assert.match(readFileSync(description.publicKeyFile, "utf8"), /^-----BEGIN PUBLIC KEY-----/);
  assert.equal((await fetch(`${description.floatingServer}/health`)).status, 200);
  const data = join(seatkeeper.folder, "data");
  assert.equal(statSync(data).mode & 0o777, 0o700);
  for (const file of [
    "demo.json",
    "demo-password.txt",
    "vendor-admin-token.txt",
    "floating-admin-token.txt",
    "vendor-shared-key.txt",
    "seatkeeper.key",
    "floating.db",
    "vendor.db",
  ]) {
    assert.equal(statSync(join(data, file)).mode & 0o777, 0o600, file);
  }
  assert.deepEqual(
    readdirSync(data).filter((file) => file.endsWith(".tmp")),
    [],
  );
  assert.equal((await demo.end()).ended, 0);
});

test("[OPS-2] the demo prints a command that takes a seat", async (t) => {
  const seatkeeper = new Seatkeeper(t, QUIET);
  const demo = await seatkeeper.start(["demo"]);
  const [, url = "", body = ""] = await demo.printed(/curl -X POST (\S+) .* -d '(.*)'/);
  const reply = await fetch(url, { method: "POST", body, headers: { "content-type": "application/json" } });
  assert.equal(reply.status, 200);
});

test("[OPS-2] a second start finds product, license and seats as they were", async (t) => {
  const seatkeeper = new Seatkeeper(t, QUIET);
  const first = await seatkeeper.start(["demo"]);
  const before = descriptionIn(seatkeeper.folder);
  const shown = await (await fetch(`${first.url}/api/v4/licenses`)).json();
  for (const user of ["ada", "grace"]) assert.equal((await useRender(first, user)).status, 200);
  assert.equal((await first.end()).ended, 0);

  const second = await seatkeeper.start(["demo"]);
  assert.equal(second.hardwareId, first.hardwareId);
  const after = descriptionIn(seatkeeper.folder);
  assert.notDeepEqual(after.adminLinks, before.adminLinks, "a link is for one start");
  assert.deepEqual(after, {
    ...before,
    floatingServer: second.url,
    licenseApi: `${second.licenseApiUrl}/api/v4/`,
    vendorManagement: after.vendorManagement,
    floatingManagement: after.floatingManagement,
    adminLinks: after.adminLinks,
    oauth: { ...before.oauth, tokenUrl: `${second.licenseApiUrl}/api/v4/oauth/token` },
  });
  assert.equal((await useRender(second, "linus")).json["code"], "floating_not_available");
  assert.equal((await useRender(second, "ada")).json["floating_in_use_devices"], 2);
  const [license] = (await (await fetch(`${second.url}/api/v4/licenses`)).json()) as {
    floating_in_use_devices: number;
  }[];
  assert.equal(license?.floating_in_use_devices, 2);
  assert.equal((await fetch(`${second.url}/api/v4/unregister/all`)).status, 200);
  assert.deepEqual(await (await fetch(`${second.url}/api/v4/licenses`)).json(), shown);
  assert.equal((await second.end()).ended, 0);
});

test("[OPS-2] what demo.json says opens the License API: by key, by user and by token", async (t) => {
  const seatkeeper = new Seatkeeper(t, QUIET);
  const demo = await seatkeeper.start(["demo"]);
  const { licenseApi, product, licenseKey, licenseId, userProduct, oauth, ...key } = descriptionIn(seatkeeper.folder);
  const call = async (path: string, body: object, headers: Record<string, string>) => {
    const reply = await fetch(new URL(path, licenseApi), {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
    return { status: reply.status, json: (await reply.json()) as Record<string, unknown> };
  };
  const date = new Date().toUTCString();
  const signature = signDate(key.sharedKey, date);
  const signed = {
    date,
    authorization: `algorithm="hmac-sha256",headers="date",signature="${signature}",apikey="${key.apiKey}"`,
  };
  const byKey = await call("activate_license", { product, license_key: licenseKey, hardware_id: "hw" }, signed);
  assert.deepEqual([byKey.status, byKey.json["id"], byKey.json["floating_users"]], [200, licenseId, 100]);
  const form = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: oauth.clientId,
    client_secret: oauth.clientSecret,
  });
  const token = (await (await fetch(oauth.tokenUrl, { method: "POST", body: form })).json()) as {
    access_token: string;
  };
  const bearer = { authorization: `Bearer ${token.access_token}` };
  const byUser = await call("activate_license", { ...userProduct, hardware_id: "hw" }, bearer);
  assert.deepEqual([byUser.status, byUser.json["username"]], [200, userProduct.username]);
  assert.equal((await demo.end()).ended, 0);
});

test("[CLI-2] the demo takes its log level from the environment, too", async (t) => {
  const seatkeeper = new Seatkeeper(t, QUIET);
  const loud = await seatkeeper.start(["demo"], { SEATKEEPER_LOG_LEVEL: "info" });
  assert.match((await loud.end()).stderr, /floating server listens/);
});

test("[OPS-2] the demo takes another data folder and leaves the working folder alone", async (t) => {
  const seatkeeper = new Seatkeeper(t, QUIET);
  const elsewhere = seatkeeper.makeFolder("elsewhere");
  const demo = await seatkeeper.start(["demo", "--data-dir", elsewhere]);
  assert.ok(existsSync(join(elsewhere, "demo.json")));
  assert.ok(!existsSync(join(seatkeeper.folder, "data")));
  assert.equal((await demo.end()).ended, 0);
});
