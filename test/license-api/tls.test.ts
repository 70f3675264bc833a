import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { request } from "node:https";
import { join } from "node:path";
import { test } from "node:test";
import pino from "pino";
import { type Config, optionNames, options } from "../../src/config/options.ts";
import { startDemo } from "../../src/demo/start-demo.ts";
import { Fault } from "../../src/fault.ts";
import { startVendor } from "../../src/sides/vendor-side.ts";
import { selfSigned } from "../support/self-signed.ts";
import { useTempFolder } from "../support/temp-folder.ts";

const log = pino({ level: "silent" });

/** Settings of a vendor that speaks TLS with the files in the folder. */
function tlsConfig(folder: string, changes: Partial<Config> = {}): Config {
  const [certFile, keyFile] = [join(folder, "cert.pem"), join(folder, "key.pem")];
  writeFileSync(certFile, selfSigned.cert);
  writeFileSync(keyFile, selfSigned.key);
  return {
    ...(Object.fromEntries(optionNames.map((name) => [name, options[name].default])) as Config),
    "data-dir": folder,
    "license-api.port": 0,
    "management.port": 0,
    "floating-server.port": 0,
    "license-api.tls-cert-file": certFile,
    "license-api.tls-key-file": keyFile,
    ...changes,
  };
}

/** The JSON at an address whose certificate must be the one that the listener was given. */
async function getTrusted(url: string) {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const trust = { ca: selfSigned.cert, servername: "licenses.example", agent: false };
  request(url, trust, async (reply) => resolve(Buffer.concat(await Array.fromAsync(reply)).toString()))
    .on("error", reject)
    .end();
  return JSON.parse(await promise);
}

test("[SIGN-5] a listener with a certificate speaks HTTPS, and says so in the addresses it publishes", async (t) => {
  const vendor = await startVendor(tlsConfig(useTempFolder(t)), { log });
  t.after(() => vendor.close());
  assert.match(vendor.url, /^https:/);
  const { api_base_url, endpoints } = await getTrusted(`${vendor.url}/api/v4/.well-known`);
  assert.equal(api_base_url, `${vendor.url}/api/v4`);
  for (const { url } of endpoints) assert.ok(url.startsWith(`${vendor.url}/`), url);
  await assert.rejects(fetch(vendor.url.replace("https:", "http:")), "plain HTTP gets no answer");
});

test("[OPS-2] the demo brings its floating server a license over TLS, too", async (t) => {
  const demo = await startDemo(tlsConfig(useTempFolder(t)), { log });
  t.after(() => demo.close());
  assert.match(demo.description.licenseApi, /^https:/);
  const { floatingLicenseId: licenseId } = demo.description;
  assert.equal((await demo.floating.store.findLicenses({ licenseId })).length, 1);
});

for (const [what, changes] of [
  ["a key that is no key", (folder: string) => ({ "license-api.tls-key-file": join(folder, "cert.pem") })],
  ["a certificate that is none", (folder: string) => ({ "license-api.tls-cert-file": join(folder, "key.pem") })],
  ["a certificate without a key", () => ({ "license-api.tls-key-file": undefined })],
  ["a file that is not there", (folder: string) => ({ "license-api.tls-key-file": join(folder, "none.pem") })],
] as const satisfies readonly (readonly [string, (folder: string) => Partial<Config>])[]) {
  test(`[CLI-1] ${what} is a setting that cannot be, and the sentence names it`, async (t) => {
    const folder = useTempFolder(t);
    const started = startVendor(tlsConfig(folder, changes(folder)), { log });
    t.after(async () => (await started.catch(() => undefined))?.close());
    await assert.rejects(
      started,
      (error) =>
        error instanceof Fault && error.code === "config_invalid" && error.message.includes("license-api.tls-"),
    );
  });
}

for (const url of ["licenses.example.com", "ftp://licenses.example.com", "https://"]) {
  test(`[CLI-1] ${url} is no address that clients reach an API under`, async (t) => {
    const started = startVendor(tlsConfig(useTempFolder(t), { "license-api.public-url": url }), { log });
    t.after(async () => (await started.catch(() => undefined))?.close());
    await assert.rejects(started, /license-api\.public-url must be an address/);
  });
}
