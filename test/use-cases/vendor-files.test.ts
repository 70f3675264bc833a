import assert from "node:assert/strict";
import { createPublicKey } from "node:crypto";
import { after, test } from "node:test";
import { readLicenseFile } from "../../src/license-file/read-license-file.ts";
import { blacklistDevice } from "../../src/use-cases/vendor/devices/blacklist-device.ts";
import { rotateSigningKey } from "../../src/use-cases/vendor/keys/rotate-signing-key.ts";
import { changeLicense } from "../../src/use-cases/vendor/licenses/change-license.ts";
import { inspectRequest } from "../../src/use-cases/vendor/offline/inspect-request.ts";
import { writeRefreshFile } from "../../src/use-cases/vendor/offline/write-refresh-file.ts";
import { readLicense } from "../../src/wire/read-license.ts";
import { cloudTerms, granted, makeIssued, makeProductWith } from "../support/make-products.ts";
import { sendRequest, signRequest, writeTestRequest } from "../support/offline-requests.ts";
import { startVendorServer } from "../support/vendor-server.ts";

const vendor = await startVendorServer({ after });
const { side } = vendor;
await makeProductWith(side, { code: "cad", name: "CAD" });

async function activeLicense() {
  const terms = { ...cloudTerms, floats: { onPremise: true, cloud: false }, capacity: 5 };
  const license = await makeIssued(side, { product: "cad", terms });
  const request = writeTestRequest(vendor, { licenseKey: license.details.key ?? "" });
  return { license, request, answer: await sendRequest(vendor, request) };
}

function read(text: string, hardwareId = "sk-1") {
  const trustedKeys = side.keys.publicKeys.map((pem) => createPublicKey(pem));
  const file = readLicenseFile(text, { trustedKeys, hardwareId });
  if ("problem" in file) assert.fail(`${file.check}: ${file.problem}`);
  const license = readLicense(file.object);
  if ("problem" in license) assert.fail(license.problem);
  return { ...file, license };
}

test("[FILE-1] a refresh holds the license as it is now, its date grows, and nothing is kept of it", async () => {
  const { license, answer } = await activeLicense();
  granted(await changeLicense(side, license.id, { terms: { capacity: 9 } }));
  const before = (await side.store.events(0, -1)).length;
  let issuedAt = read(answer.text).file.issuedAt;
  for (let refreshes = 0; refreshes < 3; refreshes += 1) {
    vendor.clock.advance(1_000);
    const refresh = read(granted(await writeRefreshFile(side, license.id, "sk-1")).file);
    assert.deepEqual([refresh.kind, refresh.requestId, refresh.license.capacity], ["refresh", undefined, 9]);
    assert.ok(refresh.file.issuedAt > issuedAt);
    for (const name of ["request", "request_id", "date", "offline_signature"])
      assert.ok(!(name in refresh.object), name);
    issuedAt = refresh.file.issuedAt;
  }
  assert.equal((await side.store.events(0, -1)).length, before);
});

test("[FILE-1] a vendor's clock set back makes no refresh older than the one before", async () => {
  const { license } = await activeLicense();
  const first = read(granted(await writeRefreshFile(side, license.id, "sk-1")).file).file.issuedAt;
  vendor.clock.setWall(vendor.clock.wall() - 3_600_000);
  const second = read(granted(await writeRefreshFile(side, license.id, "sk-1")).file).file.issuedAt;
  vendor.clock.setWall(vendor.clock.wall() + 3_600_000);
  assert.ok(second >= first);
});

test("[FILE-1] there is a refresh for a device that is active on the license, and for no other", async () => {
  const { license } = await activeLicense();
  const unknown = { refused: "device_not_found", about: "hardwareId: device sk-2" };
  assert.deepEqual(await writeRefreshFile(side, license.id, "sk-2"), unknown);
  assert.deepEqual(await writeRefreshFile(side, 7, "sk-1"), { refused: "license_not_found" });
  granted(await blacklistDevice(side, license.id, "sk-1"));
  assert.deepEqual(await writeRefreshFile(side, license.id, "sk-1"), { refused: "blacklisted" });
});

test("[SIGN-5] after a rotation files are signed with the new key, which is published", async (t) => {
  const other = await startVendorServer(t);
  await makeProductWith(other.side, { code: "cad", name: "CAD" });
  const license = await makeIssued(other.side, { product: "cad" });
  const old = other.side.keys.publicKeys[0] ?? "";
  await rotateSigningKey(other.side, other.side.keys);
  const request = writeTestRequest(other, { licenseKey: license.details.key ?? "" });
  const text = (await sendRequest(other, request)).text;
  const isGood = (pem: string) =>
    !("problem" in readLicenseFile(text, { trustedKeys: [createPublicKey(pem)], hardwareId: "sk-1" }));
  assert.deepEqual([isGood(old), isGood(other.side.keys.publicKeys[0] ?? "")], [false, true]);
});

test("[FILE-8] a request is shown without being answered: what it asks for, and whether it was answered before", async () => {
  const { license, request } = await activeLicense();
  const fresh = writeTestRequest(vendor, { licenseKey: license.details.key ?? "", hardwareId: "sk-9", password: "pw" });
  const before = (await side.store.events(0, -1)).length;
  const shown = granted(await inspectRequest(side, fresh));
  if ("problem" in shown) assert.fail(shown.problem);
  assert.deepEqual(
    [shown.content.request, shown.content.hardwareId, shown.license?.id, shown.device, shown.isAnswered],
    ["activation", "sk-9", license.id, undefined, false],
  );
  assert.ok(!JSON.stringify(shown.content).includes("pw"));
  const answered = granted(await inspectRequest(side, request));
  if ("problem" in answered) assert.fail(answered.problem);
  assert.deepEqual([answered.isAnswered, answered.device?.hardwareId, answered.device?.active], [true, "sk-1", true]);
  const unknown = granted(await inspectRequest(side, writeTestRequest(vendor, { licenseKey: "nothing" })));
  if ("problem" in unknown) assert.fail(unknown.problem);
  assert.equal(unknown.license, undefined);
  assert.equal((await side.store.events(0, -1)).length, before);
  assert.equal((await sendRequest(vendor, fresh)).status, 200, "and it can still be answered");
});

test("[HMAC-5] a request that is not believed shows nothing but why", async () => {
  const forged = writeTestRequest(vendor, { licenseKey: "K" }, { ...vendor.key, sharedKey: "guess" });
  assert.deepEqual(await inspectRequest(side, forged), { refused: "signature_mismatch" });
  const nobody = writeTestRequest(vendor, { licenseKey: "K" }, { apiKey: "nobody", sharedKey: "x" });
  assert.deepEqual(await inspectRequest(side, nobody), { refused: "invalid_api_key" });
  const broken = await inspectRequest(side, "?");
  assert.equal("check" in broken && broken.check, "base64");
  const fields = {
    request: "activation",
    request_id: "1",
    date: "x",
    product: "cad",
    hardware_id: "h",
    license_id: "x",
  };
  const odd = signRequest({ ...fields, api_key: vendor.key.apiKey }, vendor.key);
  const problem = await inspectRequest(side, odd);
  assert.match("problem" in problem ? problem.problem : "", /license_id/);
});
