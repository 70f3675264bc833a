import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import { LicenseClient } from "../../client/src/index.ts";
import { DemoProcess } from "../support/demo-process.ts";

const demo = await DemoProcess.start({ after });
const { licenseApi, apiKey, sharedKey, product, oauth } = demo.description;
const licenseKey = demo.description.licenseKey ?? "";
const publicKey = readFileSync(demo.description.publicKeyFile, "utf8");
// Nothing listens there: this device has no network.
const device = { url: "http://127.0.0.1:1", product, licenseKey, publicKey };

/** Carries a file to the vendor. @returns what comes back */
async function carry(path: string, file: string): Promise<string> {
  const headers = { "content-type": "text/plain" };
  const reply = await fetch(new URL(path, licenseApi), { method: "POST", headers, body: file });
  assert.equal(reply.status, 200);
  return reply.text();
}

for (const [name, credentials] of [
  ["an API key", { apiKey, sharedKey }],
  ["an OAuth client", { oauth }],
] as const) {
  test(`[CLIENT-8] a device without a network is activated and deactivated by files, by ${name}`, async () => {
    const client = new LicenseClient({ ...device, ...credentials, hardwareId: `hw of ${name}` });
    const { file, requestId } = client.activationRequest();
    const answer = await carry("activate_offline", file);
    const read = client.readLicenseFile(answer, requestId);
    assert.deepEqual([read.kind, read.requestId, read.license.license_key], ["answer", requestId, licenseKey]);
    assert.equal(read.license.product_features.length, 3);
    assert.ok(Math.abs(read.issuedAt.getTime() - Date.now()) < 60_000);
    assert.deepEqual(client.readLicenseFile(Buffer.from(answer).toString("base64")), read);
    const gone = await carry("deactivate_offline", client.deactivationRequest({ consumptions: 2 }).file);
    assert.equal(gone, '"license_deactivated"');
  });
}

test("[CLIENT-8] a file that was changed, or is another's, is refused, and the check is named", async () => {
  const client = new LicenseClient({ ...device, apiKey, sharedKey, hardwareId: "hw-1" });
  const { file, requestId } = client.activationRequest();
  const answer = await carry("activate_offline", file);
  const refuses = (text: string, check: RegExp, of = client, id = requestId) =>
    assert.throws(() => of.readLicenseFile(text, id), { code: "license_file_invalid", message: check });
  refuses(answer.replace('"floating_users":100', '"floating_users":999'), /^signature: /);
  refuses(answer.slice(0, -5), /^json: /);
  refuses("not base64!", /^base64: /);
  refuses("a".repeat(1_048_577), /^size: /);
  refuses(answer, /^request_id: /, client, "another");
  const elsewhere = new LicenseClient({ ...device, apiKey, sharedKey, hardwareId: "hw-2" });
  assert.throws(() => elsewhere.readLicenseFile(answer), { code: "hardware_id_mismatch" });
  const other = new LicenseClient({ ...device, apiKey, sharedKey, product: "other", hardwareId: "hw-1" });
  refuses(answer, /^product: /, other);
  // A reply over the network is signed by the same key.
  const online = new LicenseClient({ ...device, url: licenseApi, apiKey, sharedKey, hardwareId: "hw-1" });
  refuses(JSON.stringify(await online.check()), /^signature: /);
});
