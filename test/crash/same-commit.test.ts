import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { openSqliteStore } from "../../src/store/sqlite/open-sqlite-store.ts";
import { checkFeature, checkLicense, checkOutFeature } from "../../src/use-cases/check-out.ts";
import { consumeLicense } from "../../src/use-cases/consume.ts";
import { activateDevice } from "../../src/use-cases/vendor/devices/activate-device.ts";
import { blacklistDevice } from "../../src/use-cases/vendor/devices/blacklist-device.ts";
import { deactivateDevice } from "../../src/use-cases/vendor/devices/deactivate-device.ts";
import { deleteLicense, disableLicense, resetLicense } from "../../src/use-cases/vendor/licenses/set-license-state.ts";
import { copyDatabase, readCommits, readRows } from "../support/database-files.ts";
import { makeConsumption } from "../support/make-license.ts";
import { cloudTerms, granted, makeIssued, makeProductWith } from "../support/make-products.ts";
import { TestClock } from "../support/test-clock.ts";
import { openVendorStore, type VendorStore } from "../support/vendor-store.ts";

const DEVICES = ["hw-1", "hw-2"] as const;
const LICENSES = ["K-1", "K-2"] as const;

/** Two licenses with two devices each, every device in every seat it can have, one of them borrowed; something used. */
async function startVendor(t: TestContext): Promise<VendorStore & { readonly licenseId: number }> {
  const vendor = openVendorStore(t);
  const floating = { ...cloudTerms, capacity: 5 };
  await makeProductWith(vendor, { code: "cad", name: "CAD" }, [
    { code: "render", name: "Render", ...floating },
    { code: "export", name: "Export", ...floating },
  ]);
  let licenseId = 0;
  for (const key of LICENSES) {
    const terms = { ...floating, type: "consumption", consumption: makeConsumption() } as const;
    const issued = await makeIssued(vendor, { product: "cad", key, terms });
    if (key === "K-1") licenseId = issued.id;
    for (const device of DEVICES) {
      const license = { product: "cad", key };
      const asking = { license, device, holder: device, borrow: "none", details: {} } as const;
      granted(await activateDevice(vendor, { license, hardwareId: device, info: {}, isVm: false, variables: {} }));
      granted(await checkFeature(vendor, "render", asking));
      granted(await checkOutFeature(vendor, "export", { ...asking, borrow: "longest" }));
      granted(await checkLicense(vendor, asking));
      granted(await consumeLicense(vendor, asking, { amount: 2, replyKey: device }));
    }
  }
  return { ...vendor, licenseId };
}

interface Act {
  readonly name: string;
  readonly rule: string;
  run(vendor: VendorStore, licenseId: number): Promise<object>;
  /** Whose seats on the first license stay. */
  readonly staying: readonly string[];
  /** What the commit leaves of the first license, its devices and counters. */
  readonly left: Left;
}

interface Left {
  readonly license: { enabled: boolean; active: boolean; timesActivated: number } | undefined;
  readonly devices: readonly string[];
  readonly total: number | undefined;
  readonly replies: number;
}

const license = { enabled: true, active: true, timesActivated: 2 };
const devices = ["hw-1 active", "hw-2 active"];

const acts: readonly Act[] = [
  {
    name: "deactivating a device",
    rule: "DEV-4",
    run: (vendor) => deactivateDevice(vendor, { product: "cad", key: "K-1" }, "hw-1", 3),
    staying: ["hw-2"],
    left: {
      license: { ...license, timesActivated: 1 },
      devices: ["hw-1 off", "hw-2 active"],
      total: 7,
      replies: 2,
    },
  },
  {
    name: "barring a device",
    rule: "DEV-5",
    run: (vendor, licenseId) => blacklistDevice(vendor, licenseId, "hw-1"),
    staying: ["hw-2"],
    left: { license, devices: ["hw-1 active barred", "hw-2 active"], total: 4, replies: 2 },
  },
  {
    name: "disabling a license",
    rule: "LIC-7",
    run: disableLicense,
    staying: [],
    left: { license: { ...license, enabled: false }, devices, total: 4, replies: 2 },
  },
  {
    name: "resetting a license",
    rule: "LIC-8",
    run: resetLicense,
    staying: [],
    left: {
      license: { enabled: true, active: false, timesActivated: 0 },
      devices: ["hw-1 off", "hw-2 off"],
      total: undefined,
      replies: 2,
    },
  },
  {
    name: "deleting a license",
    rule: "LIC-9",
    run: deleteLicense,
    staying: [],
    left: { license: undefined, devices: [], total: undefined, replies: 0 },
  },
];

/** What a database file says of a license, read beside the program. */
function leftIn(file: string, licenseId: number): Left {
  const [row] = readRows(file, "SELECT document FROM license WHERE id = ?", licenseId);
  const found = row && JSON.parse(row["document"] as string);
  const rows = readRows(file, "SELECT document FROM device WHERE license_id = ? ORDER BY id", licenseId);
  const counters = readRows(file, "SELECT total FROM counter WHERE license_id = ?", licenseId);
  return {
    license: found && {
      enabled: found.enabled,
      active: found.active,
      timesActivated: found.details.timesActivated,
    },
    devices: rows.map((each) => {
      const { hardwareId, active, blacklisted } = JSON.parse(each["document"] as string);
      return `${hardwareId} ${active ? "active" : "off"}${blacklisted ? " barred" : ""}`;
    }),
    total: counters[0]?.["total"] as number | undefined,
    replies: readRows(file, "SELECT key FROM kept_reply WHERE license_id = ?", licenseId).length,
  };
}

const holders = (file: string, where: string, licenseId: number) =>
  readRows(file, `SELECT DISTINCT holder FROM seat WHERE license_id ${where} ? ORDER BY holder`, licenseId).map(
    (row) => row["holder"],
  );

for (const { name, rule, run, staying, left } of acts) {
  test(`[${rule}] ${name} is one commit, which ends the seats as well, and is on the disk when it is answered`, async (t) => {
    const vendor = await startVendor(t);
    const { file, folder, licenseId } = vendor;
    const commits = readCommits(file);
    const others = readRows(file, "SELECT * FROM seat WHERE license_id <> ? ORDER BY id", licenseId);
    assert.equal(readRows(file, "SELECT id FROM seat WHERE license_id = ?", licenseId).length, 6);
    granted(await run(vendor, licenseId));
    // In the very turn of the answer, as a cut of the power would leave it.
    const copy = join(folder, "copy.db");
    copyDatabase(file, copy);
    assert.equal(readCommits(file), commits + 1);
    const asDied = openSqliteStore(copy, { clock: new TestClock() });
    t.after(() => asDied.close());
    for (const each of [file, copy]) {
      assert.deepEqual(leftIn(each, licenseId), left);
      assert.deepEqual(holders(each, "=", licenseId), staying);
      assert.deepEqual(readRows(each, "SELECT * FROM seat WHERE license_id <> ? ORDER BY id", licenseId), others);
    }
    for (const store of [vendor.store, asDied]) {
      const seats = (await store.seats(licenseId)).map(({ seat }) => seat.holder);
      assert.deepEqual([...new Set(seats)], staying);
      assert.equal((await store.verifyEvents()).brokenAt, null);
    }
  });
}

test("[STORE-2] acts of one turn that end each other's seats share one commit", async (t) => {
  const vendor = await startVendor(t);
  const { file, licenseId } = vendor;
  const commits = readCommits(file);
  const asking = { license: { product: "cad", key: "K-1" }, device: "hw-1", holder: "hw-1" };
  const check = () => checkFeature(vendor, "render", { ...asking, borrow: "none", details: {} });
  const outcomes = await Promise.all([
    check(),
    blacklistDevice(vendor, licenseId, "hw-1"),
    check(),
    disableLicense(vendor, licenseId),
    check(),
    deleteLicense(vendor, licenseId),
    check(),
  ]);
  assert.deepEqual(
    outcomes.map((outcome) => ("refused" in outcome ? outcome.refused : "done")),
    ["done", "done", "blacklisted", "done", "license_not_enabled", "done", "license_not_found"],
  );
  assert.equal(readCommits(file), commits + 1);
  assert.deepEqual(holders(file, "=", licenseId), []);
});
