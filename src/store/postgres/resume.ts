import { extendSeats } from "../../domain/downtime.ts";
import type { Instant } from "../../domain/instant.ts";
import { LICENSE_POOL } from "../../domain/seat.ts";
import { Decider } from "./decider.ts";
import { openPool } from "./pool.ts";
import type { Node, Request } from "./transaction.ts";

/** There may be a million seats, and nothing else is decided meanwhile. */
const RESUME_WITHIN_MS = 600_000;

/** Gives the seats that were live back the time that no node was alive, all in one transaction with the new stamp. [TIME-5] */
export async function resume(url: string, node: Node, stoppedAt: Instant): Promise<void> {
  if (stoppedAt === 0) return;
  const pool = openPool(url, 2, RESUME_WITHIN_MS);
  try {
    const { rows } = await pool.query("SELECT DISTINCT license_id FROM pool WHERE seats > 0 ORDER BY license_id");
    const requests = rows.map((row) => extension(row["license_id"] as number, stoppedAt));
    if (requests.length === 0) return;
    const results = await new Decider(pool, node, () => {}).decide(requests);
    for (const result of results) if ("error" in result) throw result.error;
  } finally {
    await pool.end();
  }
}

function extension(licenseId: number, stoppedAt: Instant): Request {
  return {
    scope: { license: { licenseId }, everySeat: true },
    mode: "resume",
    stampAlive: true,
    decide: ({ license, seats, now }) => {
      const extended = license === undefined ? [] : extendSeats(license, seats, stoppedAt, now);
      const data = { seats: extended.length, downMs: now - stoppedAt };
      return {
        outcome: undefined,
        changes: extended.map((seat) => ({ change: "put_seat", seat })),
        events: extended.length === 0 ? [] : [{ kind: "seats_extended", licenseId, featureId: LICENSE_POOL, data }],
      };
    },
  };
}
