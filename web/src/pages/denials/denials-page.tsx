import { Anchor } from "@mantine/core";
import { useState } from "react";
import type { ItemOf } from "../../api/operation.ts";
import type { Column } from "../../parts/data-table.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { type Filter, YES_NO } from "../../parts/filter-bar.tsx";
import { ListView } from "../../parts/list-view.tsx";
import { Page } from "../../parts/page.tsx";
import { poolOfProduct } from "../../parts/seat-names.ts";
import { StateBadge } from "../../parts/state-badge.tsx";
import { duration, FromNow } from "../../parts/times.tsx";
import { DenialDialog } from "./denial-dialog.tsx";

type Denial = ItemOf<"denial list">;

const filters: readonly Filter[] = [
  { kind: "contains", field: "product", label: "Product" },
  { kind: "contains", field: "feature", label: "Feature" },
  { kind: "contains", field: "holder", label: "Holder" },
  { kind: "choice", field: "was_served_later", label: "Served later", choices: YES_NO },
  { kind: "since", field: "first_at", label: "Since" },
  { kind: "until", field: "first_at", label: "Until" },
];

/** Who was refused a seat; retries of one holder are one denial. */
export function DenialsPage() {
  const [shown, setShown] = useState<number>();
  const columns: readonly Column<Denial>[] = [
    {
      field: "holder",
      label: "Holder",
      render: ({ id, holder }) => (
        <Anchor component="button" type="button" onClick={() => setShown(id)}>
          {holder}
        </Anchor>
      ),
      width: 200,
    },
    { field: "feature", label: "Pool", render: poolOfProduct, width: 200 },
    { field: "first_at", label: "When", render: ({ first_at }) => <FromNow iso={first_at} />, width: 140 },
    { field: "tries", label: "Tries", render: ({ tries }) => tries, isNumber: true, width: 80 },
    { label: "Over", render: ({ first_at, last_at }) => lengthOf(first_at, last_at), width: 110 },
    {
      field: "was_served_later",
      label: "Served later",
      render: ({ was_served_later, last_at, served_at }) =>
        was_served_later && served_at !== null ? (
          <StateBadge tone="good">{`after ${lengthOf(last_at, served_at)}`}</StateBadge>
        ) : (
          <StateBadge tone="warning">no</StateBadge>
        ),
      width: 160,
    },
  ];
  return (
    <Page
      title="Denials"
      about="Check-outs that were refused because no seat was left. Tries of one holder within 5 minutes count as one denial."
    >
      <ListView
        operation="denial list"
        label="Denials"
        columns={columns}
        filters={filters}
        rowKey={({ id }) => id}
        order="-id"
        everyMs={5_000}
        empty={<EmptyState title="Nobody was denied a seat">Everyone who asked for a seat got one.</EmptyState>}
      />
      {shown !== undefined && <DenialDialog id={shown} onClose={() => setShown(undefined)} />}
    </Page>
  );
}

function lengthOf(from: string, to: string): string {
  return duration(Math.round((Date.parse(to) - Date.parse(from)) / 1_000));
}
