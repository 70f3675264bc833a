import { type Instant, LATEST_INSTANT } from "./instant.ts";
import type { PoolTerms } from "./license.ts";
import { type Refusal, refuse } from "./outcome.ts";

/** What a request says about borrowing: nothing, until when, as long as allowed, or something unreadable. */
export type BorrowWish = Instant | "none" | "longest" | "malformed";

/** The instant a seat may be kept until, null for no borrow, or why not. [BORROW-1] [BORROW-2] */
export function grantBorrow(terms: PoolTerms, wish: BorrowWish, now: Instant): Instant | null | Refusal {
  if (wish === "none") return null;
  if (!terms.canBorrow || terms.maxBorrowMs <= 0) return refuse("license_borrow_not_allowed");
  const latest = Math.min(now + terms.maxBorrowMs, LATEST_INSTANT);
  if (wish === "longest") return latest;
  const isInReach = wish !== "malformed" && wish > now && wish <= latest;
  return isInReach ? wish : refuse("borrow_until_not_valid");
}
