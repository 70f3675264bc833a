import { Group } from "@mantine/core";
import type { ItemOf } from "../../api/operation.ts";
import { StateBadge } from "../../parts/state-badge.tsx";
import { isFloating } from "../../parts/terms/applied-terms.ts";
import { useNow } from "../../parts/times.tsx";

export type License = ItemOf<"license list">;
export type LicenseFeature = License["features"][number];

interface Told {
  readonly tone: "good" | "warning" | "bad" | "plain";
  readonly words: string;
}

/** What a license is at a time: whether it works, and if not, why. @param now milliseconds */
export function stateOf(license: License, now: number): Told {
  const { is_enabled, is_active, starts_at, valid_until } = license;
  const ends = valid_until == null ? Number.POSITIVE_INFINITY : Date.parse(valid_until);
  if (!is_enabled) return { tone: "bad", words: "Disabled" };
  if (ends + graceOf(license) <= now) return { tone: "bad", words: "Expired" };
  if (!is_active) return { tone: "plain", words: "Not activated" };
  if (starts_at != null && Date.parse(starts_at) > now) return { tone: "plain", words: "Not started" };
  if (ends <= now) return { tone: "warning", words: "In its grace period" };
  return { tone: "good", words: "Active" };
}

function graceOf({ type, allow_grace_period, grace_period_seconds = 0 }: License): number {
  return type === "subscription" && allow_grace_period === true ? grace_period_seconds * 1_000 : 0;
}

export function LicenseState({ license }: { readonly license: License }) {
  const { tone, words } = stateOf(license, useNow());
  return (
    <Group gap={4} wrap="nowrap">
      <StateBadge tone={tone}>{words}</StateBadge>
      {license.is_trial === true && <StateBadge tone="plain">Trial</StateBadge>}
    </Group>
  );
}

/** What a license is called: by its key, or by its number where it has none. */
export function nameOf({ key, id }: Pick<License, "key" | "id">): string {
  return key ?? `License ${id}`;
}

/** Whose it is, as its file says. */
export function customerOf({ customer }: License): string {
  const { company_name, email, first_name, last_name } = (customer ?? {}) as Readonly<Record<string, string>>;
  return company_name || email || [first_name, last_name].filter(Boolean).join(" ");
}

/** The features of a license whose seats float somewhere, and the license itself where its own do. */
export function floatingPools(license: License): readonly { readonly name: string; readonly seats: number }[] {
  const own = isFloating(license) ? [{ name: "license seats", seats: license.seats ?? 0 }] : [];
  const ofFeatures = license.features.filter(isFloating).map(({ code, seats = 0 }) => ({ name: code, seats }));
  return [...own, ...ofFeatures];
}
