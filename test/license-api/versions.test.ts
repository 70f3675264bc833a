import assert from "node:assert/strict";
import { after, test } from "node:test";
import { DAY_MS } from "../../src/domain/instant.ts";
import { blacklistDevice } from "../../src/use-cases/vendor/devices/blacklist-device.ts";
import { changeLicense } from "../../src/use-cases/vendor/licenses/change-license.ts";
import { disableLicense } from "../../src/use-cases/vendor/licenses/set-license-state.ts";
import {
  addInstallationFile,
  type NewInstallationFile,
} from "../../src/use-cases/vendor/products/add-installation-file.ts";
import { granted, makeIssued, makeProductWith } from "../support/make-products.ts";
import { START } from "../support/test-clock.ts";
import { startVendorServer } from "../support/vendor-server.ts";
import { expectError, expectReply } from "./expect-reply.ts";
import { activeLicense, deviceOf } from "./sample-devices.ts";

const vendor = await startVendorServer({ after });
const { side } = vendor;
await makeProductWith(side, { code: "cad", name: "CAD" });
const day = (count: number) => START - 10 * DAY_MS + count * DAY_MS;
const add = async (version: string, releasedAt: number, more: Partial<NewInstallationFile> = {}) =>
  granted(await addInstallationFile(side, { product: "cad", version, releasedAt, ...more }));
await add("1.0", day(1), {
  environment: "win",
  channel: "stable",
  url: "https://example.com/1.exe",
  md5: "abc",
  size: 7,
});
await add("1.1", day(3), { environment: "win", channel: "beta" });
await add("2.0", day(2), { environment: "mac", channel: "stable" });
await add("hidden", day(4), { enabled: false });
await makeProductWith(side, { code: "bare", name: "Bare" });

const list = (query: object) => vendor.get("/versions", { ...query });
const file = (query: object) => vendor.get("/installation_file", { ...query });
const names = (versions: readonly { version: string }[]) => versions.map(({ version }) => version);

test("[FILE-10] versions are listed with the newest first, of one environment or channel where asked", async () => {
  const device = deviceOf(await activeLicense(vendor, { product: "cad" }));
  const all = await expectReply(vendor, "versions", await list(device));
  assert.deepEqual(all[0], { version: "1.1", release_date: new Date(day(3)).toISOString() });
  assert.deepEqual(names(all), ["1.1", "2.0", "1.0"]);
  const choices = [
    [{ env: "win" }, ["1.1", "1.0"]],
    [{ channel: "stable" }, ["2.0", "1.0"]],
    [{ env: "mac", channel: "beta" }, []],
    [{ version: "1.0" }, ["1.0"]],
  ] as const;
  for (const [filter, expected] of choices) {
    assert.deepEqual(names(await expectReply(vendor, "versions", await list({ ...device, ...filter }))), expected);
  }
});

test("[FILE-10] a version's file is shown, or the newest where none is named", async () => {
  const device = deviceOf(await activeLicense(vendor, { product: "cad" }));
  const named = await expectReply(vendor, "installationFile", await file({ ...device, version: "1.0" }));
  assert.deepEqual(named, {
    version: "1.0",
    installation_file: "https://example.com/1.exe",
    release_date: new Date(day(1)).toISOString(),
    hash_md5: "abc",
    requires_version: "",
    environment: "win",
    eula_link: "",
    release_notes_link: "",
    size: 7,
    channel: "stable",
  });
  const newest = await expectReply(vendor, "installationFile", await file({ ...device, channel: "stable" }));
  assert.equal(newest.version, "2.0");
});

test("[FILE-10] what was released after the end of maintenance, or else of validity, is not there", async () => {
  const maintained = await activeLicense(vendor, { product: "cad", terms: { maintenanceUntil: day(2) } });
  const device = deviceOf(maintained);
  assert.deepEqual(names(await expectReply(vendor, "versions", await list(device))), ["2.0", "1.0"]);
  expectError(await file({ ...device, version: "1.1" }), "version_not_found");
  const expired = await activeLicense(vendor, { product: "cad" });
  granted(await changeLicense(side, expired.id, { terms: { validUntil: day(1) } }));
  assert.deepEqual(names(await expectReply(vendor, "versions", await list(deviceOf(expired)))), ["1.0"]);
});

test("[FILE-10] a version that is not there is version_not_found; a product without versions has an empty list", async () => {
  const device = deviceOf(await activeLicense(vendor, { product: "cad" }));
  for (const version of ["hidden", "0.1"]) {
    expectError(await file({ ...device, version }), "version_not_found");
    expectError(await list({ ...device, version }), "version_not_found");
  }
  const bare = deviceOf(await activeLicense(vendor, { product: "bare" }));
  assert.deepEqual(await expectReply(vendor, "versions", await list(bare)), []);
  expectError(await file(bare), "version_not_found");
});

test("[FILE-10] versions are for active devices of active licenses", async () => {
  const never = deviceOf(await makeIssued(side, { product: "cad" }));
  const barred = await activeLicense(vendor, { product: "cad" });
  granted(await blacklistDevice(side, barred.id, "hw-1"));
  const disabled = await activeLicense(vendor, { product: "cad" });
  granted(await disableLicense(side, disabled.id));
  for (const ask of [list, file]) {
    expectError(await ask(never), "active_license_required");
    expectError(await ask(deviceOf(barred)), "blacklisted");
    expectError(await ask(deviceOf(barred, "hw-2")), "device_not_found");
    expectError(await ask(deviceOf(disabled)), "license_not_enabled");
    expectError(await ask({ ...never, license_key: "none" }), "license_not_found");
    expectError(await ask({ ...never, product: "none" }), "unknown_product");
  }
});
