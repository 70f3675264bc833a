import { serverNow } from "../../api/server-clock.ts";

const DAY_MS = 86_400_000;

/** How far back the usage page looks, and in which steps. */
export interface Range {
  readonly value: string;
  readonly label: string;
  readonly days: number;
  readonly bucket: "hour" | "day" | "week";
}

export const RANGES: readonly Range[] = [
  { value: "day", label: "Day", days: 1, bucket: "hour" },
  { value: "week", label: "Week", days: 7, bucket: "hour" },
  { value: "month", label: "Month", days: 30, bucket: "day" },
  { value: "half-year", label: "Half a year", days: 182, bucket: "week" },
];

export function rangeOf(value: string | undefined): Range {
  return RANGES.find((range) => range.value === value) ?? (RANGES[0] as Range);
}

/** The beginning of a range that ends now, to the minute: a query that changes each second is never kept. */
export function beginOf({ days }: Range): string {
  const minute = Math.floor(serverNow() / 60_000) * 60_000;
  return new Date(minute - days * DAY_MS).toISOString();
}
