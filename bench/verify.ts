import { LICENSE_POOL } from "../src/domain/seat.ts";
import { openSqliteStore } from "../src/store/sqlite/open-sqlite-store.ts";

/**
 * Looks at what a stopped server left in its database: no pool over its capacity, the chain of events whole, and
 * exactly the seats that were filled in, because every pair gave its seat back.
 *
 * @param seats feature seats that must be there, each with a license seat of its holder
 * @returns a sentence about what was found @throws Error that says what is wrong
 */
export async function verifyDatabase(file: string, seats: number): Promise<string> {
  const store = openSqliteStore(file);
  try {
    const inUse = new Map<string, number>();
    let featureSeats = 0;
    let licenseSeats = 0;
    for (const { seat } of await store.seats()) {
      const pool = `${seat.licenseId} ${seat.featureId}`;
      inUse.set(pool, (inUse.get(pool) ?? 0) + 1);
      if (seat.featureId === LICENSE_POOL) licenseSeats += 1;
      else featureSeats += 1;
    }
    for (const license of await store.licenses()) {
      for (const { id, capacity } of [{ id: LICENSE_POOL, capacity: license.capacity }, ...license.features]) {
        const pool = `${license.id} ${id}`;
        const held = inUse.get(pool) ?? 0;
        if (held > capacity) throw new Error(`pool ${pool} has ${held} seats of ${capacity}`);
        inUse.delete(pool);
      }
    }
    if (inUse.size > 0) throw new Error(`${inUse.size} pools have seats and no license`);
    if (featureSeats !== seats || licenseSeats !== seats) {
      throw new Error(`${featureSeats} feature seats and ${licenseSeats} license seats are left, not ${seats} of each`);
    }
    const chain = await store.verifyEvents();
    if (chain.brokenAt !== null) throw new Error(`the chain of events is broken at ${chain.brokenAt}`);
    return `${featureSeats} seats as filled, no pool over its capacity, chain of ${chain.events} events whole`;
  } finally {
    await store.close();
  }
}
