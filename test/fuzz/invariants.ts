import assert from "node:assert/strict";
import type { License } from "../../src/domain/license.ts";
import { LICENSE_POOL, type Seat } from "../../src/domain/seat.ts";
import type { Store } from "../../src/store/store.ts";

/** What holds for the live seats of a store whatever was done to it, without asking another store. */
export class Invariants {
  #before = new Map<string, number>();
  #capacities = new Map<string, number>();
  #lastId = 0;

  async check(store: Store): Promise<void> {
    const seats = (await store.seats()).map((record) => record.seat);
    const licenses = await store.licenses();
    this.#checkPools(seats, licenses);
    checkIdentities(seats);
    checkLicenseSeats(seats, licenses);
    const taken = seats.filter((seat) => seat.id > this.#lastId);
    assert.equal(new Set(seats.map(({ id }) => id)).size, seats.length, "[STORE-8] an id is used twice");
    this.#lastId = Math.max(this.#lastId, ...taken.map(({ id }) => id));
  }

  /** [SEAT-2] No pool grows past its capacity, that of now or of the last time. It may be past it already. */
  #checkPools(seats: readonly Seat[], licenses: readonly License[]): void {
    const capacities = new Map<string, number>();
    for (const license of licenses) {
      capacities.set(`${license.id} ${LICENSE_POOL}`, license.capacity);
      for (const feature of license.features) capacities.set(`${license.id} ${feature.id}`, feature.capacity);
    }
    const counts = new Map<string, number>();
    for (const { licenseId, featureId } of seats) {
      const pool = `${licenseId} ${featureId}`;
      counts.set(pool, (counts.get(pool) ?? 0) + 1);
    }
    for (const [pool, count] of counts) {
      const capacity = Math.max(capacities.get(pool) ?? 0, this.#capacities.get(pool) ?? 0);
      const most = Math.max(capacity, this.#before.get(pool) ?? 0);
      assert.ok(count <= most, `[SEAT-2] pool ${pool} has ${count} seats of ${most}`);
    }
    this.#before = counts;
    this.#capacities = capacities;
  }
}

function checkIdentities(seats: readonly Seat[]): void {
  const identities = seats.map(({ licenseId, featureId, holder }) => `${licenseId} ${featureId} ${holder}`);
  assert.equal(new Set(identities).size, seats.length, "[SEAT-1] a holder has two seats of one pool");
}

function checkLicenseSeats(seats: readonly Seat[], licenses: readonly License[]): void {
  const floating = new Set(licenses.filter(({ floats }) => floats.onPremise).map(({ id }) => id));
  const needed = new Map<string, number>();
  for (const { licenseId, featureId, holder, endsAt } of seats) {
    if (featureId === LICENSE_POOL || !floating.has(licenseId)) continue;
    const user = `${licenseId} ${holder}`;
    needed.set(user, Math.max(needed.get(user) ?? 0, endsAt));
  }
  const onLicense = seats.filter(({ featureId }) => featureId === LICENSE_POOL);
  const held = new Map(onLicense.map((seat) => [`${seat.licenseId} ${seat.holder}`, seat]));
  for (const [user, endsAt] of needed) {
    const seat = held.get(user);
    assert.ok(seat !== undefined, `[SEAT-6] ${user} has feature seats and no license seat`);
    assert.ok(seat.endsAt >= endsAt, `[SEAT-6] the license seat of ${user} ends ${endsAt - seat.endsAt} ms too early`);
  }
}
