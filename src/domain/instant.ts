/** A moment: whole milliseconds since 1970-01-01T00:00:00Z. The domain never reads a clock; it is handed one. */
export type Instant = number;

export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** The end of the last year that dates of four digits can name. */
export const LATEST_INSTANT: Instant = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
