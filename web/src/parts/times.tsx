import { Tooltip } from "@mantine/core";
import { useEffect, useState } from "react";
import { serverNow } from "../api/server-clock.ts";

const UNITS = [
  ["year", 31_557_600],
  ["month", 2_629_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
] as const;

const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const absolute = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });

/** "14 minutes ago", "in 1 hour". */
export function fromNow(iso: string, now = serverNow()): string {
  const seconds = (Date.parse(iso) - now) / 1_000;
  const [unit, size] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? ["second", 1];
  return relative.format(Math.round(seconds / size), unit);
}

/** A time with date and clock, in the reader's zone. */
export function inFull(iso: string): string {
  return absolute.format(new Date(iso));
}

/** 5400 is "1 h 30 min". */
export function duration(seconds: number): string {
  if (seconds === 0) return "0 s";
  const parts = [
    [Math.floor(seconds / 86_400), "d"],
    [Math.floor((seconds % 86_400) / 3_600), "h"],
    [Math.floor((seconds % 3_600) / 60), "min"],
    [Math.round((seconds % 60) * 1_000) / 1_000, "s"],
  ] as const;
  return parts
    .filter(([amount]) => amount > 0)
    .slice(0, 2)
    .map(([amount, unit]) => `${amount} ${unit}`)
    .join(" ");
}

/** A time relative to now, which goes on by itself; the full time is in its tooltip. */
export function FromNow({ iso, none = "never" }: { readonly iso: string | null | undefined; readonly none?: string }) {
  const now = useNow();
  if (iso == null) return <span>{none}</span>;
  return (
    <Tooltip label={inFull(iso)}>
      <time dateTime={iso}>{fromNow(iso, now)}</time>
    </Tooltip>
  );
}

/** Milliseconds; once a second, for as long as the page is seen. */
export function useNow(): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const tick = setInterval(() => document.visibilityState === "visible" && setNow(serverNow()), 1_000);
    return () => clearInterval(tick);
  }, []);
  return now;
}

export function FullTime({ iso, none = "never" }: { readonly iso: string | null | undefined; readonly none?: string }) {
  return iso == null ? <span>{none}</span> : <time dateTime={iso}>{inFull(iso)}</time>;
}
