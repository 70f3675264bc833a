import assert from "node:assert/strict";
import type { Device } from "../../src/domain/device.ts";
import { findFeature, type License } from "../../src/domain/license.ts";
import { LICENSE_POOL, type Seat } from "../../src/domain/seat.ts";
import type { EventRecord, Store } from "../../src/store/store.ts";
import { Invariants } from "./invariants.ts";

/** What the events of a license say of its transfers, told once more. */
interface Transfers {
  count: number;
  /** Devices that left and were not replaced since. */
  vacancies: number;
  /** Whoever was ever active. */
  readonly seen: Set<string>;
  isActivated: boolean;
}

/** How far a number may go: what it is now, or, where the bound was lowered under it, what it was. */
interface Bound {
  readonly count: number;
  readonly most: number;
}

/** What holds for a vendor's licenses, devices and seats whatever was done to them, without asking another store. */
export class VendorInvariants {
  readonly #seats = new Invariants();
  readonly #transfers = new Map<number, Transfers>();
  #bounds = new Map<string, Bound>();
  #lastEvent = 0;

  async check(store: Store): Promise<void> {
    await this.#seats.check(store);
    await this.#follow(store);
    const licenses = new Map((await store.licenses()).map((license) => [license.id, license]));
    const devices = new Map<number, readonly Device[]>();
    for (const id of licenses.keys()) devices.set(id, await store.devices({ licenseId: id }));
    for (const { seat } of await store.seats()) checkSeat(seat, licenses.get(seat.licenseId), devices);
    const bounds = new Map<string, Bound>();
    const ids = new Set<number>();
    for (const [id, license] of licenses) {
      const rows = devices.get(id) ?? [];
      checkRows(license, rows);
      for (const row of rows) ids.add(row.id);
      this.#checkTransfers(license, rows);
      for (const [name, bound] of boundsOf(license, rows)) bounds.set(`${name} of ${id}`, bound);
    }
    assert.equal(ids.size, [...devices.values()].flat().length, "[DEV-1] an id of a device is used twice");
    for (const [name, { count, most }] of bounds) {
      const before = this.#bounds.get(name);
      const allowed = Math.max(most, before?.most ?? 0, before?.count ?? 0);
      assert.ok(count <= allowed, `[DEV-1] ${name} are ${count} of ${allowed}`);
    }
    this.#bounds = bounds;
  }

  async #follow(store: Store): Promise<void> {
    for (const event of await store.events(this.#lastEvent, 1_000_000)) {
      this.#lastEvent = event.id;
      follow(this.#transfers, event);
    }
  }

  /** [DEV-2] [DEV-3] [LIC-8] */
  #checkTransfers({ id, active, details, issued }: License, rows: readonly Device[]): void {
    const told = this.#transfers.get(id);
    assert.ok(told !== undefined && issued !== undefined);
    assert.equal(details.transferCount, told.count, `[DEV-3] transfers of ${id}`);
    assert.equal(issued.vacancies, told.vacancies, `[DEV-3] vacancies of ${id}`);
    assert.equal(active, told.isActivated, `[DEV-2] whether ${id} is active`);
    const inactive = rows.filter((row) => !row.active).length;
    assert.ok(issued.vacancies <= inactive, `[DEV-3] more vacancies than devices that are off ${id}`);
  }
}

function follow(all: Map<number, Transfers>, { kind, licenseId, holder }: EventRecord): void {
  if (kind === "license_deleted") all.delete(licenseId);
  if (kind === "license_issued") {
    all.set(licenseId, { count: 0, vacancies: 0, seen: new Set(), isActivated: false });
  }
  const license = all.get(licenseId);
  if (license === undefined) return;
  if (kind === "license_reset") {
    Object.assign(license, { count: 0, vacancies: 0, seen: new Set(), isActivated: false });
  }
  if (kind === "device_deactivated") license.vacancies += 1;
  if (kind === "device_activated" && holder !== null) {
    if (license.vacancies > 0 && !license.seen.has(holder)) license.count += 1;
    license.vacancies = Math.max(0, license.vacancies - 1);
    license.seen.add(holder);
    license.isActivated = true;
  }
}

function checkSeat(seat: Seat, license: License | undefined, devices: ReadonlyMap<number, readonly Device[]>): void {
  const { licenseId, featureId, holder } = seat;
  const about = `seat of ${holder} on ${licenseId}, feature ${featureId}`;
  assert.ok(license !== undefined, `[LIC-9] ${about}: the license is gone`);
  assert.ok(license.enabled, `[LIC-7] ${about}: the license is disabled`);
  assert.ok(license.active, `[LIC-8] ${about}: the license is not active`);
  const feature = license.features.find(({ id }) => id === featureId);
  assert.ok(featureId === LICENSE_POOL || feature !== undefined, `[LIC-6] ${about}: no such feature`);
  assert.equal(feature, feature && findFeature(license, feature.code));
  const pool = feature ?? license;
  assert.ok(pool.floats.cloud, `[SEAT-8] ${about}: it does not float`);
  const device = devices.get(licenseId)?.find(({ hardwareId }) => hardwareId === holder);
  assert.ok(device?.active, `[DEV-4] ${about}: the device is not active`);
  assert.ok(!device.blacklisted, `[DEV-5] ${about}: the device is barred`);
  assert.equal(seat.neededUntil, 0, `[SEAT-8] ${about}: it is prolonged by another`);
}

/** [DEV-1] [DEV-3] */
function checkRows({ id, details }: License, rows: readonly Device[]): void {
  assert.equal(new Set(rows.map(({ hardwareId }) => hardwareId)).size, rows.length, `two rows of a device on ${id}`);
  assert.equal(details.timesActivated, rows.filter(({ active }) => active).length, `active devices of ${id}`);
  for (const { variables } of rows) {
    assert.equal(new Set(variables.map(({ name }) => name)).size, variables.length, "[DEV-6] two of one name");
  }
}

function boundsOf({ details, issued }: License, rows: readonly Device[]): [name: string, bound: Bound][] {
  const { timesActivated, maxActivations, allowUnlimitedActivations, transferCount, maxTransfers } = details;
  const active = (userId: number) => rows.filter((row) => row.active && row.userId === userId).length;
  return [
    ["activations", { count: timesActivated, most: allowUnlimitedActivations ? Infinity : maxActivations }],
    ["transfers", { count: transferCount, most: maxTransfers === 0 ? Infinity : maxTransfers }],
    ...(issued?.users ?? []).map((user): [string, Bound] => [
      `activations by user ${user.userId}`,
      { count: active(user.userId), most: user.allowUnlimitedActivations ? Infinity : user.maxActivations },
    ]),
  ];
}
