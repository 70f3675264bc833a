import type { Instant } from "./instant.ts";
import type { PoolKey } from "./seat.ts";

/** That a holder may not take a seat of a pool again for a while; whoever else may. [HOLD-1] */
export interface Hold extends PoolKey {
  readonly id: number;
  readonly holder: string;
  /** From this moment on it is as if it were not there. */
  readonly until: Instant;
  readonly reason: string | null;
}

/** Until when a pool is held from somebody. @param holds those on one holder of one license; undefined where none is on the pool */
export function heldUntil(holds: readonly Hold[], featureId: number): Instant | undefined {
  // Nearly everybody has none, and this is asked at every check-out.
  if (holds.length === 0) return undefined;
  let latest: Instant | undefined;
  for (const hold of holds) {
    if (hold.featureId === featureId && hold.until > (latest ?? 0)) latest = hold.until;
  }
  return latest;
}
