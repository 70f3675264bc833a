import { styleText } from "node:util";
import { bar } from "../bar.ts";
import { fit, padded } from "../management/text-width.ts";
import { visible } from "../management/visible.ts";

/** As `GET /pools` lists them; there may be more fields. */
export interface PoolItem {
  readonly id: string | number;
  readonly license: number;
  readonly product: string;
  /** Null is the license's own pool. */
  readonly feature: string | null;
  readonly seats: number;
  readonly in_use: number;
}

/** As `GET /seats` lists them. */
export interface SeatItem {
  readonly id: string | number;
  readonly license: number;
  readonly feature: string | null;
  readonly holder: string;
  readonly hostname: string | null;
  readonly local_ip: string | null;
  readonly taken_at: string | null;
  readonly heard_at: string | null;
  readonly ends_at: string | null;
  readonly borrowed_until: string | null;
}

/** A pool with who is in it. */
export interface PoolWithHolders extends PoolItem {
  readonly holders: readonly SeatItem[];
}

export function withHolders(pools: readonly PoolItem[], seats: readonly SeatItem[]): PoolWithHolders[] {
  const byPool = Map.groupBy(seats, ({ license, feature }) => poolKey(license, feature));
  return pools.map((pool) => ({ ...pool, holders: byPool.get(poolKey(pool.license, pool.feature)) ?? [] }));
}

const poolKey = (license: number, feature: string | null) => JSON.stringify([license, feature]);

const BAR_WIDTH = 20;
const WIDEST_CELL = 32;
const COLUMNS = ["HOLDER", "HOST", "ADDRESS", "SINCE", "HEARD", "ENDS", "BORROWED UNTIL"] as const;

/** All pools as text: each with how much of it is in use, then its holders. @param now in milliseconds */
export function showPools(pools: readonly PoolWithHolders[], now: number): string {
  if (pools.length === 0) return "There are no pools of seats here.\n";
  const licensesOf = Map.groupBy(pools, ({ product, feature }) => JSON.stringify([product, feature]));
  return pools
    .map((pool) => {
      const isOneOfSeveral = (licensesOf.get(JSON.stringify([pool.product, pool.feature]))?.length ?? 0) > 1;
      return `${headline(pool, isOneOfSeveral)}\n${holderLines(pool.holders, now)}`;
    })
    .join("\n");
}

function headline({ feature, product, license, seats, in_use }: PoolItem, isOneOfSeveral: boolean): string {
  const name = `${feature === null ? "license" : visible(feature)} of ${visible(product)}`;
  const which = isOneOfSeveral ? ` (license ${license})` : "";
  const filled = seats === 0 ? 0 : Math.min(BAR_WIDTH, Math.ceil((in_use / seats) * BAR_WIDTH));
  const color = in_use >= seats ? "red" : in_use >= 0.8 * seats ? "yellow" : "green";
  return `${bold(`${name}${which}:`)} ${in_use} of ${seats} in use  ${styleText(color, bar(filled, BAR_WIDTH), { stream: process.stdout })}`;
}

function holderLines(holders: readonly SeatItem[], now: number): string {
  if (holders.length === 0) return "";
  const rows = holders.map((seat) => [
    visible(seat.holder),
    visible(seat.hostname ?? "-"),
    visible(seat.local_ip ?? "-"),
    localTime(seat.taken_at, now),
    seat.heard_at === null ? "-" : `${span(now - Date.parse(seat.heard_at))} ago`,
    seat.ends_at === null ? "-" : `in ${span(Date.parse(seat.ends_at) - now)}`,
    localTime(seat.borrowed_until, now),
  ]);
  const table = [[...COLUMNS], ...rows].map((row) => row.map((cell) => fit(cell, WIDEST_CELL)));
  const isShown = COLUMNS.map((_, at) => at === 0 || rows.some((row) => row[at] !== "-"));
  const widths = COLUMNS.map((_, at) => Math.max(...table.map((row) => (row[at] ?? "").length)));
  return table
    .map((row) => row.flatMap((cell, at) => (isShown[at] ? [padded(cell, widths[at] ?? 0)] : [])))
    .map((row, index) => {
      const line = `  ${row.join("  ")}`.trimEnd();
      return `${index === 0 ? styleText("dim", line, { stream: process.stdout }) : line}\n`;
    })
    .join("");
}

/** In this machine's time zone; the day only where it is another one. */
function localTime(iso: string | null, now: number): string {
  if (iso === null) return "-";
  const at = new Date(iso);
  const two = (value: number) => String(value).padStart(2, "0");
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  const time = `${two(at.getHours())}:${two(at.getMinutes())}`;
  return at.toDateString() === new Date(now).toDateString() ? time : `${day} ${time}`;
}

/** The two largest units, `1h 4m`. */
function span(ms: number): string {
  let rest = Math.max(0, Math.round(ms / 1_000));
  const parts: string[] = [];
  for (const [unit, seconds] of [
    ["d", 86_400],
    ["h", 3_600],
    ["m", 60],
    ["s", 1],
  ] as const) {
    const count = Math.floor(rest / seconds);
    rest -= count * seconds;
    if (count > 0 || (unit === "s" && parts.length === 0)) parts.push(`${count}${unit}`);
  }
  return parts.slice(0, 2).join(" ");
}

const bold = (text: string) => styleText("bold", text, { stream: process.stdout });
