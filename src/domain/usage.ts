import type { Counter } from "./counter.ts";
import type { Instant } from "./instant.ts";

/** What is used of a license at one moment. */
export interface Usage {
  readonly now: Instant;
  /** Live seats by feature id; `LICENSE_POOL` is the license's own. */
  readonly inUse: ReadonlyMap<number, number>;
  /** Counters by feature id, as stored. */
  readonly counters: ReadonlyMap<number, Counter>;
}
