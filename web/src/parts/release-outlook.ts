import type { SeatObject } from "../../../schemas/management.d.ts";
import { duration, inFull } from "./times.tsx";

/** What is to be expected when a seat is released. */
export type Outlook = "borrowed" | "active" | "silent" | "ended";

/** Programs renew well before half of the timeout has passed; one that has not is probably gone. */
const SILENT_AFTER_SHARE = 0.5;
const SOON_S = 120;

type Times = Pick<SeatObject, "heard_at" | "ends_at" | "borrowed_until">;

/** @param now milliseconds, by the server's clock */
export function outlookOf({ heard_at, ends_at, borrowed_until }: Times, now: number): Outlook {
  const [heard, ends] = [Date.parse(heard_at), Date.parse(ends_at)];
  if (ends <= now) return "ended";
  if (borrowed_until !== null && Date.parse(borrowed_until) > now) return "borrowed";
  return now - heard < SILENT_AFTER_SHARE * (ends - heard) ? "active" : "silent";
}

/** What the times of a seat say, in a short title and a sentence or two. */
export function tellOutlook(seat: Times & Pick<SeatObject, "holder">, now: number): readonly [string, string] {
  const { holder, heard_at, ends_at, borrowed_until } = seat;
  const quiet = briefly(now - Date.parse(heard_at));
  const left = Math.max(0, Date.parse(ends_at) - now);
  switch (outlookOf(seat, now)) {
    case "borrowed":
      return [
        `Is borrowed until ${inFull(borrowed_until ?? ends_at)}`,
        `${holder} may be offline and will not know: the program there goes on until then, while others get the seat.`,
      ];
    case "active":
      return [
        `Active ${quiet} ago`,
        `The program of ${holder} seems to run, and will probably take the seat again at once. Hold the seat to keep it for others.`,
      ];
    case "silent":
      return [
        `Last heard ${quiet} ago, ends in ${briefly(left)}`,
        left <= SOON_S * 1_000
          ? "It will end by itself soon."
          : "The program has probably stopped. The seat will end by itself then; released, it is free now.",
      ];
    case "ended":
      return ["Has ended", "This seat ended by itself meanwhile, or somebody else released it."];
  }
}

/** 14 minutes and 3 seconds are "14 min". */
function briefly(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  return duration(seconds < 60 ? seconds : seconds - (seconds % 60));
}
