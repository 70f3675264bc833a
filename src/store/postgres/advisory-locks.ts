/*
 * Advisory locks of one database, beside those that `TAKE_EVENT_IDS` takes. Numbers begin with 0x5EA8, so that they meet
 * nobody else's.
 */

import { hash } from "node:crypto";

const lock = (number: number) => String((0x5ea8n << 48n) + BigInt(number));

/** Held by one node while it brings the schema to the newest version. */
export const MIGRATING = lock(1);
/** Shared by every transaction that decides something; held alone by who needs a moment in which none is under way. */
export const DECIDING = lock(2);
/** Shared by every node that is alive; held alone by the first one, while it gives seats the time of an outage back. */
export const ALIVE = lock(3);

/** Held by the node that does a job that only one may do at a time. */
export function jobLock(job: string): string {
  return lock(2 ** 32 + Number.parseInt(hash("sha256", job, "hex").slice(0, 8), 16));
}
