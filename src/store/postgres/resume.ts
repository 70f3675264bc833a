import type { Decide } from "../../domain/decision.ts";
import { extendSeats } from "../../domain/downtime.ts";
import type { Instant } from "../../domain/instant.ts";
import { LICENSE_POOL } from "../../domain/seat.ts";
import { Decider } from "./decider.ts";
import { openDecidingPool } from "./pool.ts";
import { type Node, type Request, requestOf } from "./transaction.ts";

/** There may be a million seats, and nothing else is decided meanwhile. */
const RESUME_WITHIN_MS = 600_000;

/** Gives the seats that were live back the time that no node was alive, all in one transaction with the new stamp. [TIME-5] */
export async function resume(url: string, node: Node, stoppedAt: Instant): Promise<void> {
  if (stoppedAt === 0) return;
  const pool = openDecidingPool(url, 2, RESUME_WITHIN_MS);
  try {
    const { rows } = await pool.query("SELECT license_id FROM chain WHERE pools <> '{}' ORDER BY license_id");
    const requests = rows.map((row) => extension(row["license_id"] as number, stoppedAt));
    if (requests.length === 0) return;
    const results = await new Decider(pool, node, () => {}).decide(requests);
    for (const result of results) if ("error" in result) throw result.error;
  } finally {
    await pool.end();
  }
}

function extension(licenseId: number, stoppedAt: Instant): Request {
  const decide: Decide<undefined> = ({ license, seats, now }) => {
    const extended = license === undefined ? [] : extendSeats(license, seats, stoppedAt, now);
    const data = { seats: extended.length, downMs: now - stoppedAt };
    return {
      outcome: undefined,
      changes: extended.map((seat) => ({ change: "put_seat", seat })),
      events: extended.length === 0 ? [] : [{ kind: "seats_extended", licenseId, featureId: LICENSE_POOL, data }],
    };
  };
  return requestOf({ license: { licenseId }, everySeat: true }, decide, "resume");
}
