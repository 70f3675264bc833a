import type { Choices } from "../filter-bar.tsx";
import { wordsOf } from "../labels.ts";
import { duration } from "../times.tsx";

interface Floats {
  readonly offline_floating?: boolean;
  readonly cloud_floating?: boolean;
}

/** Where seats float. */
export function floatsOf({ offline_floating: offline, cloud_floating: cloud }: Floats): string {
  if (offline === true && cloud === true) return "Offline and cloud";
  return offline === true ? "Offline" : cloud === true ? "Cloud" : "Nowhere";
}

interface Limit {
  readonly type?: string;
  readonly unlimited_consumptions?: boolean;
  readonly max_consumptions?: number;
  readonly consumption_resets?: string | null;
}

/** What may be consumed. */
export function limitOf(terms: Limit): string {
  if (terms.type !== "consumption") return "–";
  const most = terms.unlimited_consumptions === true ? "Unlimited" : (terms.max_consumptions ?? 0).toLocaleString("en");
  return terms.consumption_resets == null ? most : `${most} ${terms.consumption_resets}`;
}

interface Validity {
  readonly type?: string;
  readonly valid_until?: string | null;
  readonly valid_duration_seconds?: number | null;
}

/** How long licenses of such terms are valid. */
export function validityOf({ valid_until: until, valid_duration_seconds: seconds }: Validity): string {
  if (until != null) return `until ${new Date(until).toLocaleDateString(undefined, { dateStyle: "medium" })}`;
  return seconds == null ? "no end" : `for ${duration(seconds)}`;
}

export const LICENSE_TYPES: Choices = ["perpetual", "time-limited", "subscription", "consumption"].map((value) => ({
  value,
  label: wordsOf(value),
}));
