import { LICENSE_POOL } from "../src/domain/seat.ts";
import { openSqliteStore } from "../src/store/sqlite/open-sqlite-store.ts";

/** How many seats a server must leave. */
export interface SeatsLeft {
  readonly featureSeats: number;
  readonly licenseSeats: number;
}

/**
 * Looks at what a stopped server left in its database: no pool over its capacity, the chain of events whole, and
 * exactly the seats that were filled in, because every pair gave its seat back.
 *
 * @returns a sentence about what was found @throws Error that says what is wrong
 */
export async function verifyDatabase(file: string, wanted: SeatsLeft): Promise<string> {
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
    if (featureSeats !== wanted.featureSeats || licenseSeats !== wanted.licenseSeats) {
      const filled = `${wanted.featureSeats} and ${wanted.licenseSeats}`;
      throw new Error(`${featureSeats} feature seats and ${licenseSeats} license seats are left, not ${filled}`);
    }
    const chain = await store.verifyEvents();
    if (chain.brokenAt !== null) throw new Error(`the chain of events is broken at ${chain.brokenAt}`);
    return `${featureSeats} seats as filled, no pool over its capacity, chain of ${chain.events} events whole`;
  } finally {
    await store.close();
  }
}
