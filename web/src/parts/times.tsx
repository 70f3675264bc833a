import { Text } from "@mantine/core";
import { useSyncExternalStore } from "react";
import { serverNow } from "../api/server-clock.ts";

const UNITS = [
  ["year", 31_557_600],
  ["month", 2_629_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
] as const;

const relative = {
  long: new Intl.RelativeTimeFormat("en", { numeric: "auto" }),
  narrow: new Intl.RelativeTimeFormat("en", { numeric: "auto", style: "narrow" }),
};
const absolute = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });

/** "14 minutes ago", "in 1 hour"; or "14m ago". */
export function fromNow(iso: string, now = serverNow(), style: keyof typeof relative = "long"): string {
  const seconds = (Date.parse(iso) - now) / 1_000;
  const [unit, size] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? ["second", 1];
  return relative[style].format(Math.round(seconds / size), unit);
}

/** A time with date and clock, in the reader's zone. */
export function inFull(iso: string | number): string {
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
export function FromNow({
  iso,
  none = "never",
  style,
}: {
  readonly iso: string | null | undefined;
  readonly none?: string;
  /** Narrow where columns are. */
  readonly style?: "long" | "narrow";
}) {
  const now = useNow();
  if (iso == null)
    return (
      <Text span inherit>
        {none}
      </Text>
    );
  return (
    // A table has hundreds of them: a tooltip of the browser costs nothing.
    <time dateTime={iso} title={inFull(iso)}>
      {fromNow(iso, now, style)}
    </time>
  );
}

/** Milliseconds; once a second, for as long as the page is seen. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => shownNow);
}

/** One clock for all that is shown, so that it goes on together. */
let shownNow = serverNow();
let ticking: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) ticking = setInterval(tick, 1_000);
  listeners.add(listener);
  // The clock stood still while nobody looked.
  if (serverNow() - shownNow > 1_000) tick();
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) clearInterval(ticking);
  };
}

function tick(): void {
  if (document.visibilityState !== "visible") return;
  shownNow = serverNow();
  for (const each of listeners) each();
}

export function FullTime({ iso, none = "never" }: { readonly iso: string | null | undefined; readonly none?: string }) {
  return iso == null ? (
    <Text span inherit>
      {none}
    </Text>
  ) : (
    <time dateTime={iso}>{inFull(iso)}</time>
  );
}
