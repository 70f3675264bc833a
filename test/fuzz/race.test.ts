import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { EventRecord } from "../../src/store/store.ts";
import { checkFeature } from "../../src/use-cases/check-out.ts";
import { releaseFeature } from "../../src/use-cases/release.ts";
import { activateDevice } from "../../src/use-cases/vendor/devices/activate-device.ts";
import { admitDevice, blacklistDevice } from "../../src/use-cases/vendor/devices/blacklist-device.ts";
import { deactivateDevice } from "../../src/use-cases/vendor/devices/deactivate-device.ts";
import { cloudTerms, granted, makeIssued, makeProductWith } from "../support/make-products.ts";
import { openVendorStore, type VendorStore } from "../support/vendor-store.ts";
import { Random } from "./random.ts";

const DEVICES = 64;
const SEATS = 3;
const ROUNDS = 12;
const LICENSE = { product: "cad", key: "K-1" };

test("[SEAT-2] 64 devices at once on 3 seats are never more than 3 in them, at any event of the chain", async (t) => {
  const vendor = openVendorStore(t);
  await makeProductWith(vendor, { code: "cad", name: "CAD" }, [
    { code: "export", name: "Export", ...cloudTerms, capacity: SEATS, timeoutMs: 60_000 },
  ]);
  const license = await makeIssued(vendor, LICENSE);
  const random = new Random(1);
  const told = new Map<string, number>();
  const work = async (hardwareId: string) => {
    granted(await activateDevice(vendor, { license: LICENSE, hardwareId, info: {}, isVm: false, variables: {} }));
    let isSeated = false;
    for (let round = 0; round < ROUNDS; round += 1) {
      for (let turns = random.between(0, 3); turns > 0; turns -= 1) await nextTurn();
      if (random.chance(0.05)) vendor.clock.advance(random.between(1, 30_000));
      const outcome = await act(vendor, license.id, hardwareId, random, isSeated);
      isSeated = outcome === "granted" || outcome === "renewed";
      told.set(outcome, (told.get(outcome) ?? 0) + 1);
      const { seats } = await vendor.store.transact({ license: LICENSE, everySeat: true }, (view) => ({
        outcome: view,
        changes: [],
        events: [],
      }));
      assert.ok(seats.length <= SEATS);
    }
  };
  await Promise.all(Array.from({ length: DEVICES }, (_, at) => work(`hw-${at}`)));
  const events = await vendor.store.events(0, 1_000_000);
  assert.equal((await vendor.store.verifyEvents()).brokenAt, null);
  assert.equal(greatestOverlap(events), SEATS);
  for (const outcome of ["granted", "renewed", "floating_not_available", "released", "barred", "off"]) {
    assert.ok((told.get(outcome) ?? 0) >= 5, `${outcome}: ${told.get(outcome)}`);
  }
});

test("[SEAT-2] 64 devices in one turn on 3 seats: three are granted, 61 are told that there is none", async (t) => {
  const vendor = openVendorStore(t);
  await makeProductWith(vendor, { code: "cad", name: "CAD" });
  await makeIssued(vendor, LICENSE);
  const each = Array.from({ length: DEVICES }, (_, at) => `hw-${at}`);
  await Promise.all(
    each.map((hardwareId) =>
      activateDevice(vendor, { license: LICENSE, hardwareId, info: {}, isVm: false, variables: {} }),
    ),
  );
  const outcomes = await Promise.all(each.map((hardwareId) => checkFeature(vendor, "export", asking(hardwareId))));
  const checked = outcomes.map((outcome) => ("refused" in outcome ? outcome.refused : outcome.checkedOut));
  assert.deepEqual(checked, [
    ...Array(SEATS).fill("granted"),
    ...Array(DEVICES - SEATS).fill("floating_not_available"),
  ]);
  assert.equal(greatestOverlap(await vendor.store.events(0, 1_000_000)), SEATS);
  assert.equal((await vendor.store.findLicenses(LICENSE))[0]?.details.timesActivated, DEVICES);
});

function asking(hardwareId: string) {
  return { license: LICENSE, device: hardwareId, holder: hardwareId, borrow: "none", details: {} } as const;
}

/** @returns what became of it, in a word */
async function act(
  vendor: VendorStore,
  licenseId: number,
  hardwareId: string,
  random: Random,
  isSeated: boolean,
): Promise<string> {
  const what = random.weighted([
    [60, "check"],
    [isSeated ? 60 : 5, "release"],
    [5, "bar"],
    [5, "off"],
  ] as const);
  if (what === "check") {
    const outcome = await checkFeature(vendor, "export", asking(hardwareId));
    return "refused" in outcome ? outcome.refused : outcome.checkedOut;
  }
  if (what === "release") {
    const outcome = await releaseFeature(vendor, asking(hardwareId), "export");
    return "refused" in outcome ? outcome.refused : "released";
  }
  if (what === "bar") {
    granted(await blacklistDevice(vendor, licenseId, hardwareId));
    granted(await admitDevice(vendor, licenseId, hardwareId));
    return "barred";
  }
  granted(await deactivateDevice(vendor, LICENSE, hardwareId));
  granted(await activateDevice(vendor, { license: LICENSE, hardwareId, info: {}, isVm: false, variables: {} }));
  return "off";
}

/** How many were in the seats at once, at the most, by what the events tell one after another. */
function greatestOverlap(events: readonly EventRecord[]): number {
  const seated = new Set<string | null>();
  let greatest = 0;
  for (const { kind, holder } of events) {
    if (kind === "seat_granted") {
      assert.ok(!seated.has(holder), `${holder} was granted a second seat`);
      seated.add(holder);
    } else if (kind === "seat_released" || kind === "seat_expired") {
      assert.ok(seated.delete(holder), `${holder} left a seat without being in it`);
    } else if (kind === "seat_renewed") {
      assert.ok(seated.has(holder), `${holder} renewed a seat without being in it`);
    }
    greatest = Math.max(greatest, seated.size);
  }
  return greatest;
}
