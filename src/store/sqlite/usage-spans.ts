import type { DatabaseSync } from "node:sqlite";
import { setImmediate as turn } from "node:timers/promises";
import type { Instant } from "../../domain/instant.ts";
import type { SpanLength, UsagePosition, UsageSpan } from "../../domain/usage-span.ts";
import type { UsageSpanQuery } from "../store.ts";
import { usageSpanFromRow } from "./rows.ts";

/** Others have their turn after so many. */
const SPANS_PER_TURN = 500;

const PUT_SPAN = `
  INSERT INTO usage_span (license_id, length, start, feature_id, opening, closing, max, seat_ms, denials, levels)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET opening = excluded.opening, closing = excluded.closing, max = excluded.max,
    seat_ms = excluded.seat_ms, denials = excluded.denials, levels = excluded.levels`;

const DROP_SPANS = `
  DELETE FROM usage_span WHERE (license_id, length, start, feature_id) IN (
    SELECT license_id, length, start, feature_id FROM usage_span WHERE length = ? AND start < ? LIMIT ?)`;

const PUT_POSITION = `
  INSERT INTO usage_position (one, until, built_at) VALUES (1, ?, ?)
  ON CONFLICT DO UPDATE SET until = excluded.until, built_at = excluded.built_at`;

/** @param license a condition on it: the index by licenses serves one of them, and that by time all */
const spansAfter = (license: string) => `
  SELECT * FROM usage_span
  WHERE length = :length AND start >= :from AND start < :to ${license}
    AND (start, license_id, feature_id) > (:start, :license, :feature)
  ORDER BY start, license_id, feature_id LIMIT :limit`;

/** The statements about usage that is rolled up. */
export class UsageStatements {
  readonly #putSpan;
  readonly #dropSpans;
  readonly #spans;
  readonly #spansOfLicense;
  readonly #putPosition;
  readonly #dropPosition;
  readonly #position;

  constructor(db: DatabaseSync) {
    this.#putSpan = db.prepare(PUT_SPAN);
    this.#dropSpans = db.prepare(DROP_SPANS);
    this.#spans = db.prepare(spansAfter(""));
    this.#spansOfLicense = db.prepare(spansAfter("AND license_id = :of"));
    this.#putPosition = db.prepare(PUT_POSITION);
    this.#dropPosition = db.prepare("DELETE FROM usage_position");
    this.#position = db.prepare("SELECT until, built_at FROM usage_position");
  }

  put({ licenseId, featureId, length, start, opening, closing, max, seatMs, denials, levels }: UsageSpan): void {
    const text = JSON.stringify(levels);
    this.#putSpan.run(licenseId, length, start, featureId, opening, closing, max, seatMs, denials, text);
  }

  drop(length: SpanLength, before: Instant, most: number): void {
    this.#dropSpans.run(length, before, most);
  }

  putPosition(position: UsagePosition | null): void {
    if (position === null) this.#dropPosition.run();
    else this.#putPosition.run(position.until, position.builtAt);
  }

  position(): UsagePosition | undefined {
    const row = this.#position.get();
    return row && { until: row["until"] as number, builtAt: row["built_at"] as number };
  }

  /** The first ones that come after a span, or at all. */
  page({ length, from, to, licenseId }: UsageSpanQuery, after: UsageSpan | undefined, limit: number): UsageSpan[] {
    const { start = from, licenseId: license = -1, featureId: feature = -1 } = after ?? {};
    const values = { length, from, to, start, license, feature, limit };
    const rows =
      licenseId === undefined ? this.#spans.all(values) : this.#spansOfLicense.all({ ...values, of: licenseId });
    return rows.map(usageSpanFromRow);
  }
}

/** Spans that fit a query, page by page. @param read the statements, asked for anew after each turn */
export async function findSpans(read: () => UsageStatements, query: UsageSpanQuery): Promise<readonly UsageSpan[]> {
  const found: UsageSpan[] = [];
  for (;;) {
    const wanted = Math.min(SPANS_PER_TURN, (query.limit ?? Number.POSITIVE_INFINITY) - found.length);
    const page = read().page(query, found.at(-1), wanted);
    for (const span of page) found.push(span);
    if (page.length < SPANS_PER_TURN) return found;
    await turn();
  }
}
