import type { BorrowWish } from "../domain/borrow.ts";
import { parseDate } from "./date.ts";

/** Go's zero time, which some clients send for "no date". */
const ZERO_TIME = parseDate("0001-01-01T00:00:00Z");

/** What a request says about borrowing. [BORROW-4] */
export function toBorrowWish(text: string | null | undefined): BorrowWish {
  if (!text) return "none";
  const until = parseDate(text);
  if (until === undefined) return "malformed";
  return until === ZERO_TIME ? "none" : until;
}
