import type { Instant } from "./instant.ts";
import type { ConsumptionPeriod, ConsumptionTerms } from "./license.ts";

/** How much of a metered license or feature is used up. */
export interface Counter {
  readonly licenseId: number;
  /** The feature's id, or `LICENSE_POOL` for the license's own counter. */
  readonly featureId: number;
  readonly total: number;
  /** Start of the period that `total` counts in. */
  readonly periodStartedAt: Instant;
  /** Overage that requests have tightened the vendor's allowance to; null where none did. [CONS-4] */
  readonly overageLimit: number | null;
}

/** Start of the period that holds `now`: UTC midnight of the day, the Monday, the first of the month or year. [CONS-5] */
export function periodStart(period: ConsumptionPeriod, now: Instant): Instant {
  const date = new Date(now);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth();
  const day = date.getUTCDate();
  switch (period) {
    case "daily":
      return Date.UTC(year, month, day);
    case "weekly":
      return Date.UTC(year, month, day - ((date.getUTCDay() + 6) % 7));
    case "monthly":
      return Date.UTC(year, month, 1);
    case "annually":
      return Date.UTC(year, 0, 1);
  }
}

/** End of the period that holds `now`, which is the start of the next. */
export function periodEnd(period: ConsumptionPeriod, now: Instant): Instant {
  const start = new Date(periodStart(period, now));
  const [year, month, day] = [start.getUTCFullYear(), start.getUTCMonth(), start.getUTCDate()];
  switch (period) {
    case "daily":
      return Date.UTC(year, month, day + 1);
    case "weekly":
      return Date.UTC(year, month, day + 7);
    case "monthly":
      return Date.UTC(year, month + 1, 1);
    case "annually":
      return Date.UTC(year + 1, 0, 1);
  }
}

/** The counter as it stands at `now`: a stored one starts again at 0 when its period has passed. */
export function counterAt(
  stored: Counter | undefined,
  key: { readonly licenseId: number; readonly featureId: number },
  terms: ConsumptionTerms,
  now: Instant,
): Counter {
  const started = terms.resets === null ? 0 : periodStart(terms.resets, now);
  if (stored === undefined) {
    const { licenseId, featureId } = key;
    return { licenseId, featureId, total: terms.initialTotal, periodStartedAt: started, overageLimit: null };
  }
  return terms.resets !== null && stored.periodStartedAt < started
    ? { ...stored, total: 0, periodStartedAt: started }
    : stored;
}

/** How far beyond the maximum a counter may go: the vendor's terms, tightened by requests. Infinity is unlimited. */
export function overageLimit(terms: ConsumptionTerms, counter: Counter): number {
  const vendors = !terms.allowOverages ? 0 : terms.maxOverages === 0 ? Number.POSITIVE_INFINITY : terms.maxOverages;
  return Math.min(vendors, counter.overageLimit ?? Number.POSITIVE_INFINITY);
}
