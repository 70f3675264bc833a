import { Text } from "@mantine/core";
import type { ReplyOf } from "../../api/operation.ts";
import { type Column, DataTable } from "../../parts/data-table.tsx";
import { duration, FullTime } from "../../parts/times.tsx";

type Feature = ReplyOf<"license import">["license"]["features"][number];

const columns: readonly Column<Feature>[] = [
  { label: "Feature", render: ({ name, code }) => (name === code ? code : `${name} (${code})`) },
  { label: "Here", width: 170, render: hereOf },
  {
    label: "Timeout",
    width: 100,
    render: (each) => (each.offline_floating ? duration(each.timeout_seconds ?? 0) : "–"),
  },
  {
    label: "Borrowing",
    width: 120,
    render: (each) =>
      each.offline_floating && each.can_borrow ? `up to ${duration(each.max_borrow_seconds ?? 0)}` : "no",
  },
  { label: "Expires", width: 190, render: ({ expires_at }) => <FullTime iso={expires_at} /> },
];

/** What a license brings to this server. */
export function FeatureTable({ features }: { readonly features: readonly Feature[] }) {
  if (features.length === 0) return <Text size="sm">The license has no features.</Text>;
  return <DataTable label="Features" rows={features} columns={columns} rowKey={({ id }) => id} />;
}

function hereOf({ type, offline_floating, seats, max_consumptions, unlimited_consumptions }: Feature): string {
  const parts = [
    offline_floating ? `${seats ?? 0} ${seats === 1 ? "seat" : "seats"}` : undefined,
    type === "consumption" ? (unlimited_consumptions ? "unlimited" : `up to ${max_consumptions ?? 0}`) : undefined,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? "no seats here" : parts.join(", ");
}
